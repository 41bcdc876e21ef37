/* page_result — what a round came to: in short, in its order, and how it was counted. */
#include "core/round.h"
#include "export/page_parts.h"
#include "wire/words.h"

uint32_t page_result_round(const struct viewer *viewer, uint32_t asked)
{
    const struct board *board = viewer->board;

    if (asked && asked <= board->definition.rounds_count) {
        return asked;
    }
    for (uint32_t i = board->round; i > 0; i--) {
        if (round_result(board, i)) {
            return i;
        }
    }
    return board->round;
}

/* In short */

static void add_line_words(struct page *page, struct buf *words, const struct cut *cut)
{
    uint32_t close = cut->uncertain_in + cut->uncertain_out;

    if (!cut->drawn) {
        return;
    }
    if (!close) {
        buf_add_text(words,
                     page_say(page,
                              "Le seuil de qualification est net : aucune idée n’est au "
                              "coude-à-coude.\n",
                              "The qualifying line is clear: no ideas are neck and neck.\n"));
        return;
    }
    phrase_count(words, page->tongue, close, &noun_idea);
    buf_printf(words,
               page->tongue == FRENCH
                   ? " au coude-à-coude autour du seuil de qualification : %u au-dessus, %u "
                     "au-dessous.\n"
                   : " neck and neck around the qualifying line: %u above, %u below.\n",
               cut->uncertain_in, cut->uncertain_out);
}

static uint32_t seated(const struct selection *selection)
{
    uint32_t count = 0;

    for (size_t i = 0; i < selection->count; i++) {
        count += selection->items[i].seated;
    }
    return count;
}

static void add_passed(struct page *page, struct buf *words,
                       const struct result_subject *subject)
{
    const struct selection *selection = &subject->result->selection;
    uint32_t passed = seated(selection);

    phrase_count(words, page->tongue, passed, &noun_idea);
    if (page->tongue == FRENCH) {
        buf_printf(words, " qualifiée%s sur %zu.\n", passed > 1 ? "s" : "", selection->count);
    } else {
        buf_printf(words, " qualified out of %zu.\n", selection->count);
    }
}

static void add_short(struct page *page, struct buf *words,
                      const struct result_subject *subject)
{
    const struct selection *selection = &subject->result->selection;
    uint32_t min = subject->definition->rounds[subject->round - 1].rule.min_judges;
    uint32_t count = 0;

    for (size_t i = 0; i < selection->count; i++) {
        count += !selection->items[i].enough;
    }
    if (!count) {
        return;
    }
    phrase_count(words, page->tongue, count, &noun_idea);
    if (page->tongue == FRENCH) {
        buf_add_text(words, count > 1 ? " n’ont" : " n’a");
    } else {
        buf_add_text(words, count > 1 ? " do" : " does");
    }
    buf_printf(words,
               page->tongue == FRENCH ? " pas assez d’avis : il en faut au moins %u.\n"
                                      : " not have enough opinions: at least %u are needed.\n",
               min ? min : 1);
}

static void add_quotas(struct page *page, struct buf *words,
                       const struct result_subject *subject)
{
    const struct rule *rule = &subject->definition->rounds[subject->round - 1].rule;

    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        const struct quota *quota = &rule->quotas[i];
        uint32_t got = subject->result->selection.quota_got[i];

        buf_printf(words,
                   page->tongue == FRENCH
                       ? "Idées qualifiées du thème « %s » : %u, pour un minimum de %u.\n"
                       : "Qualified ideas on the theme “%s”: %u, for a minimum of %u.\n",
                   subject->definition->themes[quota->theme - 1], got, quota->at_least);
    }
}

static void add_turnout(struct page *page, struct buf *words, const struct round_result *result)
{
    phrase_number(words, page->tongue, result->judges);
    if (page->tongue == FRENCH) {
        buf_add_text(words, result->judges > 1 ? " personnes ont donné leur avis, sur "
                                               : " personne a donné son avis, sur ");
    } else {
        buf_add_text(words, result->judges == 1 ? " person gave their opinion, out of "
                                                : " people gave their opinion, out of ");
    }
    phrase_number(words, page->tongue, result->participants);
    buf_add_text(words, page_say(page, " au total (", " in all ("));
    phrase_percent(words, page->tongue, result->judges, result->participants);
    buf_add_text(words, ").");
}

