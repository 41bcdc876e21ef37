/* broadcast — what changed on a board, told to all who watch it: once encoded, once sent. */
#include "app/state.h"

#include "base/time.h"
#include "wire/events.h"
#include "wire/json.h"
#include "wire/moderation.h"
#include "wire/names.h"

enum {
    SCORES_FEW = 500, /* watchers: up to here scores may follow each other faster */
    SCORES_MANY = 5000
};

#define MODERATION_US  UINT64_C(250000)
#define SCORES_FEW_US  UINT64_C(20000)
#define SCORES_US      UINT64_C(50000)
#define SCORES_MANY_US UINT64_C(100000)

/* Everybody who watches sees the same: what a reader may see. */
static struct viewer public_viewer(const struct app_board *board)
{
    return (struct viewer){.board = board->fold,
                           .texts = &board->texts,
                           .role = ROLE_PARTICIPANT,
                           .join_code = board->code};
}

static struct frame *notification(const char *method, struct view params)
{
    AUTO_BUF text = {0};

    rpc_write_notification(&text, method, params);
    return frame_create(buf_view(&text));
}

/* board.me, to every connection of the person. */
static void send_me(struct app_board *board, uint32_t person, struct view members)
{
    AUTO_BUF params = {0};

    buf_printf(&params, "{\"board\":\"%s\",", board->slug);
    buf_add_view(&params, members);
    buf_add_char(&params, '}');
    AUTO(frame) struct frame *frame = notification("board.me", buf_view(&params));

    room_send_person(&board->room, person, frame);
}

static void add_left(struct buf *to, const char *key, uint32_t budget, uint32_t used)
{
    if (budget) {
        buf_printf(to, ",\"%s\":%u", key, budget > used ? budget - used : 0);
    }
}

static void note_ballot(struct app_board *board, const struct person *person)
{
    AUTO_BUF members = {0};
    const struct ballot *ballot = person_ballot(person, board->effects.tally);
    enum choice choice = ballot ? (enum choice)ballot->choice : CHOICE_NONE;

    buf_printf(&members, "\"ballots\":{\"%u\":", board->effects.tally);
    json_write_text_or_null(&members,
                            view_of(choice == CHOICE_NONE ? NULL : name_of_choice(choice)));
    buf_add_char(&members, '}');
    add_left(&members, "votes_left", board_round(board->fold)->votes_per_person, person->votes);
    if (board_round(board->fold)->scores == SCORES_AFTER_VOTE) {
        struct viewer viewer = public_viewer(board);

        viewer.person = person;
        own_scores_write(&members, &viewer);
    }
    send_me(board, person->number, buf_view(&members));
}

static void note_own(struct app_board *board, const struct person *person)
{
    const struct round_definition *round = board_round(board->fold); /* NULL: of a draft */
    AUTO_BUF members = {0};

    buf_add_text(&members, "\"own\":[");
    for (size_t i = 0; i < person->own_count; i++) {
        buf_printf(&members, "%s%u", i ? "," : "", person->own[i]);
    }
    buf_add_char(&members, ']');
    add_left(&members, "posts_left", round ? round->posts_per_person : 0, person->posts);
    send_me(board, person->number, buf_view(&members));
}

static void note_follows(struct app_board *board, const struct person *person)
{
    AUTO_BUF members = {0};

    buf_add_text(&members, "\"follows\":");
    follows_write(&members, person);
    send_me(board, person->number, buf_view(&members));
}

void broadcast_person(struct app_board *board, uint32_t number)
{
    struct viewer viewer = public_viewer(board);
    AUTO_BUF members = {0};

    buf_printf(&members, "\"person\":%u,\"name\":", number);
    person_write_name(&members, &viewer, number);
    send_me(board, number, buf_view(&members));
}

/* What was just done to the idea: the decision on its author's appeal, which may leave it as it
   is, or what is told of it from now on. */
static const struct record *done_now(const struct board *fold, const struct idea *idea)
{
    const struct record *last = board_record(fold, (uint32_t)fold->records_count);
    bool decided = last && last->kind == CMD_RESOLVE && last->idea == idea->number &&
                   last->version == fold->version && idea->appealed;

    return decided ? last : board_record(fold, idea->handled);
}

