#include "base/text.h"
#include "store/redis.h"

#include <string.h>

enum {
    REDIS_PORT = 6379,
    REDIS_DATABASES = 1 << 20 /* more than any configuration has */
};

static bool starts_with(struct view view, const char *prefix)
{
    size_t len = strlen(prefix);

    return view.len >= len && memcmp(view.ptr, prefix, len) == 0;
}

static struct view from(struct view view, size_t at)
{
    return (struct view){.ptr = view.ptr + at, .len = view.len - at};
}

/* Splits at c: *left is what is before it, *rest what is after. false: there is none. */
static bool split(struct view *rest, char c, struct view *left)
{
    const char *at = rest->len ? memchr(rest->ptr, c, rest->len) : NULL;

    if (!at) {
        return false;
    }
    *left = (struct view){.ptr = rest->ptr, .len = (size_t)(at - rest->ptr)};
    *rest = from(*rest, left->len + 1);
    return true;
}

/* The character at *at, with percent-encoding undone; NUL when it is wrong. */
static char decode_one(struct view view, size_t *at)
{
    char c = view.ptr[*at];

    if (c == '%') {
        struct view digits = {.ptr = view.ptr + *at + 1, .len = 2};

        if (*at + 2 >= view.len || !view_to_bytes(digits, &c, 1)) {
            return '\0';
        }
        *at += 2;
    }
    return c;
}

/* room counts the NUL. */
static bool decode(struct view view, char *out, size_t room)
{
    size_t len = 0;

    for (size_t i = 0; i < view.len; i++) {
        char c = decode_one(view, &i);

        if (c == '\0' || len + 1 >= room) {
            return false;
        }
        out[len++] = c;
    }
    out[len] = '\0';
    return true;
}

static bool parse_user(struct view *rest, struct redis_address *out)
{
    struct view password;
    struct view user = {0};

    if (!split(rest, '@', &password)) {
        return true;
    }
    return split(&password, ':', &user) && decode(user, out->user, sizeof out->user) &&
           decode(password, out->password, sizeof out->password) && out->password[0];
}

static bool parse_db(struct view *rest, struct redis_address *out)
{
    struct view before;
    uint64_t db = 0;

    if (!split(rest, '/', &before)) {
        return true;
    }
    if (rest->len && !view_to_uint(*rest, REDIS_DATABASES, &db)) {
        return false;
    }
    out->db = (int)db;
    *rest = before;
    return true;
}

/* host, host:port, [v6], [v6]:port */
static bool parse_host(struct view rest, struct redis_address *out)
{
    struct view host = rest;
    uint64_t port = REDIS_PORT;

    if (starts_with(rest, "[")) {
        rest = from(rest, 1);
        if (!split(&rest, ']', &host) || (rest.len && rest.ptr[0] != ':')) {
            return false;
        }
        rest = rest.len ? from(rest, 1) : view_of("6379");
    } else if (!split(&rest, ':', &host)) {
        rest = view_of("6379");
    }
    if (!host.len || !view_to_uint(rest, 65535, &port) || !port) {
        return false;
    }
    out->port = (int)port;
    return decode(host, out->host, sizeof out->host);
}

enum err redis_address_parse(struct view url, struct redis_address *out)
{
    struct redis_address address = {0};
    bool parsed = false;

    if (starts_with(url, "unix:///")) {
        parsed = decode(from(url, strlen("unix://")), address.path, sizeof address.path);
    } else if (starts_with(url, "redis://")) {
        struct view rest = from(url, strlen("redis://"));

        parsed = parse_user(&rest, &address) && parse_db(&rest, &address) &&
                 parse_host(rest, &address);
    }
    if (!parsed) {
        return ERR_PARAMS;
    }
    *out = address;
    return OK;
}
