/*
 * workspace — what a command works on: a loop and an installation's store. A server that runs
 * on the directory is joined; where none runs, its Redis is started for as long as it takes.
 */
#ifndef CLI_WORKSPACE_H
#define CLI_WORKSPACE_H

#include "base/buf.h"
#include "cli/config.h"
#include "store/store.h"

#include <uv.h>

struct embedded;

struct workspace {
    uv_loop_t loop;
    struct embedded *embedded; /* NULL: somebody else's Redis */
    struct store *store;
    bool is_redis_of_others; /* --redis, or a server that runs */
    bool is_available;
    const char *data; /* NULL with --redis */
};

enum workspace_use {
    WORKSPACE_READS, /* the installation must exist */
    WORKSPACE_MAKES, /* it may be new */
    WORKSPACE_OWNS   /* as that, and no other may run on the directory */
};

/* Opens it; false: it was said why not. */
MUST_USE bool workspace_open(struct workspace *workspace, const struct config *config,
                             enum workspace_use use);
void workspace_close(struct workspace *workspace);

/* The store's calls one at a time, for what is not worth a pipeline. */
MUST_USE enum err workspace_get(struct workspace *workspace, const char *name, struct buf *out);
MUST_USE enum err workspace_claim(struct workspace *workspace, const char *name,
                                  struct view value, struct buf *out);
MUST_USE enum err workspace_put(struct workspace *workspace, const char *name,
                                struct view value, uint64_t ttl_ms);
MUST_USE enum err workspace_remove(struct workspace *workspace, const char *name);

/* "The store …": what a failure of the store means to whoever typed the command. */
enum status refuse_store(enum err err);

#endif
