#include "export/phrases.h"

#include "export/markup.h"

#include "wire/pseudonym.h"

#include <string.h>
#include <time.h>

enum {
    MEANINGFUL = 10 /* ballots: with fewer, a percentage would say more than anyone knows */
};

#define NBSP "\u00a0"

const struct noun noun_idea = {"idée", "idées", "idea", "ideas"};
const struct noun noun_participant = {"participant", "participants", "participant",
                                      "participants"};
const struct noun noun_opinion = {"avis", "avis", "opinion", "opinions"};
const struct noun noun_reply = {"prolongement", "prolongements", "reply", "replies"};

enum tongue tongue_of(struct view lang)
{
    bool english = lang.len >= 2 && memcmp(lang.ptr, "en", 2) == 0 &&
                   (lang.len == 2 || lang.ptr[2] == '-');

    return english ? ENGLISH : FRENCH;
}

const char *tongue_name(enum tongue tongue)
{
    return say(tongue, "fr", "en");
}

const char *say(enum tongue tongue, const char *french, const char *english)
{
    return tongue == FRENCH ? french : english;
}

void phrase_number(struct buf *to, enum tongue tongue, uint64_t number)
{
    if (number >= 1000) {
        phrase_number(to, tongue, number / 1000);
        buf_printf(to, "%s%03u", say(tongue, "\u202f", ","), (unsigned)(number % 1000));
    } else {
        buf_add_uint(to, number);
    }
}

const char *phrase_noun(enum tongue tongue, uint64_t count, const struct noun *noun)
{
    return tongue == FRENCH ? (count < 2 ? noun->french : noun->frenches)
                            : (count == 1 ? noun->english : noun->englishes);
}

void phrase_count(struct buf *to, enum tongue tongue, uint64_t count, const struct noun *noun)
{
    phrase_number(to, tongue, count);
    buf_printf(to, NBSP "%s", phrase_noun(tongue, count, noun));
}

void phrase_percent(struct buf *to, enum tongue tongue, uint64_t part, uint64_t whole)
{
    buf_add_uint(to, whole ? (200 * part + whole) / (2 * whole) : 0);
    buf_add_text(to, say(tongue, NBSP "%", "%"));
}

static void add_date(struct buf *to, enum tongue tongue, unsigned day, unsigned month,
                     unsigned year)
{
    static const char *const months[][2] = {
        {"janvier", "January"}, {"février", "February"},  {"mars", "March"},
        {"avril", "April"},     {"mai", "May"},           {"juin", "June"},
        {"juillet", "July"},    {"août", "August"},       {"septembre", "September"},
        {"octobre", "October"}, {"novembre", "November"}, {"décembre", "December"}};

    buf_printf(to, "%u%s %s %u", day, tongue == FRENCH && day == 1 ? "er" : "",
               months[month - 1][tongue], year);
}

void phrase_moment(struct buf *to, enum tongue tongue, uint64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm utc = {0};

    gmtime_r(&seconds, &utc);
    add_date(to, tongue, (unsigned)utc.tm_mday, (unsigned)utc.tm_mon + 1,
             (unsigned)utc.tm_year + 1900);
    buf_printf(to, " %s %02d:%02d UTC", say(tongue, "à", "at"), utc.tm_hour, utc.tm_min);
}

void phrase_day(struct buf *to, enum tongue tongue, uint32_t day)
{
    add_date(to, tongue, day % 100, day / 100 % 100, day / 10000);
}

void phrase_late(struct buf *to, enum tongue tongue, uint32_t days)
{
    static const struct noun noun_day = {"jour", "jours", "day", "days"};

    buf_add_text(to, say(tongue, "en retard de ", ""));
    phrase_count(to, tongue, days, &noun_day);
    buf_add_text(to, say(tongue, "", " late"));
}

static void add_of(struct buf *to, enum tongue tongue, uint32_t judged)
{
    buf_add_text(to, say(tongue, " sur ", " out of "));
    phrase_count(to, tongue, judged, &noun_opinion);
}

void phrase_support(struct buf *to, enum tongue tongue, const struct tally *tally)
{
    uint32_t judged = tally_judged(tally);

    if (judged >= MEANINGFUL) {
        phrase_percent(to, tongue, tally->agree, judged);
        buf_add_text(to, say(tongue, " Pour", " for"));
        return;
    }
    buf_printf(to, "%u%s", tally->agree, say(tongue, NBSP "Pour", " for"));
    add_of(to, tongue, judged);
}

void phrase_tally(struct buf *to, enum tongue tongue, const struct tally *tally)
{
    buf_printf(to,
               tongue == FRENCH ? "%u Pour, %u Sans avis, %u Contre"
                                : "%u for, %u no opinion, %u against",
               tally->agree, tally->pass, tally->disagree);
    buf_add_char(to, ',');
    add_of(to, tongue, tally_judged(tally));
}