static void add_summary(struct page *page, const struct result_subject *subject)
{
    const struct round_result *result = subject->result;
    const struct rule *rule = &subject->definition->rounds[subject->round - 1].rule;
    AUTO_BUF words = {0};

    if (!result->final) {
        if (rule->keep != KEEP_ALL) {
            add_passed(page, &words, subject);
        }
        add_line_words(page, &words, &result->selection.cut);
        add_quotas(page, &words, subject);
    }
    add_short(page, &words, subject);
    add_turnout(page, &words, result);
    buf_printf(&page->content, "<section><h2>%s</h2><ul class=\"points num\">",
               page_say(page, "En bref", "In short"));
    page_add_lines(page, &words);
    buf_add_text(&page->content, "</ul></section>");
}

/* The ranking with its line */

/* How many are above the line, those on a reserved seat aside; 0: there is no line. */
static size_t above_line(const struct round_result *result)
{
    const struct selection *selection = &result->selection;
    size_t last = 0;

    for (size_t i = 0; !result->final && i < selection->count; i++) {
        if (selection->items[i].seated && selection->items[i].ground != GROUND_QUOTA) {
            last = i + 1;
        }
    }
    return last;
}

static void add_row(struct page *page, const struct viewer *viewer, const struct standing *item)
{
    AUTO_BUF words = {0};

    buf_printf(&page->content,
               "<li class=\"card ranked%s\"><span class=\"rank num\">%u</span><p "
               "class=\"text\">",
               item->uncertain ? " close" : "", item->rank);
    page_add_idea_link(page, viewer, board_idea(viewer->board, item->idea));
    buf_add_text(&page->content, "</p><p class=\"meta quiet\">");
    page_add_outcome(page, item->outcome, item->ground);
    if (item->uncertain) {
        buf_printf(&page->content, "<b>%s</b> ",
                   page_say(page, "Au coude-à-coude", "Neck and neck"));
    }
    buf_printf(&page->content, "<span class=\"num\">#%u</span> <span class=\"num\">",
               item->idea);
    if (tally_judged(&item->tally)) {
        phrase_support(&words, page->tongue, &item->tally);
        buf_add_text(&words, ", ");
        phrase_interval(&words, page->tongue, item->low, item->high);
        buf_add_text(&words, " · ");
        phrase_tally(&words, page->tongue, &item->tally);
    } else {
        buf_add_text(&words, page_say(page, "Pas encore d’avis", "No opinions yet"));
    }
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</span></p></li>");
}

static void add_cut(struct page *page, const struct cut *cut)
{
    uint32_t close = cut->uncertain_in + cut->uncertain_out;

    buf_printf(&page->content, "<li class=\"cut\">%s",
               page_say(page, "Seuil de qualification", "Qualifying line"));
    if (close) {
        buf_add_text(&page->content, " – ");
        page_add_count(page, close, &noun_idea);
        buf_add_text(&page->content, page_say(page, " au coude-à-coude", " neck and neck"));
    }
    buf_add_text(&page->content, "</li>");
}

static void add_ranking(struct page *page, const struct viewer *viewer,
                        const struct result_subject *subject)
{
    const struct selection *selection = &subject->result->selection;
    size_t above = above_line(subject->result);

    buf_printf(&page->content, "<section><h2>%s</h2>",
               subject->result->final ? page_say(page, "Les idées finalistes", "The finalists")
                                      : page_say(page, "Le classement", "The ranking"));
    page_add_rule(page, viewer, subject->round);
    buf_add_text(&page->content, "<ol class=\"cards ranking\">");
    for (size_t i = 0; i < selection->count; i++) {
        if (above && i == above) {
            add_cut(page, &selection->cut);
        }
        add_row(page, viewer, &selection->items[i]);
    }
    if (above && above == selection->count) {
        add_cut(page, &selection->cut);
    }
    buf_add_text(&page->content, "</ol>");
    page_add_margin(page);
    buf_add_text(&page->content, "</section>");
}

/* How it went, and the seal */

static void add_conditions(struct page *page, const struct round *round)
{
    buf_printf(&page->content, "<section><h2>%s</h2><ul class=\"points num\">",
               page_say(page, "Le déroulement", "How it went"));
    page_add_course(page, round);
    if (!round->extended && !round->early && !round->reopenings && !round->previews) {
        buf_printf(&page->content, "<li>%s</li>",
                   page_say(page, "Tout s’est déroulé comme annoncé.",
                            "Everything went as announced."));
    }
    buf_add_text(&page->content, "</ul></section>");
}

