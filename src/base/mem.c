#include "base/mem.h"

#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static void *check(void *ptr)
{
    if (!ptr) {
        fputs("out of memory\n", stderr);
        abort();
    }
    return ptr;
}

void mem_free(void *ptr)
{
    free(ptr);
}

void *mem_alloc(size_t size)
{
    return check(calloc(1, size ? size : 1));
}

void *mem_array(size_t count, size_t size)
{
    return check(calloc(count ? count : 1, size ? size : 1));
}

void *mem_grow(void *ptr, size_t count, size_t size)
{
    size_t total = 0;

    if (__builtin_mul_overflow(count, size, &total)) {
        total = SIZE_MAX;
    }
    return check(realloc(ptr, total ? total : 1));
}

char *mem_copy_text(const char *text, size_t len)
{
    char *copy = mem_alloc(len + 1);

    if (len) {
        memcpy(copy, text, len);
    }
    return copy;
}

void *mem_reserve(void *ptr, size_t count, size_t *room, size_t size)
{
    if (count < *room) {
        return ptr;
    }
    *room = *room ? *room * 2 : 8;
    return mem_grow(ptr, *room, size);
}
