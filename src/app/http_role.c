/* http_role — who asks by HTTP: the role on a board of the session in the request's cookie. */
#include "app/exchange.h"

#include <string.h>

/* A question about a session and then about its person, while the store is asked. */
struct staff {
    struct exchange *exchange;
    exchange_then *then;
    struct session session; /* a copy of it, or what was read of one */
};

static void answer(struct staff *staff, enum err err, uint64_t key)
{
    struct exchange *exchange = staff->exchange;
    struct app_board *board = exchange->board;
    exchange_then *then = staff->then;
    const struct person *person =
        board_has_erased(board, key)
            ? NULL
            : board_person(board->fold, board_person_number(board->fold, key));

    exchange->role = staff->session.role;
    if (person && person->role > exchange->role) {
        exchange->role = person->role;
    }
    mem_free(staff);
    if (err) {
        http_refuse(exchange, 503, err);
    } else {
        then(exchange);
    }
}

static void on_person(void *user, enum err err, uint64_t key)
{
    answer(user, err, err ? 0 : key);
}

static void ask_person(struct staff *staff)
{
    struct app_board *board = staff->exchange->board;
    struct digest account = session_account(&staff->session);

    store_person(board->app->store, board->key, &account, 0, on_person, staff);
}

static void on_session(void *user, enum err err, struct view value)
{
    struct staff *staff = user;

    if (err && err != ERR_GONE) {
        answer(staff, err, 0);
    } else if (err || !session_read(&staff->session, value)) {
        answer(staff, OK, 0);
    } else {
        ask_person(staff);
    }
}

void staff_ask(struct exchange *exchange, exchange_then *then)
{
    struct view token = buf_view(&exchange->token);
    AUTO_BUF name = {0};

    exchange->role = ROLE_VISITOR;
    if (!token_is(token)) {
        then(exchange);
        return;
    }
    struct token_hash hash = token_hash(token);
    const struct session *known = session_find(exchange->app, &hash);
    struct staff *staff = mem_alloc(sizeof *staff);

    *staff = (struct staff){.exchange = exchange, .then = then};
    if (known) {
        memcpy(staff->session.account, known->account, sizeof known->account);
        staff->session.role = known->role;
        ask_person(staff);
        return;
    }
    session_key_name(&name, "session", &hash);
    store_get(exchange->app->store, buf_view(&name), on_session, staff);
}
