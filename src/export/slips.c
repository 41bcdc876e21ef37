#include "export/slips.h"

#include "export/markup.h"
#include "export/qr.h"

/* A slip is 95 by 55 mm: two by five on a sheet whose margins every printer leaves. */
static const char style[] =
    "@page{size:A4;margin:11mm 10mm}"
    "*{box-sizing:border-box}"
    "body{margin:0;font:10.5pt/1.35 system-ui,sans-serif;color:#000;background:#fff}"
    "main{display:grid;grid-template-columns:95mm 95mm;width:190mm;margin:0 auto}"
    "article{display:grid;grid-template-columns:37mm 1fr;gap:4mm;align-items:center;"
    "width:95mm;height:55mm;padding:4mm;border:.2mm dashed #767676;break-inside:avoid;"
    "overflow:hidden}"
    "h2{margin:0 0 2mm;font:600 11pt/1.25 Georgia,serif;max-height:14mm;overflow:hidden}"
    "p{margin:0 0 1.5mm}"
    ".code{font:700 14pt/1.2 ui-monospace,monospace;white-space:nowrap}"
    ".small{font-size:8.5pt}"
    "svg{display:block;width:37mm;height:37mm}"
    "@media screen{body{padding:10mm 0;background:#eee}article{background:#fff}}";

void slips_begin(const struct slips *slips, struct buf *to)
{
    buf_printf(to, "<!doctype html>\n<html lang=\"%s\">\n<meta charset=\"utf-8\">\n<title>%s",
               tongue_name(slips->tongue), say(slips->tongue, "Tickets – ", "Tickets – "));
    markup_add(to, slips->title);
    buf_printf(to,
               "</title>\n<meta name=\"robots\" content=\"noindex\">\n<style>%s</style>\n"
               "<main>\n",
               style);
}

/* As it is read aloud: in groups of three. */
static void add_code(struct buf *to, struct view code)
{
    for (size_t i = 0; i < code.len; i++) {
        buf_add_text(to, i && i % 3 == 0 ? "\u00a0" : "");
        buf_add_char(to, code.ptr[i]);
    }
}

/* The address as somebody types it. */
static struct view without_scheme(struct view base)
{
    for (size_t i = 0; i + 2 < base.len; i++) {
        if (base.ptr[i] == ':' && base.ptr[i + 1] == '/' && base.ptr[i + 2] == '/') {
            return (struct view){base.ptr + i + 3, base.len - i - 3};
        }
    }
    return base;
}

enum err slips_add(const struct slips *slips, struct view link, struct view code,
                   struct buf *to)
{
    AUTO_BUF svg = {0};
    enum err err =
        qr_write_svg(link, view_of(say(slips->tongue, "Code à scanner", "Code to scan")), &svg);

    if (err) {
        return err;
    }
    buf_add_text(to, "<article>");
    buf_add_view(to, buf_view(&svg));
    buf_add_text(to, "<div><h2>");
    markup_add(to, slips->title);
    buf_add_text(to, "</h2><p class=\"code\">");
    add_code(to, code);
    buf_printf(to, "</p><p>%s <b>",
               say(slips->tongue, "Scannez le carré, ou tapez ce code sur",
                   "Scan the square, or type this code at"));
    markup_add(to, without_scheme(slips->base));
    buf_printf(to, "/join</b></p><p class=\"small\">%s</p></div></article>\n",
               say(slips->tongue, "Ce ticket est personnel : gardez-le, il vous retrouve.",
                   "This ticket is yours: keep it, it finds you again."));
    return OK;
}

void slips_end(struct buf *to)
{
    buf_add_text(to, "</main>\n</html>\n");
}