void phrase_interval(struct buf *to, enum tongue tongue, uint32_t low, uint32_t high)
{
    buf_printf(to, "%s %u %s %u%s", say(tongue, "entre", "between"), low / 100,
               say(tongue, "et", "and"), (high + 99) / 100, say(tongue, NBSP "%", "%"));
}

/* Rounds */

void phrase_round(struct buf *to, enum tongue tongue, const struct viewer *viewer,
                  uint32_t number)
{
    const struct definition *definition = &viewer->board->definition;
    const struct round_definition *round = &definition->rounds[number - 1];
    struct view title = texts_find(viewer->texts, round->title.ref);

    if (definition->rounds_count > 1) {
        buf_printf(to, "%s %u %s %u",
                   round->allows & ALLOW_VOTE ? say(tongue, "Tour", "Round")
                                              : say(tongue, "Étape", "Step"),
                   number, say(tongue, "sur", "of"), definition->rounds_count);
    } else if (title.len) {
        markup_add_plain(to, title);
    } else {
        buf_add_text(to, say(tongue, "Contributions ouvertes", "Open to contributions"));
    }
}

const char *phrase_round_state(enum tongue tongue, enum round_state state)
{
    switch (state) {
    case ROUND_PLANNED:
        return say(tongue, "à venir", "to come");
    case ROUND_OPEN:
        return say(tongue, "en cours", "under way");
    case ROUND_PAUSED:
        return say(tongue, "en pause", "paused");
    case ROUND_CLOSED:
        return say(tongue, "résultat à dévoiler", "result to be revealed");
    case ROUND_REVEALED:
        break;
    }
    return say(tongue, "résultat public", "result public");
}

const char *phrase_scores(enum tongue tongue, enum scores scores)
{
    switch (scores) {
    case SCORES_LIVE:
        return say(tongue, "Résultats visibles en direct", "Results shown live");
    case SCORES_AFTER_VOTE:
        return say(tongue, "Résultat d’une idée visible une fois son avis donné",
                   "Results of an idea shown once one has given one’s opinion");
    case SCORES_CLOSED:
        break;
    }
    return say(tongue, "Résultats masqués jusqu’à la fin du tour",
               "Results hidden until the end of the round");
}

static void add_keep(struct buf *to, enum tongue tongue, const struct rule *rule)
{
    switch (rule->keep) {
    case KEEP_TOP:
        if (rule->top == 1) {
            buf_add_text(to, say(tongue, "L’idée la mieux classée est qualifiée.",
                                 "The top-ranked idea qualifies."));
        } else {
            buf_printf(to,
                       tongue == FRENCH ? "Les %u idées les mieux classées sont qualifiées."
                                        : "The %u top-ranked ideas qualify.",
                       rule->top);
        }
        break;
    case KEEP_SHARE:
        buf_add_text(to, say(tongue, "Les idées les mieux classées sont qualifiées : ",
                             "The top-ranked ideas qualify: "));
        phrase_percent(to, tongue, rule->ppm, 1000000);
        buf_add_text(to, say(tongue, " d’entre elles.", " of all."));
        break;
    case KEEP_AT_LEAST:
        buf_add_text(to, say(tongue, "Les idées qui atteignent ", "Ideas that reach "));
        phrase_percent(to, tongue, rule->ppm, 1000000);
        buf_add_text(to,
                     say(tongue,
                         " de Pour sont qualifiées ; quand les avis sont peu nombreux, cette "
                         "part est ramenée vers la moyenne.",
                         " For qualify; where opinions are few, that share is drawn towards "
                         "the average."));
        break;
    case KEEP_ALL:
        buf_add_text(to,
                     say(tongue, "Toutes les idées restent en lice.", "All ideas stay in."));
        break;
    }
}

static void add_judges(struct buf *to, enum tongue tongue, const struct rule *rule)
{
    buf_add_text(to, say(tongue, "\nPour être qualifiée, une idée doit avoir reçu au moins ",
                         "\nTo qualify, an idea must have at least "));
    phrase_count(to, tongue, rule->min_judges, &noun_opinion);
    buf_add_text(to, ".\n");
    buf_add_text(
        to, rule->carry_over
                ? say(tongue, "Une idée qui n’a pas assez d’avis est reportée au tour suivant.",
                      "An idea without enough opinions is carried over to the next "
                      "round.")
                : say(tongue, "Une idée qui n’a pas assez d’avis n’est pas qualifiée.",
                      "An idea without enough opinions does not qualify."));
}

static void add_quota(struct buf *to, enum tongue tongue, const struct definition *definition,
                      const struct quota *quota)
{
    bool one = quota->at_least == 1;

    buf_printf(to,
               tongue == FRENCH ? (one ? "\nAu moins %u place est réservée au thème «" NBSP
                                       : "\nAu moins %u places sont réservées au thème «" NBSP)
                                : (one ? "\nAt least %u seat is reserved for the theme “"
                                       : "\nAt least %u seats are reserved for the theme “"),
               quota->at_least);
    buf_add_text(to, definition->themes[quota->theme - 1]);
    buf_add_text(to, say(tongue, NBSP "».", "”."));
}

