#include "server/guard.h"

#include <string.h>
#include <strings.h>

static struct view part(struct view from, size_t start, size_t end)
{
    return (struct view){from.ptr + start, end - start};
}

static bool is_host_char(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           c == '-' || c == '.' || c == '_';
}

static bool is_port(struct view text)
{
    uint64_t port;

    return view_to_uint(text, 65535, &port);
}

/* "" or ":port" */
static bool is_port_part(struct view text)
{
    return !text.len || (text.ptr[0] == ':' && is_port(part(text, 1, text.len)));
}

static struct view bracketed(struct view authority)
{
    const char *end = memchr(authority.ptr, ']', authority.len);
    struct ip ip;

    if (!end) {
        return (struct view){0};
    }
    size_t close = (size_t)(end - authority.ptr);
    struct view host = part(authority, 1, close);

    if (!ip_parse(host, &ip) || !is_port_part(part(authority, close + 1, authority.len))) {
        return (struct view){0};
    }
    return host;
}

struct view guard_host(struct view authority)
{
    size_t at = 0;

    if (authority.len && authority.ptr[0] == '[') {
        return bracketed(authority);
    }
    while (at < authority.len && is_host_char(authority.ptr[at])) {
        at++;
    }
    if (!is_port_part(part(authority, at, authority.len))) {
        return (struct view){0};
    }
    return part(authority, 0, at);
}

static bool take_prefix(struct view *text, const char *prefix)
{
    size_t len = strlen(prefix);

    if (text->len < len || strncasecmp(text->ptr, prefix, len) != 0) {
        return false;
    }
    *text = part(*text, len, text->len);
    return true;
}

struct view guard_url_host(struct view url)
{
    size_t end = 0;

    if (!take_prefix(&url, "http://") && !take_prefix(&url, "https://")) {
        return (struct view){0};
    }
    while (end < url.len && url.ptr[end] != '/' && url.ptr[end] != '?' && url.ptr[end] != '#') {
        end++;
    }
    return guard_host(part(url, 0, end));
}

bool guard_is_same(struct view a, struct view b)
{
    return a.len == b.len && (!a.len || strncasecmp(a.ptr, b.ptr, a.len) == 0);
}

bool guard_is_same_origin(struct view origin, struct view authority)
{
    if (!take_prefix(&origin, "http://") && !take_prefix(&origin, "https://")) {
        return false;
    }
    return origin.len && guard_is_same(origin, authority);
}

static bool is_dots(struct view segment)
{
    return view_is(segment, ".") || view_is(segment, "..");
}

static bool has_dot_segment(struct view path)
{
    size_t start = 1;

    for (size_t i = 1; i <= path.len; i++) {
        bool is_end = i == path.len || path.ptr[i] == '/';

        if (is_end && is_dots(part(path, start, i))) {
            return true;
        }
        start = is_end ? i + 1 : start;
    }
    return false;
}

bool guard_path_is_sound(struct view path)
{
    if (!path.len || path.ptr[0] != '/' || !text_is_utf8(path)) {
        return false;
    }
    for (size_t i = 0; i < path.len; i++) {
        unsigned char c = (unsigned char)path.ptr[i];

        if (c < ' ' || c == 127 || c == '\\') {
            return false;
        }
    }
    return !has_dot_segment(path);
}

void guard_query_add(struct buf *to, struct view text)
{
    static const char plain[] = "-._~!$'()*,:@/?";
    bool separated = false;

    for (size_t i = 0; i < text.len; i++) {
        char c = text.ptr[i];

        if (c == '=' && !separated) {
            separated = true;
            buf_add_char(to, c);
        } else if ((is_host_char(c) || strchr(plain, c)) && c) {
            buf_add_char(to, c);
        } else {
            buf_printf(to, "%%%02X", (unsigned char)c);
        }
    }
}

/* The next item of a comma-separated list; false at the end. */
static bool next_item(struct view *list, struct view *out)
{
    if (!list->len) {
        return false;
    }
    const char *comma = memchr(list->ptr, ',', list->len);
    size_t end = comma ? (size_t)(comma - list->ptr) : list->len;

    *out = view_trim(part(*list, 0, end));
    *list = part(*list, comma ? end + 1 : end, list->len);
    return true;
}

