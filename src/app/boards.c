/* boards — the boards in memory, as the index and their logs tell them. */
#include "app/state.h"

#include "base/log.h"
#include "wire/entry.h"
#include "wire/json.h"

#include <string.h>

enum {
    HEAD_EVERY = 256 /* versions */
};

struct app_board *app_board_find(struct app *app, struct view slug)
{
    for (size_t i = 0; i < app->boards_count; i++) {
        if (view_is(slug, app->boards[i]->slug)) {
            return app->boards[i];
        }
    }
    return NULL;
}

struct app_board *app_board_by_key(struct app *app, struct board_key key)
{
    for (size_t i = 0; i < app->boards_count; i++) {
        if (strcmp(app->boards[i]->key.id, key.id) == 0) {
            return app->boards[i];
        }
    }
    return NULL;
}

uint64_t session_person_key(const struct session *session, const struct app_board *board)
{
    const uint64_t *key =
        session ? map_find(&session->person_keys, (uint64_t)(uintptr_t)board) : NULL;

    return key ? *key : 0;
}

struct viewer board_viewer(const struct app_board *board, const struct session *session)
{
    uint64_t key = session_person_key(session, board);
    const struct person *person =
        board_has_erased(board, key)
            ? NULL
            : board_person(board->fold, board_person_number(board->fold, key));
    enum role role = session ? ROLE_PARTICIPANT : ROLE_VISITOR;

    if (person && person->role > role) {
        role = person->role;
    }
    if (session && session->role > role) {
        role = session->role;
    }
    return (struct viewer){.board = board->fold,
                           .texts = &board->texts,
                           .person = person,
                           .role = role,
                           .join_code = board->code};
}

static void board_reset(struct app_board *board)
{
    insight_forget(board);
    results_forget(board);
    board_destroy(board->fold);
    texts_finish(&board->texts);
    similarity_finish(&board->similarity);
    duplicates_forget(board);
    board->fold = board_create();
    texts_init(&board->texts);
    similarity_init(&board->similarity);
    board->live = false;
    board->poisoned = false;
    map_finish(&board->said_ideas);
    map_finish(&board->said_tallies);
    map_finish(&board->unprojected);
    board->heads_count = board->heads_sent = 0;
    board->undropped_count = 0;
    board->sent_version = 0;
    board->projected_known = false;
}

static struct app_board *board_add(struct app *app, struct board_key key, struct view slug)
{
    struct app_board *board = mem_alloc(sizeof *board);

    board->app = app;
    board->key = key;
    memcpy(board->slug, slug.ptr, slug.len);
    effects_init(&board->effects);
    room_init(&board->room);
    list_init(&board->acts);
    board_reset(board);
    app->boards = mem_reserve(app->boards, app->boards_count, &app->boards_room,
                              sizeof(struct app_board *));
    app->boards[app->boards_count++] = board;
    return board;
}

static void app_board_destroy(struct app_board *board)
{
    insight_forget(board);
    results_forget(board);
    board_destroy(board->fold);
    texts_finish(&board->texts);
    similarity_finish(&board->similarity);
    duplicates_forget(board);
    effects_finish(&board->effects);
    room_finish(&board->room);
    map_finish_owned(&board->new_people);
    map_finish(&board->said_ideas);
    map_finish(&board->said_tallies);
    map_finish(&board->unprojected);
    mem_free(board->heads);
    mem_free(board->undropped);
    mem_free(board);
}

void boards_destroy(struct app *app)
{
    for (size_t i = 0; i < app->boards_count; i++) {
        app_board_destroy(app->boards[i]);
    }
    mem_free(app->boards);
}

/* The log is followed once the code is known, so that whoever sees the board sees both. */
static void on_code(void *user, enum err err, struct view code)
{
    struct app_board *board = user;

    board->asks_code = false;
    if (err) {
        return; /* the next tick asks again */
    }
    if (join_code_is(code)) {
        memcpy(board->code, code.ptr, code.len);
    }
    board->followed = true;
    store_follow(board->app->store, board->key, (struct entry_id){0, 0});
}

