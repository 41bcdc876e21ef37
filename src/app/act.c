/*
 * act — a command on its way: session, person, check, log, fold, answer.
 *
 * Nothing is told to anyone before its entry is stored and folded. When the connection to
 * the store breaks in between, the outcome is unknown: the act waits for its op to show in
 * the fold, and after a while its client is told to send the same op again.
 */
#include "app/state.h"

#include "auth/random.h"
#include "base/time.h"
#include "wire/entry.h"

#include <string.h>

/* A key that is never drawn: who asks is not known to the board. */
#define NOBODYS_KEY     UINT64_MAX
#define ACT_PATIENCE_US UINT64_C(4000000)

static const struct rate posts_rate = {LIMIT_POST_BURST, LIMIT_POST_EACH_MS * 1000.0};
static const struct rate people_rate = {LIMIT_PEOPLE_BURST, LIMIT_PEOPLE_EACH_MS * 1000.0};

struct act *act_create(struct client *client, const struct rpc_request *request,
                       struct app_board *board, enum command_kind kind, act_answer *answer)
{
    struct act *act = mem_alloc(sizeof *act);

    *act = (struct act){
        .app = client->app,
        .client = client,
        .session = client->session,
        .board = board,
        .command = {.kind = kind, .epoch = board->fold->epoch},
        .least = client->least,
        .answer = answer,
        .deadline_us = time_monotonic_us() + ACT_PATIENCE_US,
    };
    buf_add_view(&act->id, buf_view(&request->id));
    list_init(&act->link);
    list_init(&act->arriving);
    list_add(&client->acts, &act->of_client);
    act->session->holders++;
    client->app->owed++;
    return act;
}

static void act_destroy(struct act *act)
{
    list_remove(&act->link);
    list_remove(&act->of_client);
    list_remove(&act->arriving);
    act->app->owed--;
    session_release(act->app, act->session);
    command_finish(&act->command);
    buf_finish(&act->id);
    for (size_t i = 0; i < act->texts_count; i++) {
        buf_finish(&act->texts[i]);
    }
    mem_free(act->texts);
    mem_free(act->stored);
    mem_free(act);
}

void act_reply(struct act *act, struct view result)
{
    if (act->client) {
        client_reply(act->client, buf_view(&act->id), result);
    }
    act_destroy(act);
}

void act_refuse(struct act *act, enum err err, uint64_t retry_ms)
{
    if (act->client) {
        AUTO_BUF text = {0};

        rpc_write_error(&text, buf_view(&act->id), err, err == ERR_PARAMS ? act->field : NULL,
                        retry_ms);
        peer_send_text(act->client->peer, buf_view(&text));
        act->client->in_flight--;
    }
    act_destroy(act);
}

void act_add_text(struct act *act, struct view text, struct text_use *use)
{
    struct text_seed seed;
    size_t at = act->texts_count;

    act->texts = mem_reserve(act->texts, at, &act->texts_room, sizeof *act->texts);
    act->stored = mem_reserve(act->stored, at, &act->stored_room, sizeof *act->stored);
    act->texts_count++;
    act->texts[at] = (struct buf){0};
    random_bytes(&seed, sizeof seed);
    *use = text_use_make(text, &seed, &act->texts[at]);
    act->stored[at] = (struct stored_text){.ref = use->ref, .json = buf_view(&act->texts[at])};
}

static const struct answer *known_answer(const struct act *act)
{
    const struct board *fold = act->board->fold;
    const struct person *person =
        board_person(fold, board_person_number(fold, act->command.person));

    return person ? person_answer(person, act->command.op) : NULL;
}

static void answer_known(struct act *act, const struct answer *known)
{
    AUTO_BUF result = {0};

    if (known->err || (act->once && !act->appended)) {
        act_refuse(act, known->err ? (enum err)known->err : ERR_CONFLICT, 0);
        return;
    }
    act->answer(act, known->version, &result);
    act_reply(act, buf_view(&result));
}

