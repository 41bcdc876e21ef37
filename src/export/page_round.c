/* page_round — where a board stands: its rounds, and what each decides by. */
#include "core/round.h"
#include "export/page_parts.h"
#include "wire/names.h"

static bool is_over(const struct round *round)
{
    return round->state == ROUND_CLOSED || round->state == ROUND_REVEALED;
}

static bool has_ended(const struct board *board)
{
    if (board->state != BOARD_OPEN) {
        return true;
    }
    for (uint32_t i = 0; i < board->definition.rounds_count; i++) {
        if (board->rounds[i].state != ROUND_REVEALED) {
            return false;
        }
    }
    return board->definition.rounds_count > 0;
}

static void add_steps(struct page *page, const struct board *board)
{
    if (board->definition.rounds_count < 2) {
        return;
    }
    buf_printf(&page->content, "<ol class=\"steps\" aria-label=\"%s\">",
               page_say(page, "Avancement de la consultation", "Progress of the consultation"));
    for (uint32_t i = 1; i <= board->definition.rounds_count; i++) {
        bool over = is_over(&board->rounds[i - 1]);
        bool now = i == board->round;

        buf_printf(&page->content,
                   "<li class=\"%s\"%s><span class=\"hidden\">%s %u</span></li>",
                   over  ? "done"
                   : now ? "now"
                         : "",
                   now ? " aria-current=\"step\"" : "", page_say(page, "Tour", "Round"), i);
    }
    buf_add_text(&page->content, "</ol>");
}

/* ", jusqu’au …", ", en pause", ", c’est terminé" */
static void add_until(struct page *page, const struct round *round)
{
    if (round->state == ROUND_PAUSED) {
        buf_add_text(&page->content, page_say(page, ", en pause", ", paused"));
    } else if (is_over(round)) {
        buf_add_text(&page->content, page_say(page, ", c’est terminé", ", over"));
    } else if (round->closes_at_ms) {
        buf_add_text(&page->content, page_say(page, ", jusqu’au ", ", until "));
        page_add_moment(page, round->closes_at_ms);
    }
}

void page_add_round_line(struct page *page, const struct viewer *viewer)
{
    const struct board *board = viewer->board;
    bool ended = has_ended(board);
    AUTO_BUF name = {0};

    if (!board->round || ended) {
        buf_printf(&page->content, "<p class=\"round quiet\">%s</p>",
                   ended ? page_say(page, "Cette consultation est terminée.",
                                    "This consultation is over.")
                         : page_say(page, "Aucune contribution n’est ouverte pour l’instant.",
                                    "Nothing is open to contributions at the moment."));
        return;
    }
    phrase_round(&name, page->tongue, viewer, board->round);
    buf_add_text(&page->content, "<div class=\"round\"><p><b>");
    page_add_phrase(page, &name);
    buf_add_text(&page->content, "</b><span>");
    add_until(page, &board->rounds[board->round - 1]);
    buf_add_text(&page->content, "</span></p>");
    add_steps(page, board);
    buf_add_text(&page->content, "</div>");
}

void page_add_rule(struct page *page, const struct viewer *viewer, uint32_t number)
{
    const struct definition *definition = &viewer->board->definition;
    AUTO_BUF rule = {0};

    phrase_rule(&rule, page->tongue, definition, number);
    if (definition->rounds[number - 1].allows & ALLOW_VOTE) {
        buf_printf(&rule, "\n%s.",
                   phrase_scores(page->tongue, definition->rounds[number - 1].scores));
    }
    buf_add_text(&page->content, "<ul class=\"points\">");
    page_add_lines(page, &rule);
    buf_add_text(&page->content, "</ul>");
}

static void add_when(struct page *page, const char *before, uint64_t ms)
{
    if (ms) {
        buf_printf(&page->content, " · %s ", before);
        page_add_moment(page, ms);
    }
}

static void add_times(struct page *page, const struct viewer *viewer, uint32_t number)
{
    const struct round *round = &viewer->board->rounds[number - 1];
    const struct round_definition *definition = &viewer->board->definition.rounds[number - 1];
    bool planned = round->state == ROUND_PLANNED;

    if (planned) {
        add_when(page, page_say(page, "ouverture :", "opens:"), definition->opens_at_ms);
        add_when(page, page_say(page, "clôture :", "closes:"), definition->closes_at_ms);
        return;
    }
    add_when(page, page_say(page, "ouvert :", "opened:"), round->opened_ms);
    add_when(page,
             is_over(round) ? page_say(page, "clos :", "closed:")
                            : page_say(page, "clôture :", "closes:"),
             is_over(round) ? round->closed_ms : round->closes_at_ms);
}

static void add_round(struct page *page, const struct viewer *viewer, uint32_t number)
{
    const struct round_definition *round = &viewer->board->definition.rounds[number - 1];
    enum round_state state = viewer->board->rounds[number - 1].state;
    struct view title = texts_find(viewer->texts, round->title.ref);
    AUTO_BUF name = {0};

    phrase_round(&name, page->tongue, viewer, number);
    buf_printf(&page->content, "<li class=\"card planned %s\"><h3>",
               name_of_round_state(state));
    page_add_phrase(page, &name);
    if (title.len && viewer->board->definition.rounds_count > 1) {
        buf_add_text(&page->content, " – <span");
        page_add_lang(page, viewer, "");
        buf_add_char(&page->content, '>');
        page_add(page, title);
        buf_add_text(&page->content, "</span>");
    }
    buf_printf(&page->content, "</h3><p class=\"meta quiet num\"><span>%s",
               phrase_round_state(page->tongue, state));
    add_times(page, viewer, number);
    buf_add_text(&page->content, "</span></p>");
    page_add_rule(page, viewer, number);
    if (view_shows_result(viewer, number) && round->allows & ALLOW_VOTE) {
        buf_printf(
            &page->content, "<p><a href=\"/b/%s?mode=result&amp;round=%u\">%s %u</a></p>",
            viewer->board->definition.slug, number,
            page_say(page, "Voir le résultat du tour", "See the result of round"), number);
    }
    buf_add_text(&page->content, "</li>");
}

void page_add_rounds(struct page *page, const struct viewer *viewer)
{
    buf_printf(&page->content, "<section class=\"rounds\"><h2>%s</h2><ol class=\"cards plan\">",
               page_say(page, "Les tours et leurs règles", "The rounds and their rules"));
    for (uint32_t i = 1; i <= viewer->board->definition.rounds_count; i++) {
        add_round(page, viewer, i);
    }
    buf_add_text(&page->content, "</ol></section>");
}