/* An author is told what became of their idea, and why. */
static void note_author(struct app_board *board, const struct idea *idea)
{
    struct viewer viewer = public_viewer(board);
    const struct record *record = done_now(board->fold, idea);
    AUTO_BUF members = {0};

    if (!record || record->version != board->fold->version || record->kind == CMD_POST ||
        !idea->author || record->by == idea->author) {
        return;
    }
    viewer.person = board_person(board->fold, idea->author);
    buf_printf(&members, "\"notice\":{\"idea\":%u", idea->number);
    idea_write_moderation(&members, &viewer, idea);
    buf_add_char(&members, '}');
    send_me(board, idea->author, buf_view(&members));
}

/* Somebody is told what was done about them. */
static void note_subject(struct app_board *board)
{
    struct viewer viewer = public_viewer(board);
    AUTO_BUF members = {0};

    viewer.person = board_person(board->fold, board->effects.subject);
    buf_add_text(&members, "\"name\":");
    person_write_name(&members, &viewer, viewer.person->number);
    me_write_suspended(&members, &viewer);
    send_me(board, viewer.person->number, buf_view(&members));
}

static void note_moderation(struct app_board *board)
{
    for (size_t i = 0; i < board->effects.ideas_count; i++) {
        note_author(board, board_idea(board->fold, board->effects.ideas[i]));
    }
    if (board->effects.subject) {
        note_subject(board);
    }
}

static void note_person(struct app_board *board, const struct entry *entry)
{
    uint32_t number = board->effects.person;

    if (!number || !room_has_person(&board->room, number) || board->effects.decision.repeat) {
        return;
    }
    const struct person *person = board_person(board->fold, number);

    if (board->effects.tally) {
        note_ballot(board, person);
    } else if (entry->command.kind == CMD_POST && !board->effects.decision.err) {
        note_own(board, person);
    } else if (board->effects.follows) {
        note_follows(board, person);
    } else if (entry->command.kind == CMD_RENAME && !board->effects.decision.err) {
        broadcast_person(board, number);
    }
}

/* Who takes part, what counts or what may be seen has changed with the round. */
static void note_round(struct app_board *board, const struct entry *entry)
{
    const struct board *fold = board->fold;

    board->said_round = true;
    if (fold->rounds[board->effects.round - 1].members_version != fold->version) {
        return;
    }
    for (size_t i = 1; board->live && i <= fold->ideas_count; i++) {
        if (board_competes(fold, board_idea(fold, i))) {
            map_put(&board->said_tallies, i, 1);
        }
    }
    board->said_everyone = board->live && entry->command.kind != CMD_REVEAL;
    rounds_turned(board);
}

void board_note(struct app_board *board, const struct entry *entry)
{
    const struct effects *effects = &board->effects;

    for (size_t i = 0; i < effects->ideas_count; i++) {
        const struct idea *idea = board_idea(board->fold, effects->ideas[i]);

        map_put(&board->said_ideas, idea->number, 1);
        map_put(&board->unprojected, idea->number, 1);
        if (idea->tallied_version == idea->changed_version) {
            map_put(&board->said_tallies, idea->number, 1);
        }
    }
    if (effects->tally) {
        map_put(&board->said_tallies, effects->tally, 1);
        map_put(&board->unprojected, effects->tally, 1);
    }
    if (effects->refreshed) {
        board->said_pool = true;
        for (size_t i = 1; board->leased && i <= board->fold->ideas_count; i++) {
            map_put(&board->unprojected, i, 1);
        }
    }
    board->said_definition = board->said_definition || effects->defined;
    if (effects->round) {
        note_round(board, entry);
    }
    board->said_moderation = board->said_moderation || effects->moderated;
    if (board->live) {
        note_person(board, entry);
    }
    if (board->live && effects->moderated) {
        note_moderation(board);
    }
}

static struct frame *events_frame(struct app_board *board, const struct viewer *viewer)
{
    AUTO_BUF params = {0};

    buf_printf(&params, "{\"board\":\"%s\",\"epoch\":", board->slug);
    epoch_write(&params, board->fold->epoch);
    buf_printf(&params, ",\"from\":%llu,\"version\":%llu,\"people\":%zu,\"events\":",
               (unsigned long long)board->sent_version,
               (unsigned long long)board->fold->version, board->fold->active_people);
    events_write(&params, viewer, board->sent_version, &board->said_ideas);
    buf_add_char(&params, '}');
    return notification("board.events", buf_view(&params));
}

/* Who sees an event otherwise than a reader: its author, and staff what is hidden. */
static bool sees_more(const struct app_board *board, const struct watcher *watcher)
{
    const struct person *person = board_person(board->fold, watcher->person);

    if (!person) {
        return false;
    }
    if (person->role >= ROLE_MODERATOR) {
        return true;
    }
    for (size_t i = 0; i < board->said_ideas.room; i++) {
        const struct idea *idea = board->said_ideas.slots[i].used
                                      ? board_idea(board->fold, board->said_ideas.slots[i].key)
                                      : NULL;

        if (idea && idea->author == person->number) {
            return true;
        }
    }
    return false;
}

