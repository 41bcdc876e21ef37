/* sheet_report — the report of a board: what came out first, and then why it can be trusted. */
#include "core/round.h"
#include "export/licence.h"
#include "export/page_parts.h"
#include "export/sheet.h"
#include "export/winners.h"
#include "wire/words.h"

static const struct noun noun_person = {"personne", "personnes", "person", "people"};

/* What came out */

static void add_winner(struct page *page, const struct sheet_subject *subject,
                       const struct standing *item)
{
    const struct idea *idea = board_idea(subject->viewer.board, item->idea);

    buf_add_text(&page->content, "<li><p class=\"text\">");
    page_add_said(page, &subject->viewer, idea);
    buf_printf(&page->content, "</p><p class=\"quiet\">%s %u. ",
               page_say(page, "Idée n°", "Idea no."), item->idea);
    sheet_add_numbers(page, item);
    buf_add_text(&page->content, "</p></li>");
}

/* Only of what was tested. */
static void add_confirmed(struct page *page, const struct verdict *verdict)
{
    buf_add_text(
        &page->content,
        page_say(page,
                 "Sa majorité est confirmée : elle tient compte tenu de la marge "
                 "d’incertitude",
                 "Its majority is confirmed: it holds given the margin of uncertainty"));
    if (verdict->groups == TEST_PASSED) {
        buf_add_text(&page->content,
                     page_say(page, ", dans chaque groupe assez nombreux pour en juger",
                              ", in each group large enough to tell"));
    }
    if (verdict->trim == TEST_PASSED) {
        buf_add_text(&page->content,
                     page_say(page, ", et même sans 5 % de ses avis favorables",
                              ", and even without 5% of its opinions in favour"));
    }
    buf_add_char(&page->content, '.');
}

static void add_verdict(struct page *page, const struct verdict *verdict)
{
    buf_add_text(&page->content, "<p><b>");
    if (!verdict->winner) {
        buf_add_text(&page->content,
                     page_say(page,
                              "Aucune idée finaliste n’a reçu assez d’avis : il n’y a pas de "
                              "lauréate.",
                              "No finalist received enough opinions: there is no winner."));
    } else if (verdict->robust) {
        add_confirmed(page, verdict);
    } else {
        buf_add_text(&page->content,
                     page_say(page,
                              "Elle arrive en tête, mais sa majorité n’est pas confirmée : au "
                              "moins une des vérifications annoncées ne passe pas.",
                              "It comes first, but its majority is not confirmed: at least one "
                              "of the checks that were announced fails."));
    }
    buf_add_text(&page->content, "</b></p>");
}

static void add_winners(struct page *page, const struct sheet_subject *subject)
{
    struct winners winners = winners_of(subject->viewer.board, subject->options);
    const struct standing *item = NULL;
    size_t count = 0;

    sheet_section(page, page_say(page, "Ce qui est ressorti", "What came out"));
    if (!winners.round) {
        buf_printf(&page->content, "<p>%s</p>",
                   page_say(page, "Rien n’est encore décidé.", "Nothing is decided yet."));
    }
    buf_add_text(&page->content, winners.round ? "<ol class=\"winners\">" : "");
    while ((item = winners_next(&winners, item)) != NULL) {
        if (++count <= SHEET_WINNERS_MAX) {
            add_winner(page, subject, item);
        }
    }
    buf_add_text(&page->content, winners.round ? "</ol>" : "");
    if (count > SHEET_WINNERS_MAX) {
        buf_printf(&page->content, "<p>%s%zu.</p>",
                   page_say(page, "Les premières sont reproduites ici ; idées qualifiées : ",
                            "The first are given here; ideas that qualified: "),
                   count);
    }
    if (winners.round && winners.result->final) {
        add_verdict(page, &winners.result->verdict);
    } else if (winners.round && !count) {
        buf_printf(&page->content, "<p>%s</p>",
                   page_say(page, "Aucune idée n’a été qualifiée.", "No idea qualified."));
    }
    sheet_section_end(page);
}

/* How it was done */

static void add_came_to(struct page *page, const struct round_result *result)
{
    AUTO_BUF words = {0};

    phrase_count(&words, page->tongue, result->selection.count, &noun_idea);
    buf_add_text(&words, page_say(page, " en lice, ", " in play, "));
    phrase_count(&words, page->tongue, result->judges, &noun_person);
    buf_add_text(&words,
                 page_say(page,
                          result->judges < 2 ? " a donné son avis" : " ont donné leur avis",
                          " gave their opinion"));
    buf_add_text(&page->content, "<li>");
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</li>");
}

