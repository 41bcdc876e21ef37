#include "cli/workspace.h"

#include "base/buf.h"
#include "cli/wait.h"
#include "store/embedded.h"
#include "store/redis.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

enum {
    AVAILABLE_MS = 8000,
    WHY_BYTES = 256
};

enum status refuse_store(enum err err)
{
    if (err == ERR_FULL) {
        return refuse("the store has no room left; make some and try again");
    }
    return refuse("the store did not answer; see that Redis is running and try again");
}

static void on_entries(void *user, struct board_key board, const struct stored_entry *entries,
                       size_t count)
{
    (void)user;
    (void)board;
    (void)entries;
    (void)count;
}

static void on_board(void *user, struct board_key board)
{
    (void)user;
    (void)board;
}

static void on_available(void *user, bool available)
{
    struct workspace *workspace = user;

    workspace->is_available = available;
}

static bool is_directory(const char *path)
{
    struct stat status;

    return stat(path, &status) == 0 && S_ISDIR(status.st_mode);
}

/* Its own Redis, or that of a server which runs on the directory. */
static bool find_redis(struct workspace *workspace, const struct config *config,
                       enum workspace_use use, struct buf *url)
{
    char why[WHY_BYTES] = "";

    workspace->data = config->data;
    if (use == WORKSPACE_READS && !is_directory(config->data)) {
        (void)refuse("there is no installation in %s; name its directory with --data DIR",
                     config->data);
        return false;
    }
    if (use != WORKSPACE_OWNS && embedded_is_running(config->data)) {
        char *dir = realpath(config->data, NULL); /* an address of a socket is absolute */

        workspace->is_redis_of_others = true;
        buf_printf(url, "unix://%s/redis.sock", dir ? dir : config->data);
        free(dir);
        return true;
    }
    if (embedded_start(&workspace->loop, config->data, &workspace->embedded, why, sizeof why)) {
        (void)refuse("%s", why);
        return false;
    }
    buf_printf(url, "unix://%s", embedded_socket(workspace->embedded));
    return true;
}

static bool connect_store(struct workspace *workspace, struct view url)
{
    struct redis_address address;
    struct store_listener listener = {.on_entries = on_entries,
                                      .on_caught_up = on_board,
                                      .on_rewound = on_board,
                                      .on_available = on_available,
                                      .user = workspace};

    if (redis_address_parse(url, &address)) {
        (void)refuse("%.*s is not the address of a Redis; write unix:///path or "
                     "redis://host:port",
                     (int)url.len, url.ptr);
        return false;
    }
    workspace->store = redis_store_create(&workspace->loop, &address);
    store_listen(workspace->store, &listener);
    if (!wait_until(&workspace->loop, &workspace->is_available, AVAILABLE_MS)) {
        (void)refuse("no Redis answers at %.*s; start it, or name another with --redis",
                     (int)url.len, url.ptr);
        return false;
    }
    return true;
}

bool workspace_open(struct workspace *workspace, const struct config *config,
                    enum workspace_use use)
{
    AUTO_BUF url = {0};

    memset(workspace, 0, sizeof *workspace);
    uv_loop_init(&workspace->loop);
    bool found = false;

    if (config->redis) {
        workspace->is_redis_of_others = true;
        buf_add_text(&url, config->redis);
        found = true;
    } else {
        found = find_redis(workspace, config, use, &url);
    }
    if (found && connect_store(workspace, buf_view(&url))) {
        return true;
    }
    workspace_close(workspace);
    return false;
}

void workspace_close(struct workspace *workspace)
{
    store_destroy(workspace->store);
    workspace->store = NULL;
    uv_run(&workspace->loop, UV_RUN_NOWAIT);
    embedded_stop(workspace->embedded);
    workspace->embedded = NULL;
    /* What closes its handles does so on the next turns. */
    while (uv_loop_alive(&workspace->loop) && uv_run(&workspace->loop, UV_RUN_NOWAIT)) {
        uv_run(&workspace->loop, UV_RUN_ONCE);
    }
    (void)uv_loop_close(&workspace->loop);
}

/* One call that gives a value. */
struct value {
    struct wait wait;
    struct buf *out;
};

static void on_value(void *user, enum err err, struct view view)
{
    struct value *value = user;

    buf_add_view(value->out, view);
    wait_on_done(&value->wait, err);
}

enum err workspace_get(struct workspace *workspace, const char *name, struct buf *out)
{
    struct value value = {.out = out};

    wait_init(&value.wait, &workspace->loop);
    store_get(workspace->store, view_of(name), on_value, &value);
    return wait_for(&value.wait);
}

enum err workspace_claim(struct workspace *workspace, const char *name, struct view view,
                         struct buf *out)
{
    struct value value = {.out = out};

    wait_init(&value.wait, &workspace->loop);
    store_claim(workspace->store, view_of(name), view, on_value, &value);
    return wait_for(&value.wait);
}

enum err workspace_put(struct workspace *workspace, const char *name, struct view value,
                       uint64_t ttl_ms)
{
    struct wait wait;

    wait_init(&wait, &workspace->loop);
    store_put(workspace->store, view_of(name), value, ttl_ms, wait_on_done, &wait);
    return wait_for(&wait);
}

enum err workspace_remove(struct workspace *workspace, const char *name)
{
    struct wait wait;

    wait_init(&wait, &workspace->loop);
    store_remove(workspace->store, view_of(name), wait_on_done, &wait);
    return wait_for(&wait);
}
