#include "wire/texts.h"

#include "base/mem.h"
#include "wire/json.h"

#include <string.h>

static struct digest commit(const unsigned char *salt, struct view text)
{
    return hash_blake2b((struct view){(const char *)salt, 16}, text, (struct view){NULL, 0});
}

struct text_use text_use_make(struct view text, const struct text_seed *seed, struct buf *json)
{
    buf_add_text(json, "{\"salt\":\"");
    buf_add_hex(json, seed->salt, sizeof seed->salt);
    buf_add_text(json, "\",\"text\":");
    json_write_string(json, text);
    buf_add_char(json, '}');
    return (struct text_use){.ref = seed->ref,
                             .hash = commit(seed->salt, text),
                             .length = (uint32_t)text_graphemes(text)};
}

void text_use_write(struct buf *to, const struct text_use *text)
{
    buf_add_text(to, "[\"");
    buf_add_hex(to, text->ref.bytes, sizeof text->ref.bytes);
    buf_add_text(to, "\",\"");
    buf_add_hex(to, text->hash.bytes, sizeof text->hash.bytes);
    buf_printf(to, "\",%u]", text->length);
}

void text_use_read(struct scan *scan, struct text_use *out)
{
    scan_open(scan);
    bool ok = view_to_bytes(scan_hex(scan), out->ref.bytes, sizeof out->ref.bytes);

    ok = view_to_bytes(scan_hex(scan), out->hash.bytes, sizeof out->hash.bytes) && ok;
    uint64_t length = scan_uint(scan);

    scan_close(scan);
    scan->failed = scan->failed || !ok || length > UINT32_MAX || ref_is_none(out->ref);
    out->length = (uint32_t)length;
}

void text_use_write_or_null(struct buf *to, const struct text_use *text)
{
    if (ref_is_none(text->ref)) {
        buf_add_text(to, "null");
    } else {
        text_use_write(to, text);
    }
}

bool text_use_parse(const json_t *json, struct text_use *out)
{
    struct scan scan;
    AUTO_BUF bytes = {0};

    *out = (struct text_use){0};
    if (json_is_null(json)) {
        return true;
    }
    json_write_value(&bytes, json);
    scan_init(&scan, buf_view(&bytes));
    text_use_read(&scan, out);
    return scan_done(&scan);
}

enum err text_open(struct view json, const struct text_use *use, char **out)
{
    json_auto_t *root = json_loadb(json.ptr, json.len, JSON_REJECT_DUPLICATES, NULL);
    const json_t *salt = json_object_get(root, "salt");
    const json_t *text = json_object_get(root, "text");
    unsigned char bytes[16];

    if (!json_is_string(text) || !json_is_string(salt) ||
        !view_to_bytes((struct view){json_string_value(salt), json_string_length(salt)}, bytes,
                       sizeof bytes)) {
        return ERR_PARSE;
    }
    struct view view = {json_string_value(text), json_string_length(text)};
    struct digest digest = commit(bytes, view);

    if (memcmp(&digest, &use->hash, sizeof digest) != 0) {
        return ERR_CONFLICT;
    }
    *out = mem_copy_text(view.ptr, view.len);
    return OK;
}

void texts_init(struct texts *texts)
{
    map_init(&texts->by_ref);
}

void texts_finish(struct texts *texts)
{
    map_finish_owned(&texts->by_ref);
}

void texts_put(struct texts *texts, struct ref ref, char *text)
{
    texts_remove(texts, ref);
    map_put_ptr(&texts->by_ref, ref_hash(ref), text);
}

void texts_remove(struct texts *texts, struct ref ref)
{
    mem_free(map_find_ptr(&texts->by_ref, ref_hash(ref)));
    map_remove(&texts->by_ref, ref_hash(ref));
}

struct view texts_find(const struct texts *texts, struct ref ref)
{
    const char *text = ref_is_none(ref) ? NULL : map_find_ptr(&texts->by_ref, ref_hash(ref));

    return view_of(text);
}
