/* page_home — the pages that are about no board: what there is, what there is not, and the
   texts of the installation. */
#include "export/page_parts.h"

static const char *home_lead(const struct page *page)
{
    return page_say(
        page,
        "Proposez une idée, lisez celles des autres, donnez votre avis. Lire ne demande "
        "rien ; participer ne demande pas de compte.",
        "Propose an idea, read other people’s, have your say. Reading asks nothing of you; "
        "taking part needs no account.");
}

static void add_steps(struct page *page)
{
    const char *const steps[][2] = {
        {page_say(page, "Proposez", "Propose"),
         page_say(page, "une idée concrète, en une ou deux phrases.",
                  "one concrete idea, in a sentence or two.")},
        {page_say(page, "Donnez votre avis", "Have your say"),
         page_say(page, "sur les idées des autres, une à la fois.",
                  "on other people’s ideas, one at a time.")},
        {page_say(page, "Voyez ce qui se dégage", "See what rises"),
         page_say(page, "en direct, selon une règle publiée d’avance que chacun peut vérifier.",
                  "live, by a rule published beforehand that anybody can check.")},
    };

    buf_add_text(&page->content, "<ol class=\"three\">");
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++) {
        buf_printf(&page->content, "<li><b>%s</b> <span>%s</span></li>", steps[i][0],
                   steps[i][1]);
    }
    buf_add_text(&page->content, "</ol>");
}

void page_add_join(struct page *page)
{
    buf_printf(
        &page->content,
        "<form class=\"join\" action=\"/join\" method=\"get\"><h2><label "
        "for=\"code\">%s</label></h2><div class=\"row\"><input id=\"code\" "
        "name=\"code\" class=\"code num\" inputmode=\"numeric\" autocomplete=\"off\" "
        "placeholder=\"482 913\" size=\"9\" maxlength=\"20\" required aria-label=\"%s\"> "
        "<button type=\"submit\">%s</button></div></form>",
        page_say(page, "On vous a donné un code ?", "Were you given a code?"),
        page_say(page, "Code à six chiffres", "Six-digit code"),
        page_say(page, "Rejoindre", "Join"));
}

static void add_board(struct page *page, const struct page_board *board)
{
    const struct viewer *viewer = &board->viewer;
    const struct definition *definition = &viewer->board->definition;

    buf_printf(&page->content,
               "<li class=\"board-link\"><a href=\"/b/%s\"><span class=\"quiet\"", board->slug);
    page_add_lang(page, viewer, "");
    buf_add_char(&page->content, '>');
    page_add(page, texts_find(viewer->texts, definition->title.ref));
    buf_add_text(&page->content, "</span><strong");
    page_add_lang(page, viewer, "");
    buf_add_char(&page->content, '>');
    page_add(page, page_question(viewer));
    buf_add_text(&page->content, "</strong></a>");
    page_add_counts(page, viewer);
    buf_add_text(&page->content, "</li>");
}

static bool is_open(const struct page_board *board)
{
    return board->viewer.board->state == BOARD_OPEN;
}

static size_t add_boards(struct page *page, const struct page_board *boards, size_t count,
                         bool open)
{
    size_t found = 0;

    for (size_t i = 0; i < count; i++) {
        if (is_open(&boards[i]) != open) {
            continue;
        }
        if (!found++) {
            buf_printf(&page->content, "<section><h2>%s</h2><ol class=\"boards\">",
                       open ? page_say(page, "En ce moment", "Open now")
                            : page_say(page, "Terminées", "Finished"));
        }
        add_board(page, &boards[i]);
    }
    buf_add_text(&page->content, found ? "</ol></section>" : "");
    return found;
}

void page_home(struct page *page, const struct page_board *boards, size_t count)
{
    page_describe(page, &(struct page_about){.screen = "home",
                                             .description = view_of(home_lead(page)),
                                             .address = view_of("/")});
    buf_printf(&page->content,
               "<main class=\"wrap home\" id=\"main\"><header class=\"hero\"><h1>%s</h1><p "
               "class=\"lead\">%s</p>",
               page_say(page, "Des idées de tout le monde, et les plus fortes se dégagent",
                        "Ideas from everyone, and the strongest rise"),
               home_lead(page));
    add_steps(page);
    buf_add_text(&page->content, "</header><div class=\"home-grid\">");
    page_add_join(page);
    buf_add_text(&page->content, "<div class=\"home-boards\">");
    if (!add_boards(page, boards, count, true)) {
        buf_printf(
            &page->content, "<div class=\"empty\"><p>%s</p><p class=\"quiet\">%s</p></div>",
            page_say(page, "Aucune consultation n’est ouverte pour l’instant.",
                     "No consultation is open at the moment."),
            page_say(page,
                     "Si l’on vous a donné un code à six chiffres, il suffit de le saisir.",
                     "If you were given a six-digit code, just type it in."));
    }
    (void)add_boards(page, boards, count, false);
    buf_add_text(&page->content, "</div></div></main>");
}