/* A new round: everybody's budgets and judgements are counted afresh. */
static void send_everyone(struct app_board *board)
{
    struct viewer viewer = public_viewer(board);

    board->said_everyone = false;
    for (size_t i = 0; i < board->room.count; i++) {
        const struct watcher *watcher = board->room.watchers[i];

        viewer.person = board_person(board->fold, watcher->person);
        if (viewer.person) {
            AUTO_BUF members = {0};
            AUTO_BUF params = {0};

            me_write_round(&members, &viewer);
            buf_printf(&params, "{\"board\":\"%s\"", board->slug);
            buf_add_view(&params, buf_view(&members));
            buf_add_char(&params, '}');
            AUTO(frame) struct frame *frame = notification("board.me", buf_view(&params));

            peer_send(watcher->peer, frame);
        }
    }
}

static void flush_events(struct app_board *board)
{
    if (!board->said_ideas.count && !board->said_definition && !board->said_round) {
        return;
    }
    struct viewer viewer = public_viewer(board);
    AUTO(frame) struct frame *frame = events_frame(board, &viewer);

    for (size_t i = 0; i < board->room.count; i++) {
        struct watcher *watcher = board->room.watchers[i];

        if (!sees_more(board, watcher)) {
            peer_send(watcher->peer, frame);
            continue;
        }
        struct viewer own = viewer;

        own.person = board_person(board->fold, watcher->person);
        own.role = own.person->role > own.role ? own.person->role : own.role;
        AUTO(frame) struct frame *special = events_frame(board, &own);

        peer_send(watcher->peer, special);
    }
    map_finish(&board->said_ideas);
    board->said_definition = board->said_round = false;
    board->sent_version = board->fold->version;
    if (board->said_everyone) {
        send_everyone(board);
    }
}

