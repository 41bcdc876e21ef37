/*
 * transfer — session.transfer: the same person goes on, on another device.
 *
 * The device that is shown the link opens a session of its own with it, for the same account:
 * on every board it is the same person, with one ballot. Neither session ends the other.
 */
#include "app/state.h"

#include "base/time.h"
#include "export/qr.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

#include <string.h>

#define INVITATION_TTL_MS (UINT64_C(300) * 1000)

static const struct rate transfer_rate = {LIMIT_TRANSFER_BURST,
                                          LIMIT_TRANSFER_EACH_MS * 1000.0};
static const struct rate people_rate = {LIMIT_PEOPLE_BURST, LIMIT_PEOPLE_EACH_MS * 1000.0};

/* A link that is not in the store yet. */
struct transfer {
    struct app *app;
    uint64_t client_id;
    struct buf id;
    struct token token;
    bool english;
};

/* A session of which only this process knew is written for ever after: who makes many of them
   is held up as who brings many people. */
static uint64_t wait_ms(struct client *client)
{
    struct app *app = client->app;
    struct session *session = client->session;
    uint64_t now_us = time_monotonic_us();
    uint64_t wait = bucket_take(&session->transfers,
                                rate_scaled(transfer_rate, app->config.limits_factor), now_us);

    if (!wait && !session->durable && client->address[0]) {
        wait = bucket_take(bucket_get(&app->movers, client->address_hash),
                           rate_scaled(people_rate, app->config.limits_factor), now_us);
    }
    return wait;
}

static void write_result(struct buf *to, const struct transfer *transfer, const char *base)
{
    AUTO_BUF link = {0};
    AUTO_BUF svg = {0};
    const char *title = transfer->english ? "Link to go on on another device"
                                          : "Lien pour continuer sur un autre appareil";

    buf_printf(&link, "%s/#invite=%s", base, transfer->token.text);
    enum err err = qr_write_svg(buf_view(&link), view_of(title), &svg);

    buf_printf(to, "{\"invite\":\"%s\",\"qr\":", transfer->token.text);
    json_write_text_or_null(to, err ? (struct view){NULL, 0} : buf_view(&svg));
    buf_add_char(to, '}');
}

static void on_put(void *user, enum err err)
{
    struct transfer *transfer = user;
    struct client *client = client_find(transfer->app, transfer->client_id);
    AUTO_BUF result = {0};

    if (client && err) {
        client_refuse(client, buf_view(&transfer->id), err, NULL);
    } else if (client) {
        write_result(&result, transfer, client->base);
        client_reply(client, buf_view(&transfer->id), buf_view(&result));
    }
    transfer->app->owed--;
    buf_finish(&transfer->id);
    mem_free(transfer);
}

/* What session.open makes a session of. */
static void write_invitation(struct buf *to, const struct session *session)
{
    buf_add_text(to, "{\"account\":\"");
    buf_add_hex(to, session->account, ACCOUNT_BYTES);
    buf_add_text(to, "\",\"role\":");
    json_write_text_or_null(
        to, view_of(session->role > ROLE_VISITOR ? name_of_role(session->role) : NULL));
    buf_add_text(to, ",\"lang\":");
    json_write_string(to, view_of(session->lang));
    member_text(to, "ticket", view_of(session->ticket.id[0] ? session->ticket.id : NULL));
    buf_add_char(to, '}');
}

static void begin(struct client *client, const struct rpc_request *request)
{
    struct transfer *transfer = mem_alloc(sizeof *transfer);
    AUTO_BUF name = {0};
    AUTO_BUF value = {0};

    *transfer = (struct transfer){.app = client->app,
                                  .client_id = client->id,
                                  .token = token_create(),
                                  .english = strncmp(client->session->lang, "en", 2) == 0};
    buf_add_view(&transfer->id, buf_view(&request->id));
    transfer->app->owed++;
    struct token_hash hash = token_hash(view_of(transfer->token.text));

    session_keep(client->app, client->session);
    session_key_name(&name, "invite", &hash);
    write_invitation(&value, client->session);
    store_put(client->app->store, buf_view(&name), buf_view(&value), INVITATION_TTL_MS, on_put,
              transfer);
}

void method_session_transfer(struct client *client, struct rpc_request *request,
                             struct app_board *board)
{
    struct params params;

    (void)board;
    params_init(&params, request->params);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
        return;
    }
    if (client->app->draining || !client->app->available) {
        client_refuse(client, buf_view(&request->id), ERR_UNAVAILABLE, NULL);
        return;
    }
    uint64_t wait = wait_ms(client);

    if (wait) {
        client_hold(client, buf_view(&request->id), wait);
    } else {
        begin(client, request);
    }
}
