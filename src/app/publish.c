/*
 * One struct publish goes from callback to callback: mark, claim the slug, claim a code,
 * append. A process that dies on the way leaves a claim whose board is in no index; whoever
 * wants the slug later finds it and takes it over, once it is clear that nobody works on it.
 */
#include "app/publish.h"

#include "auth/random.h"
#include "base/buf.h"
#include "base/mem.h"
#include "base/time.h"
#include "wire/entry.h"
#include "wire/json.h"
#include "wire/texts.h"

#include <stdio.h>
#include <string.h>

enum {
    NAME_BYTES = 64,
    CODE_TRIES = 50,
    CODE_FIRST = 100000,
    CODES = 900000,
    CODE_RESTS = 10000,   /* what follows in a private one */
    ABANDONED_MS = 60000, /* nothing was appended for so long */
    READ_COUNT = 1000
};

struct name {
    char text[NAME_BYTES];
};

struct publish {
    struct store *store;
    publish_begun *done;
    void *user;
    struct begun_board board;
    char slug[LIMIT_SLUG_MAX_BYTES + 1];
    struct buf entry;
    struct stored_text texts[COMMAND_TEXTS];
    char *jsons[COMMAND_TEXTS]; /* of the texts; owned */
    size_t texts_count;

    struct board_key holder; /* who has the slug */
    bool has_looked;         /* at the holder, once */
    struct entry_id index_at;
    unsigned code_tries;
    bool is_private;
    bool restores; /* the log comes from elsewhere, its creation too */
};

static struct name name_of(const char *kind, const char *rest)
{
    struct name name;

    snprintf(name.text, sizeof name.text, "%s:%s", kind, rest);
    return name;
}

static void ignore(void *user, enum err err)
{
    (void)user;
    (void)err;
}

static void put(struct store *store, struct name name, const char *value, uint64_t ttl_ms)
{
    store_put(store, view_of(name.text), view_of(value), ttl_ms, ignore, NULL);
}

static void discard(struct store *store, struct name name)
{
    store_remove(store, view_of(name.text), ignore, NULL);
}

static void publish_destroy(struct publish *publish)
{
    for (size_t i = 0; i < publish->texts_count; i++) {
        mem_free(publish->jsons[i]);
    }
    buf_finish(&publish->entry);
    mem_free(publish);
}

static void finish(struct publish *publish, enum err err)
{
    publish->done(publish->user, err, err ? NULL : &publish->board);
    publish_destroy(publish);
}

/* Ends after the claim of the slug: gives back all that was claimed. */
static void fail(struct publish *publish, enum err err)
{
    publish_abandon(publish->store, &publish->board, publish->slug, ignore, NULL);
    finish(publish, err);
}

/* The creation entry */

static struct text_use add_text(struct publish *publish, struct view text)
{
    struct text_seed seed;
    struct buf json;

    if (!text.len) {
        return (struct text_use){0};
    }
    random_bytes(&seed, sizeof seed);
    buf_init(&json);
    struct text_use use = text_use_make(text, &seed, &json);
    size_t len = json.len;

    size_t i = publish->texts_count++;

    publish->jsons[i] = buf_take(&json);
    publish->texts[i] = (struct stored_text){.ref = use.ref, .json = {publish->jsons[i], len}};
    return use;
}

static void write_entry(struct publish *publish, const struct new_board *new_board)
{
    struct definition *definition = mem_alloc(sizeof *definition);
    struct command command = {.kind = CMD_CREATE,
                              .op = new_board->op,
                              .epoch = publish->board.epoch,
                              .definition = definition};

    *definition = new_board->definition;
    memcpy(definition->key_id, publish->board.key.id, sizeof definition->key_id);
    definition->title = add_text(publish, new_board->title);
    definition->question = add_text(publish, new_board->question);
    definition->about = add_text(publish, new_board->about);
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        definition->rounds[i].title = add_text(publish, new_board->round_words[i].title);
        definition->rounds[i].prompt = add_text(publish, new_board->round_words[i].prompt);
    }
    entry_write(&publish->entry, &command);
    command_finish(&command);
}

static void on_appended(void *user, enum err err, struct entry_id id)
{
    struct publish *publish = user;

    publish->board.id = id;
    if (err) {
        fail(publish, err);
    } else {
        finish(publish, OK);
    }
}

/* The code */

static void claim_code(struct publish *publish);

static void on_code(void *user, enum err err, struct view value)
{
    struct publish *publish = user;
    bool ours = view_is(value, publish->board.key.id);

    if (!err && !ours && publish->code_tries < CODE_TRIES) {
        claim_code(publish);
        return;
    }
    if (err || !ours) {
        fail(publish, err ? err : ERR_FULL);
        return;
    }
    put(publish->store, name_of("code-of", publish->board.key.id), publish->board.code, 0);
    if (publish->restores) {
        finish(publish, OK);
        return;
    }
    store_append(publish->store, publish->board.key, buf_view(&publish->entry), publish->texts,
                 publish->texts_count, on_appended, publish);
}

bool join_code_is(struct view text)
{
    uint64_t number = 0;

    return (text.len == JOIN_CODE_CHARS || text.len == JOIN_CODE_PRIVATE_CHARS) &&
           view_to_uint(text, UINT64_MAX, &number);
}

