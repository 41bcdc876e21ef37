#include "export/tar.h"

#include <assert.h>
#include <stdio.h>
#include <string.h>

/* The fields of a header, by their widths. */
struct ustar {
    char name[100];
    char mode[8];
    char uid[8];
    char gid[8];
    char size[12];
    char mtime[12];
    char sum[8];
    char kind;
    char link[100];
    char magic[6];
    char version[2];
    char rest[247];
};

static_assert(sizeof(struct ustar) == TAR_BLOCK, "a header is one block");

static void add_zeros(struct buf *to, size_t count)
{
    static const char zeros[TAR_BLOCK];

    buf_add(to, zeros, count);
}

/* Octal digits, and the end that fields leave room for: 11 of them hold 8 GiB, 6 a sum. */
static void write_octal(char *field, size_t digits, uint64_t value)
{
    for (size_t i = digits; i-- > 0; value >>= 3) {
        field[i] = (char)('0' + (value & 7));
    }
    field[digits] = '\0';
}

void tar_write_head(struct buf *to, const char *name, uint64_t size, uint64_t at_ms)
{
    struct ustar head = {.mode = "0000644",
                         .uid = "0000000",
                         .gid = "0000000",
                         .sum = "       ",
                         .kind = '0',
                         .magic = "ustar",
                         .version = {'0', '0'}};
    unsigned char bytes[TAR_BLOCK];
    unsigned sum = 0;

    head.sum[7] = ' ';
    snprintf(head.name, sizeof head.name, "%s", name);
    write_octal(head.size, 11, size);
    write_octal(head.mtime, 11, at_ms / 1000);
    memcpy(bytes, &head, sizeof bytes);
    for (size_t i = 0; i < sizeof bytes; i++) {
        sum += bytes[i];
    }
    write_octal(head.sum, 6, sum);
    buf_add(to, &head, sizeof head);
}

void tar_write_fill(struct buf *to, uint64_t size)
{
    add_zeros(to, (size_t)((TAR_BLOCK - size % TAR_BLOCK) % TAR_BLOCK));
}

void tar_write_end(struct buf *to)
{
    add_zeros(to, TAR_BLOCK);
    add_zeros(to, TAR_BLOCK);
}
