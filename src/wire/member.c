#include "wire/member.h"

#include "base/time.h"
#include "wire/json.h"

void member_key(struct buf *to, const char *key)
{
    buf_add_text(to, ",\"");
    buf_add_text(to, key);
    buf_add_text(to, "\":");
}

void member_text(struct buf *to, const char *key, struct view text)
{
    member_key(to, key);
    json_write_text_or_null(to, text);
}

void member_uint(struct buf *to, const char *key, uint64_t value)
{
    member_key(to, key);
    buf_add_uint(to, value);
}

void member_uint_or_null(struct buf *to, const char *key, uint64_t value)
{
    if (value) {
        member_uint(to, key, value);
    } else {
        member_text(to, key, view_of(NULL));
    }
}

void member_bool(struct buf *to, const char *key, bool value)
{
    member_key(to, key);
    buf_add_text(to, value ? "true" : "false");
}

void member_time_or_null(struct buf *to, const char *key, uint64_t ms)
{
    if (!ms) {
        member_text(to, key, view_of(NULL));
        return;
    }
    member_key(to, key);
    buf_add_char(to, '"');
    time_write(to, ms);
    buf_add_char(to, '"');
}

void member_hex(struct buf *to, const char *key, const struct digest *digest)
{
    member_key(to, key);
    buf_add_char(to, '"');
    buf_add_hex(to, digest->bytes, sizeof digest->bytes);
    buf_add_char(to, '"');
}

void member_source(struct buf *to, const struct source *source)
{
    if (!source->system[0]) {
        member_text(to, "source", view_of(NULL));
        return;
    }
    buf_add_text(to, ",\"source\":{\"system\":");
    json_write_string(to, view_of(source->system));
    member_text(to, "id", view_of(source->id));
    buf_add_char(to, '}');
}
