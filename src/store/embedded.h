/*
 * embedded — a private redis-server as a child process, for an installation of one machine.
 *
 * It listens on DIR/redis.sock only, keeps its append-only file in DIR with fsync always,
 * has a session of its own and dies with this process. It is watched and started again
 * with back-off. DIR/lock is held so that two never open one file.
 */
#ifndef STORE_EMBEDDED_H
#define STORE_EMBEDDED_H

#include "base/text.h"
#include "pinson/error.h"

#include <stdbool.h>
#include <stddef.h>

struct embedded;
struct uv_loop_s;

/* Starts it, making DIR when there is none. On failure writes a sentence with what to do
   to why: ERR_CONFLICT when another server holds DIR after 5 s, ERR_TOO_LONG when DIR is too
   long for a socket's address, ERR_UNAVAILABLE otherwise. */
MUST_USE enum err embedded_start(struct uv_loop_s *loop, const char *dir, struct embedded **out,
                                 char *why, size_t why_size);
/* Asks it to end and waits for it. NULL is allowed. */
void embedded_stop(struct embedded *embedded);

const char *embedded_socket(const struct embedded *embedded); /* borrowed */

/* A server holds DIR now: its socket may be used. */
bool embedded_is_running(const char *dir);

#endif
