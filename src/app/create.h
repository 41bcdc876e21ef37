/* create — how what a board says of itself is read from parameters. Private to app/. */
#ifndef APP_CREATE_H
#define APP_CREATE_H

#include "app/publish.h"
#include "wire/rpc.h"

/* A list of short names in place of those in out. */
void create_read_names(struct params *params, const char *name,
                       char (*out)[LIMIT_THEME_MAX_BYTES + 1], size_t max, uint32_t *count);

/* Rounds written out or of a template; json is the list, a new reference that the board borrows
   its words from; NULL: neither is named. What is wrong is named in field. */
void create_read_rounds(struct params *params, struct new_board *out, json_t **json,
                        struct field *field);

/* A short text; required: not an empty one. */
void create_read_title(struct params *params, const char *name, enum need need,
                       struct view *out);

#endif