static void add_round(struct page *page, const struct sheet_subject *subject, uint32_t number)
{
    const struct viewer *viewer = &subject->viewer;
    const struct round *round = &viewer->board->rounds[number - 1];
    struct view title =
        texts_find(viewer->texts, viewer->board->definition.rounds[number - 1].title.ref);
    AUTO_BUF words = {0};

    phrase_round(&words, page->tongue, viewer, number);
    buf_add_text(&page->content, "<section class=\"round\"><h3>");
    page_add_phrase(page, &words);
    if (title.len && viewer->board->definition.rounds_count > 1) {
        buf_add_text(&page->content, page_say(page, " : ", ": "));
        page_add(page, title);
    }
    buf_printf(&page->content, "</h3><ul><li>%s%s</li>", page_say(page, "État : ", "State: "),
               phrase_round_state(page->tongue, round->state));
    page_add_course(page, round);
    phrase_rule(&words, page->tongue, &viewer->board->definition, number);
    page_add_lines(page, &words);
    if (view_shows_result(viewer, number)) {
        add_came_to(page, round_result(viewer->board, number));
    }
    buf_add_text(&page->content, "</ul></section>");
}

static void add_rounds(struct page *page, const struct sheet_subject *subject)
{
    sheet_section(page, page_say(page, "Comment cela s’est passé", "How it was done"));
    for (uint32_t n = 1; n <= subject->viewer.board->definition.rounds_count; n++) {
        add_round(page, subject, n);
    }
    sheet_section_end(page);
}

/* Who took part */

enum {
    ASSURANCES = ASSURANCE_PROXY + 1
};

static const char *assurance_name(const struct page *page, enum assurance assurance)
{
    static const char *const names[ASSURANCES][2] = {
        {"Invités, sans vérification", "Guests, without verification"},
        {"Avec un ticket", "With a ticket"},
        {"Avec une adresse électronique", "With an e-mail address"},
        {"Avec FranceConnect", "With FranceConnect"},
        {"Équipe", "Staff"},
        {"Par l’intermédiaire de l’équipe", "By way of the staff"},
    };

    return names[assurance][page->tongue];
}

/* What is too few to be told goes to the others; and then the smallest of the rest, if the
   others could be told from the total. How many those are. */
static uint64_t hide_small(uint64_t counts[ASSURANCES])
{
    uint64_t others = 0;

    for (size_t i = 0; i < ASSURANCES; i++) {
        if (counts[i] < SHEET_GROUP_MIN) {
            others += counts[i];
            counts[i] = 0;
        }
    }
    while (others && others < SHEET_GROUP_MIN) {
        size_t least = ASSURANCES;

        for (size_t i = 0; i < ASSURANCES; i++) {
            least = counts[i] && (least == ASSURANCES || counts[i] < counts[least]) ? i : least;
        }
        if (least == ASSURANCES) {
            return 0; /* nobody is left to hide among */
        }
        others += counts[least];
        counts[least] = 0;
    }
    return others;
}

static void begin_table(struct page *page, const char *caption, const char *what)
{
    buf_printf(&page->content,
               "<table><caption>%s</caption><thead><tr><th scope=\"col\">%s</th><th "
               "scope=\"col\" class=\"num\">%s</th></tr></thead><tbody>",
               caption, what, page_say(page, "Personnes", "People"));
}

static void add_row(struct page *page, struct view name, uint64_t count)
{
    AUTO_BUF words = {0};

    buf_add_text(&page->content, "<tr><th scope=\"row\">");
    page_add(page, name);
    buf_add_text(&page->content, "</th><td class=\"num\">");
    phrase_number(&words, page->tongue, count);
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</td></tr>");
}

static void add_assurances(struct page *page, const struct board *board)
{
    uint64_t counts[ASSURANCES] = {0};

    for (size_t i = 0; i < board->people_count; i++) {
        counts[board->people[i].assurance] += board->people[i].acts > 0;
    }
    uint64_t others = hide_small(counts);
    bool any = false;

    for (size_t i = 0; i < ASSURANCES; i++) {
        any = any || counts[i];
    }
    if (!any) {
        return;
    }
    begin_table(page,
                page_say(page, "Comment les personnes se sont identifiées",
                         "How people identified themselves"),
                page_say(page, "Identification", "Identification"));
    for (size_t i = 0; i < ASSURANCES; i++) {
        if (counts[i]) {
            add_row(page, view_of(assurance_name(page, (enum assurance)i)), counts[i]);
        }
    }
    if (others) {
        add_row(page, view_of(page_say(page, "Autres", "Others")), others);
    }
    buf_add_text(&page->content, "</tbody></table>");
}