/* The item before its parameters, which are left in rest. */
static struct view item_word(struct view item, struct view *rest)
{
    const char *semicolon = item.len ? memchr(item.ptr, ';', item.len) : NULL;
    size_t end = semicolon ? (size_t)(semicolon - item.ptr) : item.len;

    *rest = part(item, semicolon ? end + 1 : end, item.len);
    return view_trim(part(item, 0, end));
}

bool guard_list_has(struct view list, const char *word)
{
    struct view item;
    struct view rest;

    while (next_item(&list, &item)) {
        if (guard_is_same(item_word(item, &rest), view_of(word))) {
            return true;
        }
    }
    return false;
}

/* "q=0", "q=0.0"…: explicitly unwanted. */
static bool is_zero_weight(struct view parameters)
{
    struct view weight = view_trim(parameters);

    if (!take_prefix(&weight, "q=0")) {
        return false;
    }
    for (size_t i = 0; i < weight.len; i++) {
        if (weight.ptr[i] != '.' && weight.ptr[i] != '0') {
            return false;
        }
    }
    return true;
}

bool guard_accepts_gzip(struct view accept_encoding)
{
    struct view item;
    struct view parameters;

    while (next_item(&accept_encoding, &item)) {
        if (guard_is_same(item_word(item, &parameters), view_of("gzip"))) {
            return !is_zero_weight(parameters);
        }
    }
    return false;
}

bool guard_etag_matches(struct view if_none_match, struct view etag)
{
    struct view item;

    while (next_item(&if_none_match, &item)) {
        take_prefix(&item, "W/"); /* the weak comparison of RFC 9110, 13.1.2 */
        if (view_is(item, "*") || view_equal(item, etag)) {
            return true;
        }
    }
    return false;
}

/* "name=value", without what stands around it. */
static bool is_cookie(struct view pair, const char *name, struct view *value)
{
    size_t len = strlen(name);

    if (pair.len <= len || pair.ptr[len] != '=' || memcmp(pair.ptr, name, len) != 0) {
        return false;
    }
    *value = part(pair, len + 1, pair.len);
    return true;
}

struct view guard_cookie(struct view cookies, const char *name)
{
    struct view found = {0};
    size_t count = 0;

    while (cookies.len) {
        struct view rest;

        count += is_cookie(item_word(cookies, &rest), name, &found);
        cookies = rest;
    }
    return count == 1 ? found : (struct view){0};
}

/* 16 bytes in base64: 22 digits and two equal signs. */
static bool is_key(struct view key)
{
    if (key.len != 24 || key.ptr[22] != '=' || key.ptr[23] != '=') {
        return false;
    }
    for (size_t i = 0; i < 22; i++) {
        char c = key.ptr[i];

        if (c == '-' || c == '.' || c == '_' || !(is_host_char(c) || c == '+' || c == '/')) {
            return false;
        }
    }
    return true;
}

int guard_upgrade(const struct upgrade *upgrade, const char *protocol)
{
    if (!upgrade->is_get) {
        return 405;
    }
    if (!view_is(upgrade->http, "HTTP/1.1") || upgrade->has_body || !is_key(upgrade->key)) {
        return 400;
    }
    if (!view_is(upgrade->version, "13")) {
        return 426;
    }
    return guard_list_has(upgrade->protocols, protocol) ? 0 : 400;
}

void guard_address(const struct ip *peer, const struct ip *proxy, struct view forwarded,
                   char out[IP_TEXT_SIZE])
{
    struct ip client = *peer;
    struct ip said;
    struct view item;
    bool is_believed = proxy && ip_equal(peer, proxy);

    while (is_believed && next_item(&forwarded, &item)) {
        if (!ip_parse(item, &said)) {
            client = *peer; /* what stands before it may have been made up */
        } else if (!ip_equal(&said, proxy)) {
            client = said;
        }
    }
    ip_write_limited(&client, out);
}
