/*
 * sample — a small board with one of everything that an export shows: people, a theme, a reply,
 * a hidden idea, an imported one, a ballot on an own idea. Shared by the tests of export/.
 */
#ifndef TEST_EXPORT_SAMPLE_H
#define TEST_EXPORT_SAMPLE_H

#include "base/mem.h"
#include "support/history.h"
#include "wire/texts.h"

#include <string.h>

struct sample {
    struct history history;
    struct texts texts;
};

static inline void sample_define(struct definition *definition)
{
    history_define(definition);
    definition->own_ballots_count = true;
    definition->themes_count = 1;
    memcpy(definition->themes[0], "Mobilité", sizeof "Mobilité");
}

static inline void sample_say(struct sample *sample, uint32_t idea, const char *words)
{
    texts_put(&sample->texts, history_idea(&sample->history, idea)->text,
              mem_copy_text(words, strlen(words)));
}

/* 1: by AUTHOR, shown, agree 2 disagree 1; 2: a reply to it; 3: hidden; 4: themed. */
static inline void sample_init(struct sample *sample)
{
    struct history *history = &sample->history;

    texts_init(&sample->texts);
    history_start(history, sample_define);
    history_post(history, AUTHOR);
    history_reply(history, OTHER, RELATION_COUNTER, 1);
    history_post(history, OTHER);
    struct command themed = history_command(history, CMD_POST, THIRD);

    themed.theme = 1;
    history_add(history, &themed);
    history_vote(history, AUTHOR, 1, CHOICE_AGREE);
    history_vote(history, JUDGE, 1, CHOICE_AGREE);
    history_vote(history, OTHER, 1, CHOICE_DISAGREE);
    history_vote(history, JUDGE, 3, CHOICE_PASS);
    history_hide(history, STAFF, 3);
    sample_say(sample, 1, "=SUM(A1), \"oui\"\nnon");
    sample_say(sample, 2, "Oui, mais");
    sample_say(sample, 3, "Secret");
    sample_say(sample, 4, "Des bus");
}

static inline void sample_finish(struct sample *sample)
{
    history_finish(&sample->history);
    texts_finish(&sample->texts);
}

#define AUTO_SAMPLE __attribute__((cleanup(sample_finish))) struct sample

#endif