static void add_groups(struct page *page, const struct board *board)
{
    const struct definition *definition = &board->definition;
    uint64_t counts[LIMIT_GROUPS] = {0};
    bool any = false;

    for (size_t i = 0; i < board->people_count; i++) {
        for (uint32_t g = 0; board->people[i].groups && g < definition->groups_count; g++) {
            counts[g] += board->people[i].acts > 0 && (board->people[i].groups >> g & 1u);
            any = any || counts[g] >= SHEET_GROUP_MIN;
        }
    }
    if (!any) {
        return;
    }
    begin_table(page,
                page_say(page, "Groupes déclarés par 30 personnes ou plus",
                         "Groups declared by 30 people or more"),
                page_say(page, "Groupe", "Group"));
    for (uint32_t g = 0; g < definition->groups_count; g++) {
        if (counts[g] >= SHEET_GROUP_MIN) {
            add_row(page, view_of(definition->groups[g]), counts[g]);
        }
    }
    buf_add_text(&page->content, "</tbody></table>");
}

static void add_people(struct page *page, const struct sheet_subject *subject)
{
    const struct board *board = subject->viewer.board;

    sheet_section(page, page_say(page, "Qui a participé", "Who took part"));
    buf_add_text(&page->content, "<ul><li>");
    page_add_count(page, board->active_people, &noun_participant);
    buf_add_text(&page->content, "</li><li>");
    page_add_count(page, board->ideas_count, &noun_idea);
    buf_printf(&page->content, "%s</li>",
               page_say(page, ", prolongements compris", ", replies included"));
    if (view_shows_scores(&subject->viewer)) {
        buf_add_text(&page->content, "<li>");
        page_add_count(page, board->ballots, &noun_opinion);
        buf_add_text(&page->content, "</li>");
    }
    buf_add_text(&page->content, "</ul>");
    add_assurances(page, board);
    add_groups(page, board);
    buf_printf(&page->content, "<p class=\"quiet\">%s</p>",
               page_say(page,
                        "Les effectifs de moins de 30 personnes ne sont pas publiés. Les "
                        "participants ne sont pas un échantillon représentatif : ce sont les "
                        "personnes qui ont choisi de venir.",
                        "Numbers of fewer than 30 people are not published. The participants "
                        "are no representative sample: they are those who chose to come."));
    sheet_section_end(page);
}

/* Does it hold? */

static void add_hold(struct page *page, const struct held *held)
{
    const char *said =
        !held->known
            ? page_say(page, "pas assez d’avis pour le dire", "not enough opinions to tell")
        : held->same   ? page_say(page, "même lauréate", "same winner")
        : held->winner ? page_say(page, "ce serait une autre idée", "it would be another idea")
                       : page_say(page, "pas de lauréate", "no winner");

    buf_printf(&page->content, "<tr><th scope=\"row\">%s</th><td>%s",
               page_hold_name(page, held->without), said);
    if (held->known && !held->same && held->winner) {
        buf_printf(&page->content, " (%s %u)", page_say(page, "n°", "no."), held->winner);
    }
    buf_add_text(&page->content, "</td></tr>");
}

static void add_holds(struct page *page, const struct sheet_subject *subject)
{
    if (!subject->held) {
        return;
    }
    sheet_section(page, page_say(page, "Le résultat tient-il ?", "Does the result hold?"));
    buf_printf(&page->content,
               "<table><caption>%s</caption><thead><tr><th scope=\"col\">%s</th><th "
               "scope=\"col\">%s</th></tr></thead><tbody>",
               page_say(page, "Le même calcul, refait en changeant une seule chose à la fois",
                        "The same calculation, done again with one thing changed at a time"),
               page_say(page, "Ce qui change", "What changes"),
               page_say(page, "Résultat", "Result"));
    for (size_t i = 0; i < HOLDS; i++) {
        add_hold(page, &subject->held[i]);
    }
    buf_add_text(&page->content, "</tbody></table>");
    sheet_section_end(page);
}

/* Moderation, and the data */

struct moderation_figures moderation_figures_of(const struct board *board)
{
    struct moderation_figures figures = {.record = board_summary(board)};

