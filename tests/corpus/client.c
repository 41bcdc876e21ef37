/*
 * Goal: what the server tells about a folded log is exactly the golden answer that the
 * client's own fold is held to (tests/web/apply.test.js reads the same files).
 *
 * A file: {"goal","viewer":person number or 0,"texts":{ref:text},"log":[{"id","command"}],
 * "cut":n,"snapshot":Board after n entries,"notifications":[what follows],"board":Board}.
 * With PINSON_CORPUS_WRITE set, the answers are written instead of compared.
 */
#include "base/mem.h"
#include "core/apply.h"
#include "wire/entry.h"
#include "wire/events.h"
#include "wire/json.h"
#include "wire/rpc.h"

#include <dirent.h>
#include <jansson.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define FOLDER PINSON_SOURCE_DIR "/tests/corpus/client"

struct golden {
    json_t *json;
    struct board *board;
    struct texts texts;
    struct effects effects;
};

static void open_golden(struct golden *golden, json_t *json)
{
    const char *ref = NULL;
    json_t *text = NULL;

    *golden = (struct golden){.json = json, .board = board_create()};
    texts_init(&golden->texts);
    effects_init(&golden->effects);
    json_object_foreach(json_object_get(json, "texts"), ref, text)
    {
        struct ref bytes;
        struct view words = json_view(text);

        assert_true(view_to_bytes(view_of(ref), bytes.bytes, sizeof bytes.bytes));
        texts_put(&golden->texts, bytes, mem_copy_text(words.ptr, words.len));
    }
}

static void close_golden(struct golden *golden)
{
    board_destroy(golden->board);
    texts_finish(&golden->texts);
    effects_finish(&golden->effects);
}

static void fold(struct golden *golden, size_t from, size_t to)
{
    const json_t *log = json_object_get(golden->json, "log");

    for (size_t i = from; i < to; i++) {
        const json_t *line = json_array_get(log, i);
        struct entry entry;
        AUTO_BUF bytes = {0};

        json_write_value(&bytes, json_object_get(line, "command"));
        entry.bytes = buf_view(&bytes);
        assert_int_equal(entry_id_parse(json_view(json_object_get(line, "id")), &entry.id), OK);
        assert_int_equal(entry_parse(entry.bytes, &entry.command), OK);
        board_apply(golden->board, &entry, &golden->effects);
        assert_int_equal(golden->effects.decision.err, OK);
        command_finish(&entry.command);
    }
}

static struct viewer viewer_of(const struct golden *golden)
{
    json_int_t number = json_integer_value(json_object_get(golden->json, "viewer"));

    return (struct viewer){.board = golden->board,
                           .texts = &golden->texts,
                           .person = board_person(golden->board, (uint64_t)number),
                           .role = ROLE_PARTICIPANT};
}

static json_t *parsed(const struct buf *bytes)
{
    json_t *json = json_loadb(bytes->bytes, bytes->len, JSON_REJECT_DUPLICATES, NULL);

    assert_non_null(json);
    return json;
}

static json_t *snapshot(const struct golden *golden)
{
    struct viewer viewer = viewer_of(golden);
    AUTO_BUF bytes = {0};

    buf_add_char(&bytes, '{');
    board_write_head(&bytes, &viewer);
    board_write_ideas(&bytes, &viewer, LIMIT_SNAPSHOT_IDEAS);
    buf_add_text(&bytes, ",\"me\":");
    me_write(&bytes, &viewer);
    buf_printf(&bytes,
               ",\"watching\":0,\"version\":%u,\"epoch\":", (unsigned)golden->board->version);
    epoch_write(&bytes, golden->board->epoch);
    buf_add_char(&bytes, '}');
    return parsed(&bytes);
}

static void add_notification(json_t *list, const char *method, struct buf *params)
{
    AUTO_BUF text = {0};

    rpc_write_notification(&text, method, buf_view(params));
    json_array_append_new(list, parsed(&text));
}

