/*
 * mem — allocation that cannot fail, and scoped release.
 *
 * Running out of memory ends the process: everything durable is in the store,
 * clients reconnect and resynchronise. What a user can make us allocate is bounded
 * in pinson/limits.h, so this is never reachable by input alone.
 */
#ifndef BASE_MEM_H
#define BASE_MEM_H

#include <stddef.h>

void mem_free(void *ptr);                                              /* NULL is allowed */
void *mem_alloc(size_t size) __attribute__((malloc, returns_nonnull)); /* zeroed */
void *mem_array(size_t count, size_t size) __attribute__((malloc, returns_nonnull));
void *mem_grow(void *ptr, size_t count, size_t size) __attribute__((returns_nonnull));
char *mem_copy_text(const char *text, size_t len) __attribute__((malloc, returns_nonnull));

/* Makes room for one more item of an array that doubles; new items are not zeroed. */
void *mem_reserve(void *ptr, size_t count, size_t *room, size_t size)
    __attribute__((returns_nonnull));

/*
 * AUTO(board) struct board *b = board_create();   board_destroy(b) at the end of the scope
 * return board_move(&b);                          hands b over: b becomes NULL
 */
#define AUTO(type) __attribute__((cleanup(type##_cleanup)))
#define AUTO_DEFINE(type, destroy)                                                             \
    static inline void type##_cleanup(struct type **ptr)                                       \
    {                                                                                          \
        destroy(*ptr);                                                                         \
    }                                                                                          \
    static inline struct type *type##_move(struct type **ptr)                                  \
    {                                                                                          \
        struct type *moved = *ptr;                                                             \
        *ptr = NULL;                                                                           \
        return moved;                                                                          \
    }

#endif