/* Everything of this session that waits for its person on the board is refused. */
static void arrival_failed(struct app_board *board, struct session *session, enum err err,
                           uint64_t retry_ms)
{
    struct list *next = NULL;

    session->holders++;
    for (struct list *at = session->arriving.next; at != &session->arriving; at = next) {
        struct act *act = LIST_ITEM(at, struct act, arriving);

        next = at->next;
        if (act->board == board) {
            act_refuse(act, err, retry_ms);
        }
    }
    session_release(board->app, session);
}

static void give_up(struct act *act, enum err err)
{
    if (act->introduces) {
        arrival_failed(act->board, act->session, err, 0);
    } else {
        act_refuse(act, err, 0);
    }
}

static void on_appended(void *user, enum err err, struct entry_id id)
{
    struct act *act = user;

    if (err == ERR_FULL) {
        give_up(act, ERR_FULL);
        return;
    }
    act->unknown = err != OK;
    act->appended = err == OK;
    act->entry = id;
    board_settle(act->board);
}

static void append(struct act *act, const struct command *command, size_t texts_count)
{
    AUTO_BUF bytes = {0};

    act->appended = false;
    entry_write(&bytes, command);
    if (list_is_empty(&act->link)) { /* what waited there keeps its place */
        list_add(&act->board->acts, &act->link);
    }
    store_append(act->app->store, act->board->key, buf_view(&bytes), act->stored, texts_count,
                 on_appended, act);
}

/* What the other comes to is asked about: it is of the same person, or takes a case, too. */
static bool depends_on(const struct act *act, const struct act *other)
{
    return other->command.person == act->command.person ||
           (act->command.kind == CMD_TAKE && other->command.kind == CMD_TAKE);
}

/* Something that it depends on was sent to the log before, and is not folded yet. */
static bool has_earlier(const struct act *act)
{
    struct list *acts = &act->board->acts;

    for (struct list *at = acts->next; at != acts && at != &act->link; at = at->next) {
        if (depends_on(act, LIST_ITEM(at, struct act, link))) {
            return true;
        }
    }
    return false;
}

/* The role that was asked for when it was called is its caller's still. */
static bool may_still(const struct act *act)
{
    return act->least <= ROLE_PARTICIPANT ||
           board_viewer(act->board, act->session).role >= act->least;
}

/* Decides, and sends it to the log. */
static void act_go(struct act *act)
{
    const struct answer *known = known_answer(act);
    AUTO_BUF result = {0};

    if (!may_still(act)) {
        act_refuse(act, ERR_FORBIDDEN, 0);
        return;
    }
    if (known) {
        answer_known(act, known);
        return;
    }
    enum err err = act->prepare ? act->prepare(act, &result) : OK;

    if (!err && result.len) {
        act_reply(act, buf_view(&result));
        return;
    }
    if (!err) {
        err = board_suspends(act->board->fold, &act->command, time_now_ms())
                  ? ERR_FORBIDDEN
                  : board_check(act->board->fold, &act->command);
    }
    uint64_t wait_ms = 0;

    if (!err && act->is_post) {
        wait_ms = bucket_take(&act->session->posts,
                              rate_scaled(posts_rate, act->app->config.limits_factor),
                              time_monotonic_us());
        err = wait_ms ? ERR_TOO_FAST : OK;
    }
    if (err) {
        act_refuse(act, err, wait_ms);
        return;
    }
    act->introduces = false;
    append(act, &act->command, act->texts_count);
}

/* The person is known to the fold. What depends on all that they did before waits for it. */
static void act_decide(struct act *act)
{
    act->deferred = act->prepare && has_earlier(act);
    if (act->deferred) {
        list_add(&act->board->acts, &act->link);
    } else {
        act_go(act);
    }
}