static void ask_code(struct app_board *board)
{
    AUTO_BUF name = {0};

    board->asks_code = true;
    buf_printf(&name, "code-of:%s", board->key.id);
    store_get(board->app->store, buf_view(&name), on_code, board);
}

void board_tick(struct app_board *board)
{
    if (!board->followed && !board->asks_code && board->app->available) {
        ask_code(board);
    }
}

/* {"board":"<b>","slug":"<slug>"} */
static void on_index_entry(struct app *app, struct view bytes)
{
    json_auto_t *json = json_loadb(bytes.ptr, bytes.len, JSON_REJECT_DUPLICATES, NULL);
    struct view id = json_view(json_object_get(json, "board"));
    struct view slug = json_view(json_object_get(json, "slug"));
    struct board_key key = {""};

    if (!id.len || id.len >= sizeof key.id || !text_is_slug(slug)) {
        log_event(LOG_WARN, "index-entry-unknown", "bytes=%zu", bytes.len);
        return;
    }
    memcpy(key.id, id.ptr, id.len);
    if (!app_board_by_key(app, key)) {
        ask_code(board_add(app, key, slug));
    }
}

/* What is stored under the reference; empty when it was erased. */
static struct view stored_json(const struct stored_entry *stored, const struct ref *ref)
{
    for (size_t i = 0; i < stored->texts_count; i++) {
        if (memcmp(&stored->texts[i].ref, ref, sizeof *ref) == 0) {
            return stored->texts[i].json;
        }
    }
    return (struct view){NULL, 0};
}

/* Puts what the entry says in words beside the fold. */
static void keep_texts(struct app_board *board, const struct stored_entry *stored)
{
    const struct text_use *uses[COMMAND_TEXTS];
    size_t count = command_texts(&stored->entry.command, uses);

    for (size_t i = 0; i < count; i++) {
        struct view json = stored_json(stored, &uses[i]->ref);
        char *text = NULL;

        if (json.len && text_open(json, uses[i], &text)) {
            log_event(LOG_ERROR, "text-differs", "board=%s", board->key.id);
        } else if (text) {
            texts_put(&board->texts, uses[i]->ref, text);
        }
    }
}

/* A text whose entry was refused or repeated, or that was replaced, is for nobody. */
static void drop_texts(struct app_board *board, const struct stored_entry *stored)
{
    const struct text_use *uses[COMMAND_TEXTS];
    size_t count = command_texts(&stored->entry.command, uses);

    for (size_t i = 0; i < count; i++) {
        if (board->leased || stored_json(stored, &uses[i]->ref).len) {
            words_drop(board, &uses[i]->ref, 1);
        }
    }
}

static void drop_replaced(struct app_board *board)
{
    for (size_t i = 0; i < board->effects.dropped_count; i++) {
        const struct ref *ref = &board->effects.dropped[i];
        bool there = texts_find(&board->texts, *ref).ptr; /* in the store, as it was read */

        texts_remove(&board->texts, *ref);
        if (board->leased || there) {
            words_drop(board, ref, 1);
        }
    }
}

static void keep_head(struct app_board *board)
{
    if (board->fold->version % HEAD_EVERY) {
        return;
    }
    board->heads =
        mem_reserve(board->heads, board->heads_count, &board->heads_room, sizeof *board->heads);
    board->heads[board->heads_count++] =
        (struct projected_head){.version = board->fold->version, .head = board->fold->head};
}

static void fold_entry(struct app_board *board, const struct stored_entry *stored)
{
    board_apply(board->fold, &stored->entry, &board->effects);
    const struct decision *decision = &board->effects.decision;

    if (decision->err || decision->repeat) {
        drop_texts(board, stored);
    } else {
        keep_texts(board, stored);
        similarity_follow(board);
        drop_replaced(board);
        if (stored->entry.command.kind == CMD_ERASE) {
            board_forget_person(board, stored->entry.command.person);
        } else if (stored->entry.command.kind == CMD_ROLE) {
            staff_changed(board, stored->entry.command.target);
        }
    }
    keep_head(board);
    board_note(board, &stored->entry);
}

