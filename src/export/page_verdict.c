/* page_verdict — the winner of a final, what its majority is worth, and whether it holds. */
#include "export/page_parts.h"

#include <string.h>

static const struct standing *find_standing(const struct round_result *result, uint32_t idea)
{
    for (size_t i = 0; i < result->selection.count; i++) {
        if (result->selection.items[i].idea == idea) {
            return &result->selection.items[i];
        }
    }
    return NULL;
}

static void add_share(struct page *page, const struct round_result *result,
                      const struct standing *item)
{
    AUTO_BUF words = {0};
    uint32_t judged = tally_judged(&item->tally);

    phrase_percent(&words, page->tongue, item->tally.agree, judged);
    buf_add_text(&words, page_say(page, " de Pour sur ", " for out of "));
    phrase_count(&words, page->tongue, judged, &noun_opinion);
    buf_add_text(&words, ", ");
    phrase_interval(&words, page->tongue, item->low, item->high);
    buf_add_text(&words, page_say(page, " avec la marge d’incertitude.",
                                  " with the margin of uncertainty."));
    buf_add_text(&page->content, "<p class=\"lead num\">");
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</p><p class=\"num\">");
    buf_printf(&words, page->tongue == FRENCH ? "%u Pour, soit " : "%u for, that is ",
               item->tally.agree);
    phrase_percent(&words, page->tongue, item->tally.agree, result->participants);
    buf_add_text(&words,
                 page_say(page, " de tous les participants (", " of all participants ("));
    phrase_number(&words, page->tongue, result->participants);
    buf_add_text(&words, ").");
    page_add_phrase(page, &words);
    buf_add_text(&page->content, "</p>");
}

static void add_headline(struct page *page, const struct verdict *verdict)
{
    const struct {
        enum test test;
        const char *why;
    } tests[] = {
        {verdict->interval,
         page_say(page, "la marge d’incertitude ne reste pas au-dessus de la moitié",
                  "the margin of uncertainty does not stay above half")},
        {verdict->groups, page_say(page, "au moins un groupe n’est pas majoritairement Pour",
                                   "at least one group is not mostly for")},
        {verdict->trim, page_say(page, "elle perd la majorité sans 5 % de ses avis favorables",
                                 "it loses its majority without 5% of its opinions in favour")},
    };
    const char *between = page_say(page, " : ", ": ");

    if (verdict->robust) {
        buf_printf(&page->content, "<p class=\"headline robust\"><b>%s</b></p>",
                   page_say(page, "Majorité confirmée", "Majority confirmed"));
        return;
    }
    buf_printf(&page->content, "<p class=\"headline\"><b>%s",
               page_say(page, "En tête, majorité non confirmée",
                        "In the lead, majority not confirmed"));
    for (size_t i = 0; i < sizeof tests / sizeof *tests; i++) {
        if (tests[i].test == TEST_FAILED) {
            buf_printf(&page->content, "%s%s", between, tests[i].why);
            between = page_say(page, " ; ", "; ");
        }
    }
    buf_add_text(&page->content, "</b></p>");
}

/* <li> of a test, open for its numbers. */
static void begin_test(struct page *page, const char *name, enum test test)
{
    static const struct {
        const char *name;
        const char *sign;
        const char *french;
        const char *english;
    } states[] = {
        [TEST_PASSED] = {"passed", "✓", "Confirmé", "Confirmed"},
        [TEST_FAILED] = {"failed", "✕", "Non confirmé", "Not confirmed"},
        [TEST_SKIPPED] = {"skipped", "–", "Non examiné", "Not examined"},
    };

    buf_printf(&page->content,
               "<li class=\"%s\"><span class=\"sign\" aria-hidden=\"true\">%s</span><span>%s "
               "<span class=\"state\">– %s</span> <span class=\"quiet num\">",
               states[test].name, states[test].sign, name,
               page_say(page, states[test].french, states[test].english));
}

static void end_test(struct page *page)
{
    buf_add_text(&page->content, "</span></span></li>");
}

static void add_groups(struct page *page, const struct result_subject *subject)
{
    uint32_t tested[LIMIT_GROUPS];
    uint32_t count = result_tested_groups(subject, tested);
    AUTO_BUF words = {0};

    if (!count) {
        buf_add_text(&words, page_say(page, "aucun groupe n’est assez nombreux pour en juger",
                                      "no group is large enough to tell"));
    }
    for (uint32_t i = 0; i < count; i++) {
        const struct group_tally *group = &subject->result->groups[tested[i]];

        buf_printf(&words, "%s%s%s", i ? " · " : "",
                   subject->definition->groups[group->group - 1], page_say(page, " : ", ": "));
        phrase_percent(&words, page->tongue, group->agree, group->judged);
        buf_add_text(&words, page_say(page, " de Pour sur ", " for out of "));
        phrase_count(&words, page->tongue, group->judged, &noun_opinion);
    }
    page_add_phrase(page, &words);
}

static void add_trim(struct page *page, const struct verdict *verdict,
                     const struct standing *item)
{
    AUTO_BUF words = {0};

    phrase_percent(&words, page->tongue, item->tally.agree - verdict->trimmed,
                   tally_judged(&item->tally) - verdict->trimmed);
    buf_add_text(&words, page_say(page, " de Pour, avec ", " for, with "));
    phrase_count(&words, page->tongue, verdict->trimmed, &noun_opinion);
    buf_add_text(&words, page_say(page, " en moins", " fewer"));
    page_add_phrase(page, &words);
}

