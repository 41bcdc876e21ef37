/* query — the parameters of an address. Pure. Private to app/. */
#ifndef APP_QUERY_H
#define APP_QUERY_H

#include "base/buf.h"

#include <stdbool.h>

/* The value of a parameter as it was sent, or an empty view. */
struct view query_value(struct view query, const char *name);
/* The same decoded; whatever bytes it holds. */
void query_text(struct view query, const char *name, struct buf *out);
/* Its decimal digits, whatever spaces, dots or hyphens people put between them; false: it has
   something else, or more than max. */
bool query_digits(struct view query, const char *name, size_t max, struct buf *out);

#endif
