#include "cli/polis_board.h"

#include "auth/random.h"
#include "base/map.h"
#include "cli/progress.h"

#include <stdio.h>

struct making {
    const struct polis *polis;
    const char *lang;
    struct writer writer;
    struct map people; /* id of the source → key */
};

bool polis_board_words(struct new_board *board, const struct polis *polis, const char *slug,
                       const char *lang, const char *title)
{
    title = title ? title : polis->topic;
    definition_init(&board->definition);
    board->definition.own_ballots_count = true;
    board->definition.rounds[0].compete = 1u << RELATION_IDEA;
    board->question = view_of(polis->topic);
    return writer_words(board, slug, lang, title ? title : slug) &&
           writer_check_text("topic", board->question, LIMIT_TEXT_MAX_GRAPHEMES);
}

/* The key of a person of the source, who is introduced at their first act. */
static uint64_t person(struct making *making, uint64_t id)
{
    const uint64_t *known = map_find(&making->people, id);
    uint64_t key = known ? *known : random_u64();

    if (!known) {
        map_put(&making->people, id, key);
        writer_person(&making->writer, key, ASSURANCE_GUEST);
    }
    return key;
}

static void write_ideas(struct making *making)
{
    for (size_t i = 0; i < making->polis->comments_count; i++) {
        const struct polis_comment *comment = &making->polis->comments[i];
        struct new_idea idea = {.text = view_of(comment->text),
                                .person = person(making, comment->author),
                                .lang = making->lang,
                                .source = {.system = "polis"},
                                .at_ms = comment->at_ms};

        snprintf(idea.source.id, sizeof idea.source.id, "%llu",
                 (unsigned long long)comment->id);
        writer_post(&making->writer, &idea);
    }
}

static void write_ballots(struct making *making)
{
    struct progress progress;

    progress_init(&progress, "Importing", making->polis->votes_count);
    for (size_t i = 0; i < making->polis->votes_count; i++) {
        const struct polis_vote *vote = &making->polis->votes[i];

        writer_vote(&making->writer, person(making, vote->voter), vote->idea, vote->choice,
                    vote->at_ms);
        progress_at(&progress, i);
    }
    progress_finish(&progress);
}

static void write_rejections(struct making *making)
{
    for (size_t i = 0; i < making->polis->comments_count; i++) {
        if (making->polis->comments[i].is_rejected) {
            writer_hide(&making->writer, (uint32_t)i + 1);
        }
    }
}

static void write_entries(struct making *making)
{
    struct source source = writer_import_source("polis");

    map_init(&making->people);
    writer_import(&making->writer, &source, false);
    write_ideas(making);
    write_ballots(making);
    write_rejections(making);
    writer_import(&making->writer, &source, true);
    map_finish(&making->people);
}

bool polis_board_make(struct workspace *workspace, const struct polis *polis,
                      const struct new_board *board, struct fold *fold, struct begun_board *out)
{
    struct making making = {.polis = polis, .lang = board->definition.lang};

    if (!writer_begin(&making.writer, workspace, board)) {
        return false;
    }
    write_entries(&making);
    *out = making.writer.board;
    return writer_finish(&making.writer, fold);
}

size_t polis_board_corrected(const struct polis *polis, const struct board *board)
{
    size_t count = 0;

    for (size_t i = 0; i < polis->comments_count; i++) {
        const struct tally *tally = &board->ideas[i].tally;

        count += tally->agree != polis->comments[i].agrees ||
                 tally->disagree != polis->comments[i].disagrees;
    }
    return count;
}
