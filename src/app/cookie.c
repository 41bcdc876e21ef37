/* cookie — POST /api/session: the token in a cookie that no script can read, nor lose. */
#include "app/exchange.h"

#include "wire/json.h"

#include <string.h>

/* A question about a token, while the store is asked. */
struct cookie_request {
    struct exchange *exchange;
    struct token token;
};

/* https as the visitor sees it: what ends it may be a proxy before this process. */
static bool is_secure(const struct app *app)
{
    static const char https[] = "https://";

    return app->config.public_url &&
           strncmp(app->config.public_url, https, sizeof https - 1) == 0;
}

static void answer(struct exchange *exchange, const char *token, uint64_t seconds)
{
    buf_printf(&exchange->cookie, "%s=%s; HttpOnly; SameSite=Strict; Path=/; Max-Age=%llu%s",
               APP_COOKIE, token, (unsigned long long)seconds,
               is_secure(exchange->app) ? "; Secure" : "");
    http_end(exchange, 204, NULL);
}

static void on_session(void *user, enum err err, struct session *session)
{
    struct cookie_request *asked = user;

    (void)session;
    if (err) {
        http_refuse(asked->exchange, err == ERR_SIGNED_OUT ? 403 : 503, err);
    } else {
        answer(asked->exchange, asked->token.text, SESSION_TTL_MS / 1000);
    }
    mem_free(asked);
}

static void set_cookie(struct exchange *exchange, struct view text)
{
    if (!token_is(text)) {
        http_refuse(exchange, 403, ERR_SIGNED_OUT);
        return;
    }
    struct cookie_request *asked = mem_alloc(sizeof *asked);

    *asked = (struct cookie_request){.exchange = exchange};
    memcpy(asked->token.text, text.ptr, TOKEN_CHARS);
    session_load(exchange->app, text, on_session, asked);
}

void cookie_post(struct exchange *exchange, struct view body)
{
    json_auto_t *json = json_loadb(body.ptr, body.len, JSON_REJECT_DUPLICATES, NULL);
    const json_t *token = json_object_get(json, "token");

    if (json_object_size(json) != 1 || !(json_is_null(token) || json_is_string(token))) {
        http_refuse(exchange, 400, ERR_PARAMS);
    } else if (json_is_null(token)) {
        answer(exchange, "", 0);
    } else {
        set_cookie(exchange, json_view(token));
    }
}
