/*
 * marks — the last acknowledged entry of each board, in a file outside the store.
 *
 * A store that comes back with an older log cannot tell: it has forgotten. The marks are
 * written and fsynced by the worker pool at most 100 ms after an answer, never in its path;
 * what was answered in those 100 ms before a crash of the whole machine is the window in
 * which a loss would go unnoticed.
 */
#include "app/background.h"
#include "app/state.h"

#include "base/log.h"
#include "wire/entry.h"

#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum {
    WRITE_AFTER_MS = 80,
    LINE_BYTES = 256
};

struct mark {
    char board[KEY_ID_BYTES];
    uint64_t epoch;
    uint64_t version;
    struct entry_id last;
};

struct marks {
    struct mark *items; /* owned */
    size_t count;
    size_t room;
    char *path; /* owned */
    uv_timer_t timer;
    uv_work_t work;
    struct buf image; /* what the worker writes */
    bool writing;
    bool dirty;
};

static struct mark *mark_find(const struct marks *marks, const char *board)
{
    for (size_t i = 0; i < marks->count; i++) {
        if (strcmp(marks->items[i].board, board) == 0) {
            return &marks->items[i];
        }
    }
    return NULL;
}

static struct mark *mark_get(struct marks *marks, struct view board)
{
    char name[KEY_ID_BYTES] = "";

    memcpy(name, board.ptr, board.len < sizeof name ? board.len : sizeof name - 1);
    struct mark *mark = mark_find(marks, name);

    if (!mark) {
        marks->items =
            mem_reserve(marks->items, marks->count, &marks->room, sizeof *marks->items);
        mark = &marks->items[marks->count++];
        *mark = (struct mark){0};
        memcpy(mark->board, name, sizeof name);
    }
    return mark;
}

/* The next word of a line; moves view on. */
static struct view word(struct view *line)
{
    const char *space = line->len ? memchr(line->ptr, ' ', line->len) : NULL;
    size_t len = space ? (size_t)(space - line->ptr) : line->len;
    struct view found = {line->ptr, len};

    line->ptr += len + (space != NULL);
    line->len -= len + (space != NULL);
    return found;
}

static void read_line(struct marks *marks, struct view line)
{
    struct view board = word(&line);
    struct mark read = {0};

    if (!board.len || !view_to_hex64(word(&line), &read.epoch) ||
        !view_to_uint(word(&line), UINT64_MAX, &read.version) ||
        entry_id_parse(word(&line), &read.last)) {
        return; /* a torn last line: the file before it still holds */
    }
    struct mark *mark = mark_get(marks, board);

    memcpy(read.board, mark->board, sizeof read.board);
    *mark = read;
}

static void read_file(struct marks *marks)
{
    FILE *file = fopen(marks->path, "re");
    char line[LINE_BYTES];

    while (file && fgets(line, sizeof line, file)) {
        read_line(marks, view_trim(view_of(line)));
    }
    if (file) {
        fclose(file);
    }
}

static void write_file(uv_work_t *work)
{
    struct marks *marks = work->data;
    AUTO_BUF next = {0};

    background_give_way();
    buf_printf(&next, "%s.next", marks->path);
    int file = open(next.bytes, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);

    if (file < 0) {
        return;
    }
    bool ok = write(file, marks->image.bytes, marks->image.len) == (ssize_t)marks->image.len &&
              fsync(file) == 0;

    close(file);
    if (ok) {
        (void)rename(next.bytes, marks->path);
    }
}

static void on_timer(uv_timer_t *timer);

static void on_written(uv_work_t *work, int status)
{
    struct marks *marks = work->data;

    (void)status;
    marks->writing = false;
    if (marks->dirty) {
        uv_timer_start(&marks->timer, on_timer, WRITE_AFTER_MS, 0);
    }
}

static void write_image(struct marks *marks)
{
    buf_clear(&marks->image);
    for (size_t i = 0; i < marks->count; i++) {
        const struct mark *mark = &marks->items[i];

        buf_printf(&marks->image, "%s ", mark->board);
        buf_add_hex64(&marks->image, mark->epoch);
        buf_printf(&marks->image, " %llu ", (unsigned long long)mark->version);
        entry_id_write(&marks->image, mark->last);
        buf_add_char(&marks->image, '\n');
    }
}

static void on_timer(uv_timer_t *timer)
{
    struct marks *marks = timer->data;

    if (marks->writing) {
        return;
    }
    write_image(marks);
    marks->dirty = false;
    marks->writing = true;
    marks->work.data = marks;
    uv_queue_work(timer->loop, &marks->work, write_file, on_written);
}

struct marks *marks_create(struct app *app, const char *path)
{
    struct marks *marks = mem_alloc(sizeof *marks);

    marks->path = mem_copy_text(path, strlen(path));
    uv_timer_init(app->config.loop, &marks->timer);
    marks->timer.data = marks;
    read_file(marks);
    return marks;
}

static void on_closed(uv_handle_t *handle)
{
    struct marks *marks = handle->data;

    marks->dirty = true; /* says that it is closed */
}

void marks_destroy(struct marks *marks)
{
    if (!marks) {
        return;
    }
    uv_loop_t *loop = marks->timer.loop;

    while (marks->writing) {
        uv_run(loop, UV_RUN_ONCE);
    }
    if (marks->dirty) {
        write_image(marks);
        marks->work.data = marks;
        write_file(&marks->work);
    }
    marks->dirty = false;
    uv_close((uv_handle_t *)&marks->timer, on_closed);
    while (!marks->dirty) {
        uv_run(loop, UV_RUN_NOWAIT);
    }
    buf_finish(&marks->image);
    mem_free(marks->items);
    mem_free(marks->path);
    mem_free(marks);
}

void marks_note(struct marks *marks, const struct app_board *board)
{
    if (!marks) {
        return;
    }
    struct mark *mark = mark_get(marks, view_of(board->key.id));

    mark->epoch = board->fold->epoch;
    mark->version = board->fold->version;
    mark->last = board->fold->last;
    if (!marks->dirty && !marks->writing) {
        uv_timer_start(&marks->timer, on_timer, WRITE_AFTER_MS, 0);
    }
    marks->dirty = true;
}

bool marks_agree(const struct marks *marks, const struct app_board *board)
{
    const struct mark *mark = marks ? mark_find(marks, board->key.id) : NULL;

    return !mark || mark->epoch != board->fold->epoch ||
           entry_id_compare(mark->last, board->fold->last) <= 0;
}
