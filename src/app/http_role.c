/* http_role — who asks by HTTP: the role on a board of the session in the request's cookie. */
#include "app/exchange.h"

/* A question about a session and then about its person, while the store is asked. */
struct staff {
    struct exchange *exchange;
    exchange_then *then;
    enum role role; /* of the session, on every board */
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

    exchange->role = staff->role;
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

static void on_session(void *user, enum err err, struct session *session)
{
    struct staff *staff = user;
    struct app_board *board = staff->exchange->board;

    if (err) {
        answer(staff, err == ERR_SIGNED_OUT ? OK : err, 0);
        return;
    }
    struct digest account = session_account(session);

    staff->role = session->role;
    store_person(board->app->store, board->key, &account, 0, on_person, staff);
}

void staff_ask(struct exchange *exchange, exchange_then *then)
{
    struct view token = buf_view(&exchange->token);

    exchange->role = ROLE_VISITOR;
    if (!token_is(token)) {
        then(exchange);
        return;
    }
    struct staff *staff = mem_alloc(sizeof *staff);

    *staff = (struct staff){.exchange = exchange, .then = then, .role = ROLE_VISITOR};
    session_load(exchange->app, token, on_session, staff);
}