void phrase_rule(struct buf *to, enum tongue tongue, const struct definition *definition,
                 uint32_t number)
{
    const struct round_definition *round = &definition->rounds[number - 1];
    const struct rule *rule = &round->rule;

    if (round->final) {
        buf_add_text(to,
                     say(tongue,
                         "La lauréate est l’idée qui a la plus grande part de Pour parmi ses "
                         "avis.",
                         "The winner is the idea with the largest share of For among its "
                         "opinions."));
        return;
    }
    add_keep(to, tongue, rule);
    if (rule->keep != KEEP_ALL && rule->min_judges) {
        add_judges(to, tongue, rule);
    }
    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        add_quota(to, tongue, definition, &rule->quotas[i]);
    }
}

/* Ideas */

static const char *eliminated(enum tongue tongue, enum ground ground)
{
    if (ground == GROUND_BELOW_CUT) {
        return say(tongue, "Non qualifiée : sous le seuil", "Not qualified: below the line");
    }
    if (ground == GROUND_DISPLACED_BY_QUOTA) {
        return say(tongue, "Non qualifiée : place réservée à un autre thème",
                   "Not qualified: seat reserved for another theme");
    }
    if (ground == GROUND_TOO_FEW_JUDGES) {
        return say(tongue, "Non qualifiée : pas assez d’avis",
                   "Not qualified: not enough opinions");
    }
    return say(tongue, "Non qualifiée", "Not qualified");
}

const char *phrase_outcome(enum tongue tongue, enum outcome outcome, enum ground ground)
{
    switch (outcome) {
    case OUTCOME_PROMOTED:
        return ground == GROUND_QUOTA ? say(tongue, "Qualifiée : place réservée à son thème",
                                            "Qualified: seat reserved for its theme")
                                      : say(tongue, "Qualifiée", "Qualified");
    case OUTCOME_CARRIED_OVER:
        return say(tongue, "Reportée : pas assez d’avis", "Carried over: not enough opinions");
    case OUTCOME_ELIMINATED:
        return eliminated(tongue, ground);
    case OUTCOME_WINNER:
        return say(tongue, "Lauréate", "Winner");
    case OUTCOME_FINALIST:
        return say(tongue, "Finaliste", "Finalist");
    case OUTCOME_NONE:
    case OUTCOME_EXCLUDED:
        break;
    }
    return NULL;
}

const char *phrase_relation(enum tongue tongue, enum relation relation)
{
    static const char *const names[RELATIONS][2] = {
        {"Idée", "Idea"},     {"Enrichit", "Expands"},     {"Objecte à", "Objects to"},
        {"Adapte", "Adapts"}, {"Questionne", "Questions"},
    };

    return names[relation][tongue];
}

const char *phrase_state(enum tongue tongue, enum idea_state state)
{
    switch (state) {
    case IDEA_PENDING:
        return say(tongue, "En attente de relecture par l’équipe",
                   "Waiting to be read by the team");
    case IDEA_HIDDEN:
        return say(tongue, "Cette idée a été masquée par l’équipe de modération.",
                   "This idea was hidden by the moderation team.");
    case IDEA_MERGED:
        return say(tongue, "Cette idée a été réunie avec une autre.",
                   "This idea was merged with another one.");
    case IDEA_WITHDRAWN:
        return say(tongue, "Cette idée a été retirée par son auteur.",
                   "This idea was withdrawn by its author.");
    case IDEA_SHOWN:
        break;
    }
    return say(tongue, "Le texte de cette idée a été effacé.",
               "The text of this idea was erased.");
}

const char *phrase_followup(enum tongue tongue, enum followup_status status)
{
    switch (status) {
    case FOLLOWUP_PUBLISHED:
        return say(tongue, "Publiée", "Published");
    case FOLLOWUP_REVIEW:
        return say(tongue, "À l’étude", "Under review");
    case FOLLOWUP_ACCEPTED:
        return say(tongue, "Acceptée", "Accepted");
    case FOLLOWUP_REFUSED:
        return say(tongue, "Refusée", "Refused");
    case FOLLOWUP_PROGRESS:
        return say(tongue, "En cours", "Under way");
    case FOLLOWUP_DONE:
        break;
    }
    return say(tongue, "Réalisée", "Done");
}

void phrase_author(struct buf *to, const struct viewer *viewer, uint32_t number)
{
    const struct person *person = board_person(viewer->board, number);
    struct view name =
        person ? texts_find(viewer->texts, person->name) : (struct view){NULL, 0};

    if (!person || person->erased) {
        return;
    }
    if (name.len) {
        markup_add_plain(to, name);
    } else {
        pseudonym_write(to, number, viewer->board->definition.lang);
    }
}
