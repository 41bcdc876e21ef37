/*
 * texts — the free texts of a board, beside its log. Pure.
 *
 * In the store: reference → JSON {"salt":"<32 hexadecimal digits>","text":"…"}. The log
 * holds the reference and BLAKE2b-256(salt, text), so that erasing a text leaves a chain
 * that still verifies and from which nothing can be guessed.
 */
#ifndef WIRE_TEXTS_H
#define WIRE_TEXTS_H

#include "base/buf.h"
#include "base/map.h"
#include "core/definition.h"
#include "pinson/error.h"
#include "wire/scan.h"

#include <jansson.h>

/* Random bytes for one text, given by the caller: a reference and a salt. */
struct text_seed {
    struct ref ref;
    unsigned char salt[16];
};

/* What the log says of the text and, appended to json, what is stored. */
struct text_use text_use_make(struct view text, const struct text_seed *seed, struct buf *json);

/* ["<ref>","<hash>",length], or null where there is none. */
void text_use_write(struct buf *to, const struct text_use *text);
void text_use_write_or_null(struct buf *to, const struct text_use *text);
void text_use_read(struct scan *scan, struct text_use *out);
bool text_use_parse(const json_t *json, struct text_use *out);

/* The text of a stored JSON, owned by the caller. ERR_PARSE when it is none, ERR_CONFLICT
   when it isn't what use commits to. */
MUST_USE enum err text_open(struct view json, const struct text_use *use, char **out);

/* Reference → text, in memory. init/finish on the caller's memory. */
struct texts {
    struct map by_ref; /* ref_hash → char *, owned */
};

void texts_init(struct texts *texts);
void texts_finish(struct texts *texts);
void texts_put(struct texts *texts, struct ref ref, char *text); /* takes text */
void texts_remove(struct texts *texts, struct ref ref);
/* Borrowed; ptr NULL when there is none or it was erased. */
struct view texts_find(const struct texts *texts, struct ref ref);

#endif
