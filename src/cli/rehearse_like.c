/* rehearse_like — a board rehearsed before it begins: its words, rules and seeds on a copy that
   only those who have the link find, with rounds that end when the crowd has done. */
#include "cli/rehearse.h"

#include <string.h>

static struct view text_of(const struct rehearsal *rehearsal, const struct text_use *use)
{
    return texts_find(&rehearsal->model.texts, use->ref);
}

static bool is_seed(const struct rehearsal *rehearsal, const struct idea *idea)
{
    return idea->seed && idea->state == IDEA_SHOWN && idea->relation == RELATION_IDEA &&
           texts_find(&rehearsal->model.texts, idea->text).len;
}

/* The first ideas of the crowd are the seeds: on the board before anybody posts. */
static void take_seeds(struct rehearsal *rehearsal)
{
    const struct board *board = rehearsal->model.board;
    struct deck *deck = &rehearsal->deck;
    size_t at = 0;

    for (size_t i = 0; i < board->ideas_count && at < rehearsal->seeds; i++) {
        if (is_seed(rehearsal, &board->ideas[i])) {
            struct view text = texts_find(&rehearsal->model.texts, board->ideas[i].text);

            mem_free(deck->ideas[at].text);
            deck->ideas[at].text = mem_copy_text(text.ptr, text.len);
            deck->ideas[at].move = UINT32_MAX;
            deck->ideas[at].parent = 0;
            at++;
        }
    }
}

static void count_seeds(struct rehearsal *rehearsal)
{
    const struct board *board = rehearsal->model.board;

    for (size_t i = 0; i < board->ideas_count && rehearsal->seeds < REHEARSE_SEEDS; i++) {
        rehearsal->seeds += is_seed(rehearsal, &board->ideas[i]);
    }
}

static void take_rounds(struct rehearsal *rehearsal)
{
    struct definition *definition = &rehearsal->board.definition;

    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        struct round_definition *round = &definition->rounds[i];

        rehearsal->board.round_words[i] = (struct round_words){
            .title = text_of(rehearsal, &round->title),
            .prompt = text_of(rehearsal, &round->prompt),
        };
        round->opens_at_ms = round->closes_at_ms = 0;
        round->minutes = 0; /* the crowd is faster, or slower, than a hall */
        rehearsal->moves += round->allows & ALLOW_POST ? 1 : 0;
    }
}

static void take_definition(struct rehearsal *rehearsal)
{
    struct definition *definition = &rehearsal->board.definition;
    const struct definition *model = &rehearsal->model.board->definition;
    bool french = view_is(view_of(model->lang), "fr");
    struct view title = text_of(rehearsal, &model->title);

    buf_printf(&rehearsal->title, "%s – %.*s", french ? "Répétition" : "Rehearsal",
               (int)title.len, title.ptr ? title.ptr : "");
    *definition = *model;
    memset(definition->slug, 0, sizeof definition->slug);
    definition->visibility = /* it is in no list, and tells nobody more than its model */
        model->visibility == VISIBILITY_PRIVATE ? VISIBILITY_PRIVATE : VISIBILITY_LINK;
    definition->entry = ENTRY_OPEN;
    definition->own_ballots_count = true;
    definition->publish_log = false;
    definition->draft = false;
    rehearsal->board.question = text_of(rehearsal, &model->question);
    rehearsal->board.about = text_of(rehearsal, &model->about);
    take_rounds(rehearsal);
}

bool rehearse_read_model(struct rehearsal *rehearsal)
{
    fold_init(&rehearsal->model);
    if (!fold_board(&rehearsal->model, &rehearsal->workspace, rehearsal->like)) {
        return false;
    }
    take_definition(rehearsal);
    count_seeds(rehearsal);
    deck_invent(&rehearsal->deck, (uint32_t)rehearsal->people,
                (uint32_t)(rehearsal->ideas + rehearsal->seeds), rehearsal->crowd.seed);
    if (rehearsal->moves) {
        deck_spread(&rehearsal->deck, rehearsal->moves, rehearsal->crowd.seed);
    }
    take_seeds(rehearsal);
    bool fits = text_graphemes(buf_view(&rehearsal->title)) <= LIMIT_TITLE_MAX_GRAPHEMES;

    return writer_words(&rehearsal->board, rehearsal->slug,
                        rehearsal->board.definition.lang[0] ? rehearsal->board.definition.lang
                                                            : "fr",
                        fits ? rehearsal->title.bytes : rehearsal->slug);
}
