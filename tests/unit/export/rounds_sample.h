/* rounds_sample — a board of three ideas and two rounds, the first of which keeps one idea. */
#ifndef TEST_EXPORT_ROUNDS_SAMPLE_H
#define TEST_EXPORT_ROUNDS_SAMPLE_H

#include "unit/export/sample.h"
#include "wire/view.h"

/* What a hostile person would write, and an import may hold. */
#define HOSTILE "<script>alert(\"x\")</script> & l'idée\\;,\u202E\nretournée"

static inline void rounds_sample_define(struct definition *definition)
{
    sample_define(definition);
    definition->own_ballots_count = false;
    memset(definition->question.ref.bytes, 8, sizeof definition->question.ref.bytes);
    definition->rounds_count = 2;
    for (int i = 0; i < 2; i++) {
        round_definition_init(&definition->rounds[i]);
    }
    definition->rounds[0].scores = SCORES_CLOSED;
    definition->rounds[0].reveal = REVEAL_BY_LEAD;
    definition->rounds[0].rule =
        (struct rule){.keep = KEEP_TOP, .top = 1, .min_judges = 1, .carry_over = false};
    definition->rounds[1].final = true;
    definition->rounds[1].rule = (struct rule){.min_judges = 1};
}

static inline void rounds_sample_say(struct sample *sample, struct ref ref, const char *words)
{
    texts_put(&sample->texts, ref, mem_copy_text(words, strlen(words)));
}

/* 1: hostile, agree 2; 2: disagree 1; 3: an adaptation of 1, hidden from nobody. */
static inline void rounds_sample_init_with(struct sample *sample,
                                           void (*define)(struct definition *))
{
    struct history *history = &sample->history;

    texts_init(&sample->texts);
    history_start(history, define);
    history_post(history, AUTHOR);
    history_post(history, OTHER);
    history_reply(history, THIRD, RELATION_ADAPT, 1);
    history_vote(history, JUDGE, 1, CHOICE_AGREE);
    history_vote(history, OTHER, 1, CHOICE_AGREE);
    history_vote(history, JUDGE, 2, CHOICE_DISAGREE);
    sample_say(sample, 1, HOSTILE);
    sample_say(sample, 2, "Des bus plus tôt");
    sample_say(sample, 3, "Et si plutôt des vélos");
    rounds_sample_say(sample, history->board->definition.title.ref, "Titre " HOSTILE);
    rounds_sample_say(sample, history->board->definition.question.ref, "Quoi ? " HOSTILE);
}

static inline void rounds_sample_init(struct sample *sample)
{
    rounds_sample_init_with(sample, rounds_sample_define);
}

static inline struct viewer rounds_sample_viewer(const struct sample *sample)
{
    return (struct viewer){.board = sample->history.board, .texts = &sample->texts};
}

#endif