/* What a newcomer asks for in vain leaves no trace of them. true: it was answered. */
static bool is_in_vain(struct act *act)
{
    AUTO_BUF result = {0};
    struct command trial = act->command;

    trial.person = NOBODYS_KEY;
    enum err err =
        act->prepare ? act->prepare(act, &result) : board_check(act->board->fold, &trial);

    if (err) {
        act_refuse(act, err, 0);
    } else if (result.len) {
        act_reply(act, buf_view(&result));
    }
    return err || result.len;
}

/* Who leads the installation leads each of its boards: as a lead of that board from their
   first act of the kind on, so that its log says so. */
static bool needs_lead(const struct act *act)
{
    const struct board *fold = act->board->fold;
    const struct person *person =
        board_person(fold, board_person_number(fold, act->command.person));

    return act->staff && act->session->role >= ROLE_LEAD &&
           (!person || person->role < ROLE_LEAD);
}

static bool is_at_home(const struct act *act)
{
    return board_person_number(act->board->fold, act->command.person) && !needs_lead(act);
}

static enum assurance assurance_of(const struct act *act)
{
    return session_has_ticket(act->session, act->board) ? ASSURANCE_TICKET : ASSURANCE_GUEST;
}

/* The person's first entry on this board. */
static void act_introduce(struct act *act)
{
    struct command hello = {.kind = CMD_PERSON,
                            .person = act->command.person,
                            .epoch = act->board->fold->epoch,
                            .assurance = assurance_of(act)};
    uint64_t wait_ms = 0;

    if (needs_lead(act)) {
        hello.kind = CMD_ROLE;
        hello.person = 0;
        hello.target = act->command.person;
        hello.role = ROLE_LEAD;
    } else if (act->client && act->client->address[0]) {
        wait_ms = bucket_take(bucket_get(&act->board->new_people, act->client->address_hash),
                              rate_scaled(people_rate, act->app->config.limits_factor),
                              time_monotonic_us());
    }
    if (wait_ms) {
        arrival_failed(act->board, act->session, ERR_TOO_FAST, wait_ms);
        return;
    }
    act->introduces = true;
    append(act, &hello, 0);
}

/* From now on every connection of this session is this person here, and so is every one that
   carries it on on another device. */
static void know_person(struct app_board *board, struct session *session, uint64_t key)
{
    uint32_t number = board_person_number(board->fold, key);

    map_put(&session->person_keys, (uint64_t)(uintptr_t)board, key);
    for (struct list *at = board->app->clients.next; at != &board->app->clients;
         at = at->next) {
        struct client *client = LIST_ITEM(at, struct client, link);
        bool same = client->session && session_is_same_account(client->session, session);
        struct joined *joined = same ? client_joined(client, board) : NULL;

        if (same) {
            map_put(&client->session->person_keys, (uint64_t)(uintptr_t)board, key);
        }
        if (joined) {
            room_set_person(&board->room, joined->watcher, number);
        }
    }
}

/* The fold knows the person: what waited for that goes on, in order. */
static void arrived(struct app_board *board, struct session *session, uint64_t key)
{
    struct list *next = NULL;

    know_person(board, session, key);
    broadcast_person(board, board_person_number(board->fold, key));
    session->holders++;
    for (struct list *at = session->arriving.next; at != &session->arriving; at = next) {
        struct act *act = LIST_ITEM(at, struct act, arriving);

        next = at->next;
        if (act->board == board) {
            list_remove(&act->arriving);
            act->command.person = key;
            act_decide(act);
        }
    }
    session_release(board->app, session);
}

static void on_person_key(void *user, enum err err, uint64_t key);

static void ask_person(struct act *act)
{
    struct digest account = session_account(act->session);
    uint64_t candidate = session_may_enter(act->session, act->board) ? random_u64() : 0;

    store_person(act->app->store, act->board->key, &account, candidate, on_person_key, act);
}

/* Whoever was erased and comes again is somebody new; a ticket has been used up, since what its
   holder had said still counts. A node that died had no time to say so to the store. */