static void on_entries(void *user, struct board_key key, const struct stored_entry *entries,
                       size_t count)
{
    struct app *app = user;
    struct app_board *board = key.id[0] ? app_board_by_key(app, key) : NULL;

    for (size_t i = 0; i < count && !key.id[0]; i++) {
        on_index_entry(app, entries[i].entry.bytes);
    }
    if (!board) {
        return;
    }
    for (size_t i = 0; i < count && !board->poisoned; i++) {
        if (entries[i].poisoned) {
            board->poisoned = true;
            log_event(LOG_ERROR, "entry-poisoned", "board=%s id=%llu-%llu", key.id,
                      (unsigned long long)entries[i].entry.id.ms,
                      (unsigned long long)entries[i].entry.id.seq);
        } else {
            fold_entry(board, &entries[i]);
        }
    }
    board_settle(board);
    bringings_settle(app);
}

/* Its entry was folded: known by its id or, when that was lost with a connection, by op. */
static bool is_applied(const struct act *act)
{
    const struct board *fold = act->board->fold;

    if (act->appended) {
        return entry_id_compare(act->entry, fold->last) <= 0;
    }
    const struct person *person =
        act->unknown ? board_person(fold, board_person_number(fold, act->command.person))
                     : NULL;

    return person && person_answer(person, act->command.op);
}

void board_settle(struct app_board *board)
{
    struct list *next = NULL;

    for (struct list *at = board->acts.next; at != &board->acts; at = next) {
        struct act *act = LIST_ITEM(at, struct act, link);

        next = at->next;
        if (is_applied(act)) {
            act_on_applied(act);
        } else {
            act_resume(act);
        }
    }
}

static void on_epoch(void *user, enum err err, struct entry_id id)
{
    const struct app_board *board = user;

    log_event(err ? LOG_ERROR : LOG_WARN, "epoch-changed", "board=%s result=%s id=%llu",
              board->key.id, err_name(err), (unsigned long long)id.ms);
}

static void append_epoch(struct app_board *board)
{
    struct command command = {.kind = CMD_EPOCH, .epoch = board->fold->epoch};
    AUTO_BUF bytes = {0};

    command.target = board->app->node ^ hash_mix(board->fold->last.ms);
    entry_write(&bytes, &command);
    store_append(board->app->store, board->key, buf_view(&bytes), NULL, 0, on_epoch, board);
    log_event(LOG_ERROR, "log-rewound", "board=%s version=%llu", board->key.id,
              (unsigned long long)board->fold->version);
}

static void on_caught_up(void *user, struct board_key key)
{
    struct app *app = user;
    struct app_board *board = key.id[0] ? app_board_by_key(app, key) : NULL;

    if (!key.id[0]) {
        app->index_read = true;
    }
    if (!board || board->live) {
        return;
    }
    board->live = board->fold->version > 0;
    map_finish(&board->said_ideas);
    map_finish(&board->said_tallies);
    board->said_pool = board->said_definition = board->said_round = false;
    board->said_moderation = false;
    board->sent_version = board->fold->version;
    if (board->rewound || !marks_agree(app->marks, board)) {
        append_epoch(board);
        board->rewound = false;
        broadcast_resync(board, "rewound");
    }
    log_event(LOG_INFO, "board-live", "board=%s version=%llu ideas=%zu ballots=%llu", key.id,
              (unsigned long long)board->fold->version, board->fold->ideas_count,
              (unsigned long long)board->fold->ballots);
    creations_settle(app);
}

static void on_rewound(void *user, struct board_key key)
{
    struct app_board *board = key.id[0] ? app_board_by_key(user, key) : NULL;

    if (board) {
        board->rewound = true;
        board_reset(board);
    }
}

static void on_available(void *user, bool available)
{
    struct app *app = user;
    bool was = app->available;

    app->available = available;
    if (was != available) {
        log_event(LOG_INFO, available ? "store-available" : "store-away", "boards=%zu",
                  app->boards_count);
        broadcast_notice(app, available ? "restored" : "degraded");
    }
}

void boards_listen(struct app *app)
{
    struct store_listener listener = {
        .on_entries = on_entries,
        .on_caught_up = on_caught_up,
        .on_rewound = on_rewound,
        .on_available = on_available,
        .user = app,
    };

    store_listen(app->store, &listener);
    store_follow(app->store, INDEX_KEY, (struct entry_id){0, 0});
}