static void add_tests(struct page *page, const struct result_subject *subject,
                      const struct standing *item)
{
    const struct verdict *verdict = &subject->result->verdict;

    buf_add_text(&page->content, "<ul class=\"tests\">");
    begin_test(page, page_say(page, "Marge d’incertitude", "Margin of uncertainty"),
               verdict->interval);
    buf_printf(&page->content,
               page->tongue == FRENCH ? "au plus bas, %u,%u\u00a0%% de Pour"
                                      : "at its lowest, %u.%u%% for",
               item->low / 100, item->low / 10 % 10);
    end_test(page);
    begin_test(page, page_say(page, "Chaque groupe", "Each group"), verdict->groups);
    add_groups(page, subject);
    end_test(page);
    begin_test(page,
               page_say(page, "Sans 5 % de ses avis favorables",
                        "Without 5% of its opinions in favour"),
               verdict->trim);
    add_trim(page, verdict, item);
    end_test(page);
    buf_add_text(&page->content, "</ul>");
}

static void add_first_place(struct page *page, const struct page_result *asked)
{
    if (asked->replayed) {
        buf_printf(&page->content,
                   page->tongue == FRENCH
                       ? "<p class=\"num\">Sur 100 finales rejouées au hasard dans la marge "
                         "d’incertitude, elle arrive en tête %u fois.</p>"
                       : "<p class=\"num\">Of 100 finals replayed at random within the margin "
                         "of uncertainty, it comes first %u times.</p>",
                   asked->first_place);
    }
}

void page_add_verdict(struct page *page, const struct viewer *viewer,
                      const struct result_subject *subject, const struct page_result *asked)
{
    const struct standing *item =
        find_standing(subject->result, subject->result->verdict.winner);

    if (!item) {
        buf_printf(&page->content, "<p class=\"lead\">%s</p>",
                   page_say(page, "Pas de lauréate : aucune idée finaliste n’a assez d’avis.",
                            "No winner: no finalist has enough opinions."));
        return;
    }
    buf_printf(&page->content,
               "<article class=\"face win verdict\"><p class=\"outcome winner\">%s</p><h2 "
               "class=\"winner-text\">",
               page_say(page, "Lauréate", "Winner"));
    page_add_idea_link(page, viewer, board_idea(viewer->board, item->idea));
    buf_add_text(&page->content, "</h2><div class=\"figures\">");
    add_share(page, subject->result, item);
    buf_add_text(&page->content, "</div>");
    add_headline(page, &subject->result->verdict);
    add_tests(page, subject, item);
    add_first_place(page, asked);
    page_add_margin(page);
    buf_add_text(&page->content, "</article>");
}

/* Does it hold? */

const char *page_hold_name(const struct page *page, const char *without)
{
    static const struct {
        const char *name;
        const char *french;
        const char *english;
    } names[HOLDS] = {
        {"guests", "Sans les invités", "Without the guests"},
        {"seeds", "Sans les idées de l’organisateur", "Without the organisers’ ideas"},
        {"staff", "Sans les actes de modération", "Without the acts of moderation"},
        {"extensions", "Sans les prolongations", "Without the extensions"},
        {"busiest", "Sans le 1 % le plus actif", "Without the most active 1%"},
        {"earlier", "Avec les seuls avis donnés en finale",
         "With only the opinions given in the final"},
        {"opposition", "Au plus grand nombre de Pour", "By the largest number of For"},
    };

    for (size_t i = 0; i < HOLDS; i++) {
        if (strcmp(names[i].name, without) == 0) {
            return page_say(page, names[i].french, names[i].english);
        }
    }
    return without;
}

static void add_held(struct page *page, const struct viewer *viewer, const struct held *held)
{
    begin_test(page, page_hold_name(page, held->without),
               !held->known ? TEST_SKIPPED
               : held->same ? TEST_PASSED
                            : TEST_FAILED);
    if (!held->known) {
        buf_add_text(&page->content, page_say(page, "pas assez d’avis pour le dire",
                                              "not enough opinions to tell"));
    } else if (held->same) {
        buf_add_text(&page->content, page_say(page, "même lauréate", "same winner"));
    } else if (held->winner) {
        buf_printf(&page->content, "<a href=\"/b/%s/i/%u\">%s #%u</a>",
                   viewer->board->definition.slug, held->winner,
                   page_say(page, "ce serait l’idée", "it would be idea"), held->winner);
    } else {
        buf_add_text(&page->content, page_say(page, "pas de lauréate", "no winner"));
    }
    end_test(page);
}

void page_add_holds(struct page *page, const struct viewer *viewer, const struct holds *holds)
{
    if (!holds) {
        return;
    }
    buf_printf(&page->content,
               "<section><h2>%s</h2><p class=\"quiet\">%s</p><ul class=\"tests\">",
               page_say(page, "Le résultat tient-il ?", "Does the result hold?"),
               page_say(page,
                        "Le même calcul, refait en changeant une seule chose à la fois : la "
                        "lauréate reste-t-elle la même ?",
                        "The same calculation, done again with one thing changed at a time: is "
                        "the winner still the same?"));
    for (size_t i = 0; i < HOLDS; i++) {
        struct held held = holds_look(holds, i);

        add_held(page, viewer, &held);
    }
    buf_add_text(&page->content, "</ul></section>");
}