static void begin_anew(struct act *act, uint64_t key)
{
    struct digest account = session_account(act->session);

    if (session_has_ticket(act->session, act->board)) {
        arrival_failed(act->board, act->session, ERR_GONE, 0);
        return;
    }
    if (act->anew) {
        arrival_failed(act->board, act->session, ERR_UNAVAILABLE, 0);
        return;
    }
    act->anew = true;
    store_forget_person(act->app->store, act->board->key, &account, key, NULL, NULL);
    ask_person(act);
}

static void on_person_key(void *user, enum err err, uint64_t key)
{
    struct act *act = user;

    if (err || !key) { /* 0: nobody yet, who may not begin to be somebody */
        arrival_failed(act->board, act->session, err ? err : ERR_FORBIDDEN, 0);
        return;
    }
    if (board_has_erased(act->board, key)) {
        begin_anew(act, key);
        return;
    }
    act->command.person = key;
    if (is_at_home(act)) {
        arrived(act->board, act->session, key);
    } else if (session_may_enter(act->session, act->board)) {
        act_introduce(act);
    } else {
        arrival_failed(act->board, act->session, ERR_FORBIDDEN, 0);
    }
}

static bool is_first_to_arrive(const struct act *act)
{
    for (struct list *at = act->session->arriving.next; at != &act->session->arriving;
         at = at->next) {
        if (LIST_ITEM(at, struct act, arriving)->board == act->board) {
            return false;
        }
    }
    return true;
}

void act_run(struct act *act)
{
    bool first = is_first_to_arrive(act);

    act->command.person = session_person_key(act->session, act->board);
    if (!act->app->available || act->app->draining || act->board->poisoned) {
        act_refuse(act, ERR_UNAVAILABLE, 0);
        return;
    }
    if (!act->session->durable && !session_may_enter(act->session, act->board)) {
        act_refuse(act, ERR_FORBIDDEN, 0);
        return;
    }
    if (!act->session->durable && is_in_vain(act)) {
        return;
    }
    session_keep(act->app, act->session);
    if (first && is_at_home(act)) {
        act_decide(act);
        return;
    }
    /* A later gesture must not overtake an earlier one that still waits for its person. */
    list_add(&act->session->arriving, &act->arriving);
    if (first) {
        ask_person(act);
    }
}

void act_resume(struct act *act)
{
    if (act->deferred && !has_earlier(act)) {
        act->deferred = false;
        act_go(act);
    }
}

void act_on_applied(struct act *act)
{
    list_remove(&act->link);
    if (act->introduces) {
        arrived(act->board, act->session, act->command.person);
        return;
    }
    const struct answer *known = known_answer(act);

    marks_note(act->app->marks, act->board);
    if (known) {
        answer_known(act, known);
    } else {
        act_refuse(act, ERR_UNAVAILABLE, 0); /* the log was found to be another one */
    }
}

static void expire(struct app_board *board, uint64_t now_us)
{
    struct list *next = NULL;

    for (struct list *at = board->acts.next; at != &board->acts; at = next) {
        struct act *act = LIST_ITEM(at, struct act, link);

        next = at->next;
        /* Before the store has answered, its callback still holds the act. */
        if ((act->unknown || act->appended || act->deferred) && act->deadline_us < now_us) {
            give_up(act, ERR_UNAVAILABLE);
            next = board->acts.next; /* others may have gone with it */
        }
    }
}

void acts_expire(struct app *app)
{
    uint64_t now_us = time_monotonic_us();

    for (size_t i = 0; i < app->boards_count; i++) {
        expire(app->boards[i], now_us);
    }
}

void acts_forget_client(struct client *client)
{
    while (!list_is_empty(&client->acts)) {
        struct act *act = LIST_ITEM(client->acts.next, struct act, of_client);

        act->client = NULL;
        list_remove(&act->of_client);
    }
}
