#include "export/qr.h"

#include "export/markup.h"
#include "pinson/limits.h"

#include <assert.h>
#include <qrencode.h>
#include <stdbool.h>

enum {
    IS_DARK = 1 /* of the bits of a module */
};

static bool is_dark(const QRcode *code, int x, int y)
{
    return x < code->width && code->data[y * code->width + x] & IS_DARK;
}

/* Dark modules side by side are one rectangle: with seams between them, some screens show
   hairlines. */
static void add_row(struct buf *to, const QRcode *code, int y)
{
    for (int x = 0; x < code->width; x++) {
        int start = x;

        while (is_dark(code, x, y)) {
            x++;
        }
        if (x > start) {
            buf_printf(to, "M%d %dh%dv1h-%dz", start + QR_QUIET, y + QR_QUIET, x - start,
                       x - start);
        }
    }
}

static void add_document(struct buf *to, const QRcode *code, struct view title)
{
    int side = code->width + 2 * QR_QUIET;

    buf_printf(to,
               "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" "
               "shape-rendering=\"crispEdges\"><title>",
               side, side);
    markup_add(to, title);
    buf_printf(to,
               "</title><rect width=\"%d\" height=\"%d\" fill=\"#fff\"/><path fill=\"#000\" "
               "d=\"",
               side, side);
    for (int y = 0; y < code->width; y++) {
        add_row(to, code, y);
    }
    buf_add_text(to, "\"/></svg>\n");
}

enum err qr_write_svg(struct view text, struct view title, struct buf *to)
{
    if (!text.len) {
        return ERR_EMPTY;
    }
    if (text.len > LIMIT_URL_MAX_BYTES || title.len > LIMIT_TEXT_MAX_BYTES) {
        return ERR_TOO_LONG;
    }
    if (!text_is_clean(title)) {
        return ERR_BAD_TEXT;
    }
    QRcode *code =
        QRcode_encodeData((int)text.len, (const unsigned char *)text.ptr, 0, QR_ECLEVEL_M);

    assert(code); /* so short a text has room: only memory can be wanting */
    add_document(to, code, title);
    QRcode_free(code);
    return OK;
}