static void claim_code(struct publish *publish)
{
    unsigned code = (unsigned)(CODE_FIRST + random_below(CODES)) % 1000000u;

    publish->code_tries++;
    if (publish->is_private) {
        snprintf(publish->board.code, sizeof publish->board.code, "%06u%04u", code,
                 (unsigned)random_below(CODE_RESTS) % CODE_RESTS);
    } else {
        snprintf(publish->board.code, sizeof publish->board.code, "%06u", code);
    }
    store_claim(publish->store, view_of(name_of("code", publish->board.code).text),
                view_of(publish->board.key.id), on_code, publish);
}

/* The slug */

static void claim_slug(struct publish *publish);

static void on_holder_code(void *user, enum err err, struct view code)
{
    struct publish *publish = user;
    struct name holder = name_of("code-of", publish->holder.id);

    if (err) {
        finish(publish, err);
        return;
    }
    if (join_code_is(code)) {
        char text[JOIN_CODE_MAX_CHARS + 1] = "";

        memcpy(text, code.ptr, code.len);
        discard(publish->store, name_of("code", text));
    }
    discard(publish->store, holder);
    store_forget(publish->store, publish->holder, ignore, NULL);
    discard(publish->store, name_of("slug", publish->slug));
    claim_slug(publish);
}

static void on_holder_log(void *user, enum err err, const struct projection_read *read)
{
    struct publish *publish = user;

    if (err) {
        finish(publish, err);
        return;
    }
    if (read->log_length && read->log_last.ms + ABANDONED_MS > time_now_ms()) {
        finish(publish, ERR_CONFLICT); /* somebody is writing it */
        return;
    }
    store_get(publish->store, view_of(name_of("code-of", publish->holder.id).text),
              on_holder_code, publish);
}

static void on_holder_mark(void *user, enum err err, struct view mark)
{
    struct publish *publish = user;

    if (err || mark.len) {
        finish(publish, err ? err : ERR_CONFLICT);
        return;
    }
    store_read_projection(publish->store, publish->holder, 1, on_holder_log, publish);
}

static bool names_holder(const struct publish *publish, struct view entry)
{
    json_auto_t *json = json_loadb(entry.ptr, entry.len, 0, NULL);

    return view_is(json_view(json_object_get(json, "board")), publish->holder.id);
}

static void on_index(void *user, enum err err, const struct stored_entry *entries, size_t count)
{
    struct publish *publish = user;

    for (size_t i = 0; !err && i < count; i++) {
        publish->index_at = entries[i].entry.id;
        err = names_holder(publish, entries[i].entry.bytes) ? ERR_CONFLICT : OK;
    }
    if (err) {
        finish(publish, err);
    } else if (count == READ_COUNT) {
        store_read(publish->store, INDEX_KEY, publish->index_at, READ_COUNT, on_index, publish);
    } else {
        store_get(publish->store, view_of(name_of("making", publish->holder.id).text),
                  on_holder_mark, publish);
    }
}

static void on_slug(void *user, enum err err, struct view value)
{
    struct publish *publish = user;

    if (!err && view_is(value, publish->board.key.id)) {
        claim_code(publish);
        return;
    }
    if (err || publish->has_looked || !value.len || value.len >= sizeof publish->holder.id) {
        finish(publish, err ? err : ERR_CONFLICT);
        return;
    }
    publish->has_looked = true;
    memcpy(publish->holder.id, value.ptr, value.len);
    publish->holder.id[value.len] = '\0';
    store_read(publish->store, INDEX_KEY, publish->index_at, READ_COUNT, on_index, publish);
}

static void claim_slug(struct publish *publish)
{
    store_claim(publish->store, view_of(name_of("slug", publish->slug).text),
                view_of(publish->board.key.id), on_slug, publish);
}

void publish_begin(struct store *store, const struct new_board *board, publish_begun *done,
                   void *user)
{
    struct publish *publish = mem_alloc(sizeof *publish);

    publish->store = store;
    publish->done = done;
    publish->user = user;
    random_key_id(publish->board.key.id);
    publish->board.epoch = random_u64();
    publish->is_private = board->definition.visibility == VISIBILITY_PRIVATE;
    memcpy(publish->slug, board->definition.slug, sizeof publish->slug);
    write_entry(publish, board);
    /* Before the claim: that it is being made, should this process live on. */
    put(store, name_of("making", publish->board.key.id), "1", ABANDONED_MS);
    claim_slug(publish);
}

void publish_restore(struct store *store, struct board_key key,
                     const struct definition *definition, publish_begun *done, void *user)
{
    struct publish *publish = mem_alloc(sizeof *publish);

    publish->store = store;
    publish->done = done;
    publish->user = user;
    publish->board.key = key;
    publish->restores = true;
    publish->is_private = definition->visibility == VISIBILITY_PRIVATE;
    memcpy(publish->slug, definition->slug, sizeof publish->slug);
    put(store, name_of("making", key.id), "1", ABANDONED_MS);
    claim_slug(publish);
}

void publish_end(struct store *store, struct board_key key, const char *slug,
                 store_appended *done, void *user)
{
    AUTO_BUF entry = {0};

    buf_printf(&entry, "{\"board\":\"%s\",\"slug\":\"%s\"}", key.id, slug);
    store_append(store, INDEX_KEY, buf_view(&entry), NULL, 0, done, user);
}

void publish_abandon(struct store *store, const struct begun_board *board, const char *slug,
                     store_done *done, void *user)
{
    store_forget(store, board->key, ignore, NULL);
    if (board->code[0]) {
        discard(store, name_of("code", board->code));
    }
    discard(store, name_of("code-of", board->key.id));
    store_remove(store, view_of(name_of("slug", slug).text), done, user);
}