static void add_scores(json_t *list, const struct golden *golden, const struct viewer *viewer,
                       uint64_t since)
{
    AUTO_BUF scores = {0};

    buf_printf(&scores, "{\"board\":\"%s\",\"version\":%u,\"ballots\":%u,\"pool\":",
               golden->board->definition.slug, (unsigned)golden->board->version,
               (unsigned)golden->board->ballots);
    pool_write(&scores, viewer);
    buf_add_text(&scores, ",\"scores\":");
    scores_write(&scores, viewer, since);
    buf_add_char(&scores, '}');
    add_notification(list, "board.scores", &scores);
}

/* All that follows the cut, told at once, as after a busy moment. */
static json_t *notifications(const struct golden *golden, uint64_t since)
{
    struct viewer viewer = viewer_of(golden);
    json_t *list = json_array();
    AUTO_BUF events = {0};
    AUTO_BUF me = {0};

    buf_printf(&events, "{\"board\":\"%s\",\"epoch\":", golden->board->definition.slug);
    epoch_write(&events, golden->board->epoch);
    buf_printf(&events,
               ",\"from\":%u,\"version\":%u,\"people\":%zu,\"events\":", (unsigned)since,
               (unsigned)golden->board->version, golden->board->active_people);
    events_write(&events, &viewer, since, NULL);
    buf_add_char(&events, '}');
    add_notification(list, "board.events", &events);
    if (view_shows_scores(&viewer)) {
        add_scores(list, golden, &viewer, since);
    }
    me_write(&me, &viewer);
    buf_printf(&me, " ");
    me.len -= 2; /* the closing brace, to add the board's name */
    buf_printf(&me, ",\"board\":\"%s\"}", golden->board->definition.slug);
    add_notification(list, "board.me", &me);
    return list;
}

static void expect(struct golden *golden, const char *name, json_t *got)
{
    json_t *wanted = json_object_get(golden->json, name);

    if (!getenv("PINSON_CORPUS_WRITE") && !json_equal(wanted, got)) {
        char *text = json_dumps(got, JSON_COMPACT | JSON_SORT_KEYS);

        print_error("%s is now %s\n", name, text);
        free(text);
        fail();
    }
    json_object_set_new(golden->json, name, got);
}

static void check_file(const char *name)
{
    AUTO_BUF path = {0};
    struct golden golden;

    buf_printf(&path, "%s/%s", FOLDER, name);
    json_auto_t *json = json_load_file(path.bytes, JSON_REJECT_DUPLICATES, NULL);
    size_t cut = (size_t)json_integer_value(json_object_get(json, "cut"));

    assert_non_null(json);
    open_golden(&golden, json);
    fold(&golden, 0, cut);
    uint64_t since = golden.board->version;

    expect(&golden, "snapshot", snapshot(&golden));
    fold(&golden, cut, json_array_size(json_object_get(json, "log")));
    expect(&golden, "notifications", notifications(&golden, since));
    expect(&golden, "board", snapshot(&golden));
    if (getenv("PINSON_CORPUS_WRITE")) {
        assert_int_equal(json_dump_file(json, path.bytes, JSON_INDENT(1) | JSON_SORT_KEYS), 0);
    }
    close_golden(&golden);
}

static void tells_what_the_golden_files_say(void **state)
{
    DIR *folder = opendir(FOLDER);
    int count = 0;

    (void)state;
    assert_non_null(folder);
    for (struct dirent *file = readdir(folder); file; file = readdir(folder)) {
        if (strstr(file->d_name, ".json")) {
            check_file(file->d_name);
            count++;
        }
    }
    closedir(folder);
    assert_true(count >= 4);
}

int main(void)
{
    const struct CMUnitTest tests[] = {cmocka_unit_test(tells_what_the_golden_files_say)};

    return cmocka_run_group_tests(tests, NULL, NULL);
}