    for (size_t i = 0; i < board->ideas_count; i++) {
        enum idea_state state = board->ideas[i].state;

        figures.hidden += state == IDEA_HIDDEN;
        figures.pending += state == IDEA_PENDING;
        figures.merged += state == IDEA_MERGED;
        figures.withdrawn += state == IDEA_WITHDRAWN;
    }
    for (size_t i = 0; i < board->imports_count; i++) { /* not by their authors */
        const struct import *import = &board->imports[i];

        figures.withdrawn -= import->undone ? import->ideas : 0;
    }
    return figures;
}

void report_moderation(struct page *page, const struct moderation_figures *figures)
{
    const struct {
        const char *what;
        uint64_t count;
    } rows[] = {
        {page_say(page, "Idées masquées", "Ideas hidden"), figures->hidden},
        {page_say(page, "Idées en attente de relecture", "Ideas waiting to be read"),
         figures->pending},
        {page_say(page, "Idées réunies avec une autre", "Ideas merged with another"),
         figures->merged},
        {page_say(page, "Idées retirées par leur auteur", "Ideas withdrawn by their author"),
         figures->withdrawn},
        {page_say(page, "Données personnelles retirées d’une idée",
                  "Personal data taken out of an idea"),
         figures->record.redacted},
        {page_say(page, "Personnes bloquées", "People suspended"), figures->record.suspended},
        {page_say(page, "Décisions contestées par l’auteur",
                  "Decisions contested by the author"),
         figures->record.appeals},
        {page_say(page, "dont contestations admises", "of which granted"),
         figures->record.granted},
    };

    sheet_section(page, page_say(page, "La modération en chiffres", "Moderation in figures"));
    buf_add_text(&page->content, "<ul>");
    for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
        buf_printf(&page->content, "<li>%s%s%llu</li>", rows[i].what,
                   page_say(page, " : ", ": "), (unsigned long long)rows[i].count);
    }
    if (figures->record.median_wait_ms) {
        buf_printf(&page->content, "<li>%s%s%llu min</li>",
                   page_say(page, "Délai médian de traitement", "Median delay"),
                   page_say(page, " : ", ": "),
                   (unsigned long long)((figures->record.median_wait_ms + 59999) / 60000));
    }
    buf_add_text(&page->content, "</ul>");
    sheet_section_end(page);
}

static void add_seal(struct page *page, const struct board *board)
{
    AUTO_BUF words = {0};

    for (uint32_t n = board->round; n > 0; n--) {
        if (board->rounds[n - 1].closed_version) {
            words_write(&words, &board->rounds[n - 1].closed_head);
            buf_printf(&page->content, "<p>%s %u%s<b lang=\"fr\">%s</b></p>",
                       page_say(page, "Huit mots pour vérifier, lus à la clôture du tour",
                                "Eight words to check by, read at the close of round"),
                       n, page_say(page, " : ", ": "), words.bytes);
            return;
        }
    }
}

static void add_data(struct page *page, const struct sheet_subject *subject)
{
    const struct definition *definition = &subject->viewer.board->definition;

    sheet_section(page, page_say(page, "Licence et données", "Licence and data"));
    buf_printf(&page->content, "<p>%s<a href=\"%s\">%s</a>. %s</p><p>%s <span class=\"url\">",
               page_say(page, "Les idées et les résultats sont publiés sous ",
                        "The ideas and results are published under "),
               licence_url(definition->licence), licence_title(definition->licence),
               page_say(page, "Citez la source et la date.", "Name the source and the date."),
               page_say(page, "Les données, pour refaire les calculs :",
                        "The data, to redo the calculations:"));
    page_add(page, subject->base);
    buf_printf(&page->content, "/api/boards/%s/datapackage.json</span></p>", definition->slug);
    add_seal(page, subject->viewer.board);
    sheet_section_end(page);
}

void sheet_report(struct buf *to, const struct sheet_subject *subject)
{
    struct moderation_figures figures = moderation_figures_of(subject->viewer.board);
    bool english = tongue_of(view_of(subject->viewer.board->definition.lang)) == ENGLISH;
    struct page page;

    sheet_begin(&page, subject, english ? "Report" : "Rapport");
    add_winners(&page, subject);
    report_elsewhere(&page, subject);
    add_rounds(&page, subject);
    add_people(&page, subject);
    add_holds(&page, subject);
    report_moderation(&page, &figures);
    add_data(&page, subject);
    sheet_end(to, &page);
}
