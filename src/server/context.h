/*
 * context — one libwebsockets context on somebody else's loop: made, kept quiet, taken down.
 */
#ifndef SERVER_CONTEXT_H
#define SERVER_CONTEXT_H

#include <stddef.h>

struct lws_context;
struct lws_protocols;
struct uv_loop_s;

/* Files this process may open, after asking for as many as it is allowed. */
size_t context_raise_files(void);

/* user: what lws_context_user gives. NULL: libwebsockets cannot work on libuv here. */
struct lws_context *context_create(struct uv_loop_s *loop,
                                   const struct lws_protocols *protocols, void *user);
/* In two steps, because libuv closes handles on later turns of the loop only: begin, run the
   loop until nothing of the context is left, end. */
void context_end_begin(struct lws_context *context);
void context_end(struct lws_context *context, struct uv_loop_s *loop);

/* libwebsockets takes buffers that it does not change without const. */
unsigned char *context_bytes(const void *bytes);

#endif
