/*
 * similar — ideas that say much the same as what somebody is about to write.
 *
 * A board's index is kept beside its texts, entry by entry, so that no question ever waits
 * for it to be made. It holds what is shown and nothing else: hidden texts cannot be guessed
 * from what is found.
 */
#include "app/state.h"

#include "wire/json.h"

#include <string.h>

enum {
    OFFERED = 5
};

void similarity_init(struct similarity *similarity)
{
    *similarity = (struct similarity){.refs = NULL};
    similar_init(&similarity->index);
}

void similarity_finish(struct similarity *similarity)
{
    similar_finish(&similarity->index);
    mem_free(similarity->refs);
}

/* Which text of the idea the index holds; none is written as zero bytes. */
static struct ref *indexed(struct similarity *similarity, uint32_t idea)
{
    while (similarity->room < idea) {
        size_t before = similarity->room;

        similarity->refs =
            mem_reserve(similarity->refs, before, &similarity->room, sizeof *similarity->refs);
        memset(similarity->refs + before, 0,
               (similarity->room - before) * sizeof *similarity->refs);
    }
    return &similarity->refs[idea - 1];
}

static void follow(struct app_board *board, const struct idea *idea)
{
    struct similar *index = &board->similarity.index;
    struct ref *held = indexed(&board->similarity, idea->number);
    struct view text = texts_find(&board->texts, idea->text);
    struct ref wanted = idea->state == IDEA_SHOWN && text.ptr ? idea->text : (struct ref){0};

    if (memcmp(held, &wanted, sizeof wanted) == 0) {
        return;
    }
    if (!ref_is_none(*held)) {
        similar_remove(index, idea->number, texts_find(&board->texts, *held));
    }
    if (!ref_is_none(wanted)) {
        similar_add(index, idea->number, text);
    }
    *held = wanted;
}

void similarity_follow(struct app_board *board)
{
    const struct effects *effects = &board->effects;

    for (size_t i = 0; i < effects->ideas_count; i++) {
        follow(board, board_idea(board->fold, effects->ideas[i]));
    }
}

static void write_found(struct buf *to, struct app_board *board, const struct viewer *viewer,
                        struct view text)
{
    struct likeness found[OFFERED];
    size_t count = similar_find(&board->similarity.index, text, found, OFFERED);
    const char *comma = "";

    buf_add_text(to, "{\"ideas\":[");
    for (size_t i = 0; i < count; i++) {
        const struct idea *idea = board_idea(board->fold, found[i].idea);

        if (view_shows_text(viewer, idea)) {
            buf_printf(to, "%s{\"idea\":", comma);
            idea_write(to, viewer, idea);
            buf_printf(to, ",\"likeness\":%u.%03u}", found[i].thousandths / 1000,
                       found[i].thousandths % 1000);
            comma = ",";
        }
    }
    buf_add_text(to, "]}");
}

/* It may be half a sentence; what could never be posted is refused here as there. */
static enum err check_text(struct view text)
{
    if (text.len > LIMIT_TEXT_MAX_BYTES) {
        return ERR_TOO_LONG;
    }
    if (!text_is_clean(text)) {
        return ERR_BAD_TEXT;
    }
    return text_graphemes(text) > LIMIT_TEXT_MAX_GRAPHEMES ? ERR_TOO_LONG : OK;
}

void method_idea_similar(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct params params;
    struct viewer viewer = board_viewer(board, client->session);
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    struct view text = view_trim(params_string(&params, "text", REQUIRED));

    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    enum err err = check_text(text);

    if (err) {
        client_refuse(client, buf_view(&request->id), err, NULL);
        return;
    }
    write_found(&result, board, &viewer, text);
    client_reply(client, buf_view(&request->id), buf_view(&result));
}
