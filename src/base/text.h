/*
 * text — borrowed views of UTF-8, and the few questions that are asked of them.
 *
 * Pure. A view borrows: it is valid as long as what it points into.
 */
#ifndef BASE_TEXT_H
#define BASE_TEXT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct view {
    const char *ptr;
    size_t len;
};

struct view view_of(const char *text); /* NUL-terminated; NULL gives an empty view */
bool view_is(struct view view, const char *text);
bool view_equal(struct view a, struct view b);
struct view view_trim(struct view view); /* without ASCII white space at both ends */

/* Decimal digits only, no sign; false when there are none or it exceeds max. */
bool view_to_uint(struct view view, uint64_t max, uint64_t *out);
bool view_to_int(struct view view, int64_t *out);
/* Exactly 2 * len lower- or upper-case digits. */
bool view_to_bytes(struct view view, void *out, size_t len);
bool view_to_hex64(struct view view, uint64_t *out);

/* Well-formed UTF-8 without NUL. */
bool text_is_utf8(struct view view);

/* What may stand in a text that people read: UTF-8, no control character but newline
   and tab, no bidirectional override, no long run of combining marks. */
bool text_is_clean(struct view view);
/* The same for a name: one line, no invisible character at all. */
bool text_is_clean_name(struct view view);

/* The next code point, and moves the view on, which is not empty; -1 where it is no UTF-8. */
int32_t text_next(struct view *view);
/* A letter or a digit, of any script: what words are made of. */
bool text_is_letter(int32_t point);

/* Characters as a person counts them: extended grapheme clusters (Unicode UAX 29). */
size_t text_graphemes(struct view view);

/* Normalisation form C; owned by the caller, NULL when it is not UTF-8. */
char *text_normal(struct view view, size_t *out_len);

/* Without case and accents, for searching; owned by the caller, NULL when not UTF-8. */
char *text_folded(struct view view);

/* [a-z0-9] with single hyphens inside, 1 to LIMIT_SLUG_MAX_BYTES. */
bool text_is_slug(struct view view);

#endif
