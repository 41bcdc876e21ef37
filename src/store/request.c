#include "store/request.h"

#include "wire/entry.h"

#include <assert.h>
#include <string.h>

void request_finish(struct request *request)
{
    buf_finish(&request->bytes);
}

void request_clear(struct request *request)
{
    buf_clear(&request->bytes);
    request->replies = 0;
    request->missing = 0;
    request->timeout_ms = REQUEST_TIMEOUT_MS;
    request->is_large = false;
}

static void add_header(struct request *request, char kind, size_t number)
{
    buf_add_char(&request->bytes, kind);
    buf_add_uint(&request->bytes, number);
    buf_add(&request->bytes, "\r\n", 2);
}

void request_command(struct request *request, const char *name, size_t arguments)
{
    assert(request->missing == 0);
    add_header(request, '*', arguments);
    request->missing = arguments;
    request->replies++;
    request_text(request, name);
}

void request_arguments(struct request *request, size_t arguments)
{
    request_clear(request);
    request->missing = arguments;
}

void request_add(struct request *request, const struct request *arguments, size_t count)
{
    assert(request->missing >= count && arguments->missing == 0);
    request->missing -= count;
    buf_add_view(&request->bytes, buf_view(&arguments->bytes));
}

void request_view(struct request *request, struct view view)
{
    assert(request->missing > 0);
    request->missing--;
    add_header(request, '$', view.len);
    buf_add_view(&request->bytes, view);
    buf_add(&request->bytes, "\r\n", 2);
}

void request_text(struct request *request, const char *text)
{
    request_view(request, view_of(text));
}

static void add_buf(struct request *request, struct buf *buf)
{
    request_view(request, buf_view(buf));
    buf_finish(buf);
}

void request_bytes(struct request *request, const void *bytes, size_t len)
{
    struct buf hex = {0};

    buf_add_hex(&hex, bytes, len);
    add_buf(request, &hex);
}

void request_uint(struct request *request, uint64_t value)
{
    struct buf digits = {0};

    buf_add_uint(&digits, value);
    add_buf(request, &digits);
}

void request_hex64(struct request *request, uint64_t value)
{
    struct buf digits = {0};

    buf_add_hex64(&digits, value);
    add_buf(request, &digits);
}

void request_id(struct request *request, struct entry_id id)
{
    struct buf text = {0};

    entry_id_write(&text, id);
    add_buf(request, &text);
}

void request_key(struct request *request, struct board_key board, const char *part)
{
    request_text(request, key_of(board, part).text);
}

void request_round_key(struct request *request, struct board_key board, const char *part,
                       uint32_t round)
{
    request_text(request, key_of_round(board, part, round).text);
}

void request_name_key(struct request *request, struct view name)
{
    struct buf key = {0};

    key_write_name(&key, name);
    add_buf(request, &key);
}
