/*
 * definition — what a board is made with: its words, who may do what, its rounds.
 *
 * Pure values of fixed size. Set by the creation entry.
 */
#ifndef CORE_DEFINITION_H
#define CORE_DEFINITION_H

#include "base/hash.h"
#include "pinson/limits.h"

#include <stdbool.h>
#include <stdint.h>

enum {
    LANG_BYTES = 12,
    KEY_ID_BYTES = 16
};

/* A reference to a text that is kept beside the log; all zero: none. */
struct ref {
    unsigned char bytes[16];
};

/* What a command says of a text: where it is, what it must hash to, how long it is. */
struct text_use {
    struct ref ref;
    struct digest hash; /* BLAKE2b-256(salt, text) */
    uint32_t length;    /* in graphemes */
};

enum relation {
    RELATION_IDEA, /* a root */
    RELATION_EXPAND,
    RELATION_COUNTER,
    RELATION_ADAPT,
    RELATION_EXPLORE,
    RELATIONS
};

enum allow {
    ALLOW_POST = 1,
    ALLOW_BUILD = 2,
    ALLOW_VOTE = 4
};

enum ballots {
    BALLOTS_ANY,
    BALLOTS_SERVED
};

enum scores {
    SCORES_LIVE,
    SCORES_AFTER_VOTE,
    SCORES_CLOSED
};

/* Which of the standing ballots on its ideas a round counts. */
enum counts {
    COUNTS_STANDING, /* every one, whichever round it was cast in */
    COUNTS_FRESH     /* only those cast since the round opened */
};

/* When a closed round's result is everybody's. */
enum reveal {
    REVEAL_AT_CLOSE,
    REVEAL_BY_LEAD
};

enum keep {
    KEEP_ALL, /* no rule: everything goes on, and nothing is said of it */
    KEEP_TOP,
    KEEP_SHARE,
    KEEP_AT_LEAST
};

struct quota {
    uint32_t theme; /* 1.. */
    uint32_t at_least;
};

/* Who goes on at the end of a round; published before it begins. */
struct rule {
    enum keep keep;
    uint32_t top; /* KEEP_TOP: seats, at least 1 */
    uint32_t ppm; /* KEEP_SHARE, KEEP_AT_LEAST: millionths, at most 1,000,000 */
    uint32_t min_judges;
    bool carry_over;
    struct quota quotas[LIMIT_THEMES];
    uint32_t quotas_count;
};

enum round_state {
    ROUND_PLANNED,
    ROUND_OPEN,
    ROUND_PAUSED,
    ROUND_CLOSED,
    ROUND_REVEALED
};

struct round_definition {
    struct text_use title;
    struct text_use prompt;
    unsigned allows;  /* bits of enum allow */
    unsigned compete; /* bit r set: ideas of relation r are judged */
    enum ballots ballots;
    enum scores scores;
    enum counts counts;
    enum reveal reveal;
    bool final;                /* plain share decides, and the winner gets a verdict */
    uint32_t posts_per_person; /* 0: no budget */
    uint32_t votes_per_person; /* 0: no budget */
    uint32_t serving_s;
    uint64_t opens_at_ms;  /* since 1970; 0: when the lead opens it */
    uint64_t closes_at_ms; /* 0: when the lead closes it, or after its minutes */
    uint32_t minutes;      /* from its opening, where closes_at is not given; 0: no limit */
    struct rule rule;
    struct digest rule_hash; /* of the rule as published: BLAKE2b-256 of its JSON */
};

enum visibility {
    VISIBILITY_PUBLIC,
    VISIBILITY_LINK,
    VISIBILITY_PRIVATE
};

enum entry_rule {
    ENTRY_OPEN,
    ENTRY_CODE,
    ENTRY_TICKET
};

/* Under which others may use what is published of the board. */
enum licence {
    LICENCE_ETALAB, /* Licence Ouverte 2.0 */
    LICENCE_CC_BY,
    LICENCE_CC_BY_SA,
    LICENCE_CC0,
    LICENCE_ODBL
};

struct definition {
    char key_id[KEY_ID_BYTES]; /* the board's id in the store: the chain begins with it */
    char slug[LIMIT_SLUG_MAX_BYTES + 1];
    char lang[LANG_BYTES];
    struct text_use title;
    struct text_use question;
    struct text_use about;
    enum visibility visibility;
    enum entry_rule entry;
    enum licence licence;
    bool own_ballots_count;
    bool staff_ballots_count;
    bool publish_log;
    bool draft;        /* nothing is open until a lead opens the first round */
    uint32_t idea_min; /* graphemes */
    uint32_t idea_max;
    char themes[LIMIT_THEMES][LIMIT_THEME_MAX_BYTES + 1];
    uint32_t themes_count;
    char groups[LIMIT_GROUPS][LIMIT_THEME_MAX_BYTES + 1];
    uint32_t groups_count;
    struct round_definition rounds[LIMIT_ROUNDS];
    uint32_t rounds_count;
};

bool ref_is_none(struct ref ref);
uint64_t ref_hash(struct ref ref); /* random bytes: any eight of them spread well */

/* One open round: post, build and vote; ideas, expansions and adaptations compete; any
   ballot counts, scores are live, nobody has a budget. */
void round_definition_init(struct round_definition *round);
void definition_init(struct definition *definition);

/* 1.. of a theme by name; 0 when the board has none of that name. */
uint32_t definition_theme(const struct definition *definition, struct view name);

#endif