static void add_seal(struct page *page, const struct digest *head)
{
    AUTO_BUF words = {0};

    words_write(&words, head);
    buf_printf(&page->content, "<section><h2>%s</h2><ol class=\"seal\" lang=\"fr\"><li>",
               page_say(page, "Huit mots pour vérifier", "Eight words to check by"));
    for (size_t i = 0; i < words.len; i++) {
        if (words.bytes[i] == ' ') {
            buf_add_text(&page->content, "</li><li>");
        } else {
            buf_add_char(&page->content, words.bytes[i]);
        }
    }
    buf_printf(
        &page->content, "</li></ol><p class=\"quiet\">%s</p><p class=\"quiet\">%s <code>",
        page_say(page,
                 "Photographiez-les. Quiconque recalcule le résultat à partir du journal "
                 "doit retrouver les huit mêmes mots ; sinon, c’est que le journal a été "
                 "modifié.",
                 "Photograph them. Whoever recomputes the result from the log must find "
                 "the same eight words; if not, the log has been altered."),
        page_say(page, "L’empreinte complète :", "The full fingerprint:"));
    buf_add_hex(&page->content, head->bytes, sizeof head->bytes);
    buf_add_text(&page->content, "</code></p></section>");
}

static void add_waiting(struct page *page, const struct viewer *viewer, uint32_t round)
{
    bool closed = round && viewer->board->rounds[round - 1].state == ROUND_CLOSED;

    buf_printf(
        &page->content, "<div class=\"calm\"><p class=\"lead\">%s</p></div>",
        closed ? page_say(page, "Le tour est terminé. Le résultat n’est pas encore dévoilé.",
                          "The round is over. The result is not revealed yet.")
               : page_say(page, "Il n’y a pas encore de résultat.", "There is no result yet."));
}

static void add_told(struct page *page, const struct viewer *viewer,
                     const struct page_result *asked, uint32_t number)
{
    const struct board *board = viewer->board;
    struct result_subject subject = {.round = number,
                                     .definition = &board->definition,
                                     .ideas = board->ideas,
                                     .result = round_result(board, number)};

    if (subject.result->final) {
        page_add_verdict(page, viewer, &subject, asked);
    }
    add_summary(page, &subject);
    page_add_holds(page, viewer, asked->holds);
    add_ranking(page, viewer, &subject);
    add_conditions(page, &board->rounds[number - 1]);
    add_seal(page, &board->rounds[number - 1].closed_head);
    page_add_downloads(page, board->definition.slug, number);
}

static void describe(struct page *page, const struct viewer *viewer, uint32_t number)
{
    AUTO_BUF address = {0};
    AUTO_BUF title = {0};

    buf_printf(&address, "/b/%s?mode=result&round=%u", viewer->board->definition.slug, number);
    buf_printf(&title, "%s – ", page_say(page, "Résultat", "Result"));
    buf_add_view(&title, page_question(viewer));
    page_describe(page, &(struct page_about){.screen = "result",
                                             .title = buf_view(&title),
                                             .description = page_question(viewer),
                                             .address = buf_view(&address),
                                             .board = &viewer->board->definition});
}

void page_result(struct page *page, const struct viewer *viewer,
                 const struct page_result *result)
{
    uint32_t number = page_result_round(viewer, result->round);
    AUTO_BUF name = {0};

    describe(page, viewer, number);
    buf_add_text(&page->content, "<main class=\"wrap result\" id=\"main\">");
    page_add_back(page, viewer);
    buf_add_text(&page->content, "<header class=\"board-head\">");
    if (number) {
        phrase_round(&name, page->tongue, viewer, number);
        buf_add_text(&page->content, "<p class=\"round\"><b>");
        page_add_phrase(page, &name);
        buf_add_text(&page->content, "</b></p>");
    }
    buf_printf(&page->content, "<h1><span class=\"hidden\">%s – </span>",
               page_say(page, "Résultat", "Result"));
    page_add_question(page, viewer);
    buf_add_text(&page->content, "</h1></header>");
    if (number && view_shows_result(viewer, number)) {
        add_told(page, viewer, result, number);
    } else {
        add_waiting(page, viewer, number);
    }
    buf_add_text(&page->content, "</main>");
}
