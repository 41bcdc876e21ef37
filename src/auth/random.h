/* random — chance for keys, references and tokens, from the system (libsodium). */
#ifndef AUTH_RANDOM_H
#define AUTH_RANDOM_H

#include "base/hash.h"
#include "core/command.h"

#include <stddef.h>
#include <stdint.h>

void random_init(void); /* once, before anything else of auth/ */
void random_bytes(void *out, size_t len);
uint64_t random_u64(void);             /* never 0 */
uint32_t random_below(uint32_t bound); /* uniform in 0..bound-1 */
struct op random_op(uint64_t now_ms);  /* a ULID */

/* A board's id: 12 characters of [a-z2-7], 60 bits. */
void random_key_id(char out[KEY_ID_BYTES]);

#endif