static void write_scores(struct buf *to, struct app_board *board)
{
    const char *comma = "";

    buf_add_char(to, '[');
    for (size_t i = 0; i < board->said_tallies.room; i++) {
        const struct idea *idea =
            board->said_tallies.slots[i].used
                ? board_idea(board->fold, board->said_tallies.slots[i].key)
                : NULL;

        if (idea && board_competes(board->fold, idea)) {
            buf_add_text(to, comma);
            score_write(to, board->fold, idea);
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

static uint64_t scores_interval_us(const struct app_board *board)
{
    if (board->room.count <= SCORES_FEW) {
        return SCORES_FEW_US;
    }
    return board->room.count < SCORES_MANY ? SCORES_US : SCORES_MANY_US;
}

static bool is_lead(const struct app_board *board, const struct watcher *watcher)
{
    const struct person *person = board_person(board->fold, watcher->person);

    return person && person->role >= ROLE_LEAD;
}

static bool has_lead(const struct app_board *board)
{
    for (size_t i = 0; i < board->room.count; i++) {
        if (is_lead(board, board->room.watchers[i])) {
            return true;
        }
    }
    return false;
}

/* While scores are closed, only those who run the board see them move. */
static void send_leads(struct app_board *board, struct frame *frame)
{
    for (size_t i = 0; i < board->room.count; i++) {
        if (is_lead(board, board->room.watchers[i])) {
            peer_send(board->room.watchers[i]->peer, frame);
        }
    }
}

/* 0: sent or nothing to send; otherwise how long it has to wait still. */
static uint64_t flush_scores(struct app_board *board, uint64_t now_us)
{
    struct viewer viewer = public_viewer(board);
    uint64_t due_us = board->scores_at_us + scores_interval_us(board);

    if (!board->said_tallies.count && !board->said_pool) {
        return 0;
    }
    if (now_us < due_us) {
        return due_us - now_us;
    }
    bool everybody = view_shows_scores(&viewer);

    if (board->room.count && (everybody || has_lead(board))) {
        AUTO_BUF params = {0};

        viewer.role = ROLE_LEAD;

        buf_printf(&params,
                   "{\"board\":\"%s\",\"version\":%llu,\"people\":%zu,\"ballots\":%llu",
                   board->slug, (unsigned long long)board->fold->version,
                   board->fold->active_people, (unsigned long long)board->fold->ballots);
        buf_add_text(&params, ",\"pool\":");
        pool_write(&params, &viewer);
        buf_add_text(&params, ",\"scores\":");
        write_scores(&params, board);
        buf_add_char(&params, '}');
        AUTO(frame) struct frame *frame = notification("board.scores", buf_view(&params));

        if (everybody) {
            room_send(&board->room, frame);
        } else {
            send_leads(board, frame);
        }
    }
    map_finish(&board->said_tallies);
    board->said_pool = false;
    board->scores_at_us = now_us;
    return 0;
}

static struct frame *moderation_frame(const struct app_board *board)
{
    struct viewer viewer = public_viewer(board);
    AUTO_BUF params = {0};

    viewer.role = ROLE_MODERATOR;
    buf_printf(&params, "{\"board\":\"%s\",\"waiting\":", board->slug);
    waiting_write(&params, board->fold);
    buf_add_text(&params, ",\"taken\":");
    leases_write(&params, &viewer, time_now_ms());
    buf_add_char(&params, '}');
    return notification("board.moderation", buf_view(&params));
}

static bool is_staff(const struct app_board *board, const struct watcher *watcher)
{
    const struct person *person = board_person(board->fold, watcher->person);

    return person && person->role >= ROLE_MODERATOR;
}

/* board.moderation, to staff: what waits, and who has what before them. Results as above. */
static uint64_t flush_moderation(struct app_board *board, uint64_t now_us)
{
    uint64_t due_us = board->moderation_at_us + MODERATION_US;
    AUTO(frame) struct frame *frame = NULL;

    if (!board->said_moderation) {
        return 0;
    }
    if (now_us < due_us) {
        return due_us - now_us;
    }
    board->said_moderation = false;
    board->moderation_at_us = now_us;
    for (size_t i = 0; i < board->room.count; i++) {
        if (!is_staff(board, board->room.watchers[i])) {
            continue;
        }
        frame = frame ? frame : moderation_frame(board);
        peer_send(board->room.watchers[i]->peer, frame);
    }
    return 0;
}

/* The sooner of two waits, of which 0 is none. */
static uint64_t sooner(uint64_t a, uint64_t b)
{
    return a && (!b || a < b) ? a : b;
}

void broadcast_flush(struct app *app)
{
    uint64_t now_us = time_monotonic_us();
    uint64_t wait_us = 0;

    for (size_t i = 0; i < app->boards_count; i++) {
        struct app_board *board = app->boards[i];

        if (!board->live) {
            continue;
        }
        flush_events(board);
        uint64_t left_us = flush_scores(board, now_us);

        wait_us = sooner(wait_us, flush_moderation(board, now_us));
        wait_us = sooner(sooner(wait_us, left_us), project_run(board, now_us));
    }
    if (wait_us) {
        uv_timer_start(&app->soon, app->soon.timer_cb, wait_us / 1000 + 1, 0);
    }
}

void broadcast_presence(struct app *app)
{
    for (size_t i = 0; i < app->boards_count; i++) {
        struct app_board *board = app->boards[i];

        if (board->presence_sent == board->room.count) {
            continue;
        }
        AUTO_BUF params = {0};

        buf_printf(&params, "{\"board\":\"%s\",\"watching\":%zu}", board->slug,
                   board->room.count);
        AUTO(frame) struct frame *frame = notification("board.presence", buf_view(&params));

        room_send(&board->room, frame);
        board->presence_sent = board->room.count;
    }
}

static struct frame *resync_frame(const struct app_board *board, const char *reason)
{
    AUTO_BUF params = {0};

    buf_printf(&params, "{\"board\":\"%s\",\"reason\":\"%s\"}", board->slug, reason);
    return notification("board.resync", buf_view(&params));
}

void broadcast_resync(struct app_board *board, const char *reason)
{
    AUTO(frame) struct frame *frame = resync_frame(board, reason);

    room_send(&board->room, frame);
}

void client_resync(struct client *client, const struct app_board *board, const char *reason)
{
    AUTO(frame) struct frame *frame = resync_frame(board, reason);

    peer_send(client->peer, frame);
}

void broadcast_notice(struct app *app, const char *kind)
{
    AUTO_BUF params = {0};

    buf_printf(&params, "{\"kind\":\"%s\"}", kind);
    AUTO(frame) struct frame *frame = notification("server.notice", buf_view(&params));

    for (struct list *at = app->clients.next; at != &app->clients; at = at->next) {
        peer_send(LIST_ITEM(at, struct client, link)->peer, frame);
    }
}

void client_on_overflow(void *owner)
{
    struct client *client = owner;

    for (size_t i = 0; i < client->joined_count; i++) {
        client_resync(client, client->joined[i].board, "slow");
    }
}
