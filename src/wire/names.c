#include "wire/names.h"

#define COUNT(list) (sizeof(list) / sizeof(list)[0])

static const char *const choices[] = {"withdraw", "agree", "disagree", "pass"};
static const char *const relations[] = {"idea", "expand", "counter", "adapt", "explore"};
static const char *const reasons[] = {"none", "off-topic", "abuse",   "personal-data",
                                      "spam", "duplicate", "illegal", "other"};
static const char *const roles[] = {"visitor", "participant", "moderator", "lead", "admin"};
static const char *const assurances[] = {"guest",         "ticket", "mail",
                                         "franceconnect", "staff",  "proxy"};
static const char *const idea_states[] = {"shown", "pending", "hidden", "merged", "withdrawn"};
static const char *const board_states[] = {"draft", "open", "closed", "archived"};
static const char *const round_states[] = {"planned", "open", "paused", "closed", "revealed"};
static const char *const ballots_names[] = {"any", "served"};
static const char *const scores_names[] = {"live", "after-vote", "closed"};
static const char *const counts_names[] = {"standing", "fresh"};
static const char *const reveals[] = {"at-close", "by-lead"};
static const char *const visibilities[] = {"public", "link", "private"};
static const char *const entry_rules[] = {"open", "code", "ticket"};
static const char *const licences[] = {"etalab-2.0", "CC-BY-4.0", "CC-BY-SA-4.0", "CC0-1.0",
                                       "ODbL-1.0"};
static const char *const allows[] = {"post", "build", "vote"};
static const char *const followup_statuses[] = {"published", "review",   "accepted",
                                                "refused",   "progress", "done"};
static const char *const resolutions[] = {"open", "uphold", "dismiss"};
static const char *const erasures[] = {"erase", "anonymous"};
static const char *const outcomes[] = {NULL,     "promoted", "carried_over", "eliminated",
                                       "winner", "finalist", "excluded"};
static const char *const grounds[] = {
    NULL,    "rank", "support", "quota", "below_cut", "displaced_by_quota", "too_few_judges",
    "hidden"};

static bool find(const char *const *list, size_t count, struct view name, unsigned *out)
{
    for (unsigned i = 0; i < count; i++) {
        if (view_is(name, list[i])) {
            *out = i;
            return true;
        }
    }
    return false;
}

/* Both directions of one list. */
/* NOLINTBEGIN(bugprone-macro-parentheses): a type cannot stand in parentheses */
#define NAMES(what, type, list)                                                                \
    const char *name_of_##what(type value)                                                     \
    {                                                                                          \
        return (list)[value];                                                                  \
    }
#define VALUES(what, type, list)                                                               \
    bool what##_of_name(struct view name, type *out)                                           \
    {                                                                                          \
        unsigned index = 0;                                                                    \
        bool found = find(list, COUNT(list), name, &index);                                    \
                                                                                               \
        if (found) {                                                                           \
            *out = (type)index;                                                                \
        }                                                                                      \
        return found;                                                                          \
    }

/* NOLINTEND(bugprone-macro-parentheses) */

NAMES(choice, enum choice, choices)
NAMES(relation, enum relation, relations)
NAMES(reason, enum reason, reasons)
NAMES(role, enum role, roles)
NAMES(assurance, enum assurance, assurances)
NAMES(idea_state, enum idea_state, idea_states)
NAMES(board_state, enum board_state, board_states)
NAMES(round_state, enum round_state, round_states)
NAMES(ballots, enum ballots, ballots_names)
NAMES(scores, enum scores, scores_names)
NAMES(counts, enum counts, counts_names)
NAMES(reveal, enum reveal, reveals)
NAMES(visibility, enum visibility, visibilities)
NAMES(entry_rule, enum entry_rule, entry_rules)
NAMES(licence, enum licence, licences)
NAMES(followup_status, enum followup_status, followup_statuses)
NAMES(erasure, enum erasure, erasures)
NAMES(resolution, enum resolution, resolutions)
NAMES(allow, unsigned, allows)
NAMES(outcome, enum outcome, outcomes)
NAMES(ground, enum ground, grounds)

VALUES(relation, enum relation, relations)
VALUES(role, enum role, roles)
VALUES(assurance, enum assurance, assurances)
VALUES(board_state, enum board_state, board_states)
VALUES(ballots, enum ballots, ballots_names)
VALUES(scores, enum scores, scores_names)
VALUES(counts, enum counts, counts_names)
VALUES(reveal, enum reveal, reveals)
VALUES(visibility, enum visibility, visibilities)
VALUES(entry_rule, enum entry_rule, entry_rules)
VALUES(licence, enum licence, licences)
VALUES(followup_status, enum followup_status, followup_statuses)
VALUES(erasure, enum erasure, erasures)
VALUES(allow, unsigned, allows)

bool resolution_of_name(struct view name, enum resolution *out)
{
    unsigned index = 0;
    bool found =
        find(resolutions, COUNT(resolutions), name, &index) && index != RESOLUTION_NONE;

    if (found) {
        *out = (enum resolution)index;
    }
    return found;
}

bool choice_of_name(struct view name, enum choice *out)
{
    unsigned index = 0;
    bool found = find(choices, COUNT(choices), name, &index) && index != CHOICE_NONE;

    if (found) {
        *out = (enum choice)index;
    }
    return found;
}

bool reason_of_name(struct view name, enum reason *out)
{
    unsigned index = 0;
    bool found = find(reasons, COUNT(reasons), name, &index) && index != REASON_NONE;

    if (found) {
        *out = (enum reason)index;
    }
    return found;
}