/* Nothing there */

void page_missing(struct page *page)
{
    page_describe(page, &(struct page_about){.title = view_of(page_say(page, "Page introuvable",
                                                                       "Page not found"))});
    buf_printf(&page->content,
               "<main class=\"wrap narrow\" id=\"main\"><h1>%s</h1><p class=\"lead\"><a "
               "href=\"/\">%s</a></p></main>",
               page_say(page, "Cette page n’existe pas", "This page does not exist"),
               page_say(page, "Voir les consultations ouvertes", "See the open consultations"));
}

void page_new(struct page *page)
{
    const char *title = page_say(page, "Nouvelle consultation", "New consultation");

    page->screen = view_of("new");
    page_describe(page, &(struct page_about){.title = view_of(title)});
    buf_printf(
        &page->content,
        "<main class=\"wrap narrow\" id=\"main\"><h1>%s</h1><p class=\"lead\">%s</p></main>",
        title,
        page_say(page, "Créer une consultation demande JavaScript.",
                 "Making a consultation needs JavaScript."));
}

void page_unopened(struct page *page, const struct viewer *viewer)
{
    struct view title = texts_find(viewer->texts, viewer->board->definition.title.ref);

    page->screen = view_of("lead");
    page_describe(page, &(struct page_about){.title = title});
    buf_add_text(&page->content, "<main class=\"wrap\" id=\"main\"><h1>");
    markup_add(&page->content, title);
    buf_printf(&page->content, "</h1><p class=\"lead\">%s</p></main>",
               page_say(page, "Préparer une consultation demande JavaScript.",
                        "Preparing a consultation needs JavaScript."));
}

void page_no_code(struct page *page, struct view code)
{
    const char *title = code.len
                            ? page_say(page, "Ce code n’ouvre aucune consultation publique",
                                       "This code opens no public consultation")
                            : page_say(page, "Il faut six chiffres", "Six digits are needed");

    page_describe(page, &(struct page_about){.title = view_of(title)});
    buf_printf(&page->content, "<main class=\"wrap narrow\" id=\"main\"><h1>%s</h1>", title);
    if (code.len) {
        buf_printf(&page->content, "<p class=\"lead\">%s</p><p>%s</p>",
                   page_say(page,
                            "Vérifiez les chiffres affichés, puis saisissez-les à nouveau.",
                            "Check the digits on the screen, then type them in again."),
                   page_say(page,
                            "Si la consultation est réservée aux personnes qui ont le code, "
                            "cette page l’ouvre seule dès que JavaScript est activé.",
                            "If the consultation is only for people who have the code, this "
                            "page opens it by itself as soon as JavaScript is on."));
    }
    page_add_join(page);
    buf_printf(&page->content, "<p><a href=\"/\">%s</a></p></main>",
               page_say(page, "Voir les consultations ouvertes", "See the open consultations"));
}

/* Texts of the installation */

void page_text(struct page *page, const char *name, struct view title, struct view html)
{
    AUTO_BUF address = {0};

    buf_printf(&address, "/pages/%s", name);
    page_describe(page, &(struct page_about){.title = title, .address = buf_view(&address)});
    buf_printf(&page->content,
               "<main class=\"wrap page\" id=\"main\" lang=\"%s\"><p class=\"back\"><a "
               "href=\"/\">← %s</a></p>",
               tongue_name(page->tongue),
               page_say(page, "Toutes les consultations", "All consultations"));
    buf_add_view(&page->content, html);
    buf_printf(&page->content,
               "<p class=\"quiet\"><a href=\"/pages/%s?lang=%s\" hreflang=\"%s\" lang=\"%s\">"
               "%s</a></p></main>",
               name, page_say(page, "en", "fr"), page_say(page, "en", "fr"),
               page_say(page, "en", "fr"),
               page_say(page, "This page in English", "Cette page en français"));
}
