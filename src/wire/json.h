/* json — pieces of JSON text written straight into a buf, where a tree would be waste. Pure. */
#ifndef WIRE_JSON_H
#define WIRE_JSON_H

#include "base/buf.h"

#include <jansson.h>
#include <stdbool.h>

void json_write_string(struct buf *to, struct view text);       /* text is UTF-8 */
void json_write_text_or_null(struct buf *to, struct view text); /* ptr NULL: null */
void json_write_value(struct buf *to, const json_t *value);     /* compact, keys sorted */
struct view json_view(const json_t *string); /* borrowed; NULL and non-strings: empty */

#endif
