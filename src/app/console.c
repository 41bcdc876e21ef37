/*
 * console — what the moderators' screen asks for: the next case, lists of what waits, people,
 * likely duplicates, and the public record.
 */
#include "app/call.h"

#include "base/time.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/moderation.h"
#include "wire/names.h"

#include <string.h>

enum {
    LIKE_SHOWN = 3 /* ideas beside a case that say much the same */
};

/* The next case */

static struct case_place held_case(const struct viewer *viewer)
{
    const struct person *person = viewer->person;

    return person ? (struct case_place){person->holds_idea, person->holds_person}
                  : (struct case_place){0, 0};
}

static void write_like(struct buf *to, struct app_board *board, const struct viewer *viewer,
                       uint32_t number)
{
    const struct idea *idea = board_idea(viewer->board, number);
    struct view text = idea ? texts_find(viewer->texts, idea->text) : (struct view){NULL, 0};
    struct likeness found[LIKE_SHOWN + 1];
    size_t count =
        text.ptr ? similar_find(&board->similarity.index, text, found, LIKE_SHOWN + 1) : 0;
    const char *comma = "";

    buf_add_char(to, '[');
    for (size_t i = 0; i < count; i++) {
        if (found[i].idea != number) {
            buf_printf(to, "%s{\"idea\":", comma);
            comma = ",";
            idea_write(to, viewer, board_idea(viewer->board, found[i].idea));
            buf_printf(to, ",\"likeness\":%u.%03u}", found[i].thousandths / 1000,
                       found[i].thousandths % 1000);
        }
    }
    buf_add_char(to, ']');
}

static void write_next(struct buf *to, struct app_board *board, const struct viewer *viewer,
                       struct case_place place, uint64_t version)
{
    buf_add_text(to, "{\"case\":");
    case_write(to, viewer, place);
    member_key(to, "similar");
    write_like(to, board, viewer, place.idea);
    member_key(to, "waiting");
    waiting_write(to, viewer->board);
    member_uint(to, "version", version);
    buf_add_char(to, '}');
}

static void answer_next(const struct act *act, uint64_t version, struct buf *result)
{
    struct viewer viewer = board_viewer(act->board, act->session);

    write_next(result, act->board, &viewer, held_case(&viewer), version);
}

/* Chosen when the person is known; nothing that waits is an answer without an entry. */
static enum err next_prepare(struct act *act, struct buf *result)
{
    struct command *command = &act->command;
    const struct board *fold = act->board->fold;
    const struct person *person =
        board_person(fold, board_person_number(fold, command->person));
    struct case_place found = {0, 0};

    command->chosen_ms = time_now_ms();
    if (act->chosen) {
        return OK; /* it was asked for */
    }
    if (!case_choose(fold, person ? person : &person_newcomer, command->chosen_ms, act->after,
                     &found)) {
        struct viewer viewer = board_viewer(act->board, act->session);

        write_next(result, act->board, &viewer, found, fold->version);
    }
    command->idea = found.idea;
    command->target = found.person;
    return OK;
}

static struct case_place read_place(struct params *params, const char *idea, const char *person)
{
    struct case_place place = {
        .idea = (uint32_t)params_uint(params, idea, 1, LIMIT_IDEAS, OPTIONAL),
        .person = (uint32_t)params_uint(params, person, 1, LIMIT_PEOPLE, OPTIONAL),
    };

    if (place.idea && place.person) {
        params_wrong(params, person);
    }
    return place;
}

void method_mod_next(struct client *client, struct rpc_request *request,
                     struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    struct case_place after = read_place(&call.params, "after_idea", "after_person");
    struct case_place asked = read_place(&call.params, "idea", "person");
    struct act *act = call_end(&call, client, request, board, answer_next);

    if (act) {
        act->staff = true;
        act->command.kind = CMD_TAKE;
        act->command.idea = asked.idea;
        act->command.target = asked.person;
        act->chosen = asked.idea || asked.person;
        act->after = after;
        act->prepare = next_prepare;
        act_run(act);
    }
}

/* Lists */

/* Answers a question that changes nothing. */
static void reply(struct client *client, const struct rpc_request *request,
                  const struct params *params, struct buf *result)
{
    if (params->field) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params->field);
    } else {
        client_reply(client, buf_view(&request->id), buf_view(result));
    }
}

/* What is asked for: a kind of case, or a state. */
struct wanted {
    enum case_class class;
    bool hidden;
};

static bool is_wanted(const struct wanted *wanted, const struct board *board,
                      const struct idea *idea)
{
    return wanted->hidden ? idea->state == IDEA_HIDDEN
                          : case_of_idea(board, idea) == wanted->class;
}

static void write_ideas(struct buf *to, const struct viewer *viewer,
                        const struct wanted *wanted, uint32_t after, size_t most)
{
    const struct board *board = viewer->board;
    size_t written = 0;
    size_t more = 0;

    buf_add_text(to, "{\"ideas\":[");
    for (size_t i = after; i < board->ideas_count; i++) {
        if (!is_wanted(wanted, board, &board->ideas[i])) {
            continue;
        }
        if (written == most) {
            more++;
            continue;
        }
        buf_add_text(to, written++ ? "," : "");
        idea_write(to, viewer, &board->ideas[i]);
    }
    buf_printf(to, "],\"more\":%zu}", more);
}

void method_mod_list(struct client *client, struct rpc_request *request,
                     struct app_board *board)
{
    struct params params;
    struct viewer viewer = board_viewer(board, client->session);
    struct wanted wanted = {.class = CASE_NONE};
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    struct view what = params_string(&params, "what", REQUIRED);
    uint32_t after = (uint32_t)params_uint(&params, "after", 0, LIMIT_IDEAS, OPTIONAL);
    size_t count = params_uint(&params, "count", 1, LIMIT_LIST_COUNT, REQUIRED);

    wanted.hidden = view_is(what, "hidden");
    if (!wanted.hidden && !case_of_name(what, &wanted.class)) {
        params_wrong(&params, "what");
    }
    if (params_done(&params) == OK) {
        write_ideas(&result, &viewer, &wanted, after, count);
    }
    reply(client, request, &params, &result);
}

static bool is_named_like(const struct viewer *viewer, uint32_t number, const char *query)
{
    AUTO_BUF name = {0};

    person_write_name(&name, viewer, number);
    char *folded = text_folded(buf_view(&name));
    bool like = folded && strstr(folded, query);

    mem_free(folded);
    return like;
}

/* Those who are reported or suspended, or are called so. */
static bool is_person_wanted(const struct viewer *viewer, const struct person *person,
                             const char *query)
{
    if (person->erased) {
        return false;
    }
    return query ? is_named_like(viewer, person->number, query)
                 : person->reports || person->suspended_until_ms;
}

static void write_people(struct buf *to, const struct viewer *viewer, const char *query)
{
    const struct board *board = viewer->board;
    size_t written = 0;
    size_t more = 0;

    buf_add_text(to, "{\"people\":[");
    for (size_t i = 0; i < board->people_count; i++) {
        if (!is_person_wanted(viewer, &board->people[i], query)) {
            continue;
        }
        if (written == LIMIT_LIST_COUNT) {
            more++;
            continue;
        }
        buf_add_text(to, written++ ? "," : "");
        subject_write(to, viewer, board->people[i].number);
    }
    buf_printf(to, "],\"more\":%zu}", more);
}

void method_mod_people(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct params params;
    struct viewer viewer = board_viewer(board, client->session);
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    struct view query = view_trim(params_string(&params, "query", OPTIONAL));

    if (query.len > LIMIT_QUERY_MAX_BYTES) {
        params_wrong(&params, "query");
    }
    if (params_done(&params) == OK) {
        char *folded = query.len ? text_folded(query) : NULL;

        write_people(&result, &viewer, folded);
        mem_free(folded);
    }
    reply(client, request, &params, &result);
}

/* The public record */

/* Of what came after a version, the oldest first. */
static void write_entries(struct buf *to, const struct board *board, uint64_t after)
{
    size_t written = 0;
    size_t more = 0;

    buf_add_text(to, "{\"entries\":[");
    for (size_t i = 0; i < board->records_count; i++) {
        if (board->records[i].version <= after) {
            continue;
        }
        if (written == LIMIT_LIST_COUNT) {
            more++;
            continue;
        }
        buf_add_text(to, written++ ? "," : "");
        record_write(to, &board->records[i]);
    }
    buf_printf(to, "],\"more\":%zu,\"summary\":", more);
    record_summary_write(to, board);
    buf_add_char(to, '}');
}

void method_mod_log(struct client *client, struct rpc_request *request, struct app_board *board)
{
    struct params params;
    AUTO_BUF result = {0};

    params_init(&params, request->params);
    (void)params_string(&params, "board", REQUIRED);
    uint64_t after = params_uint(&params, "after", 0, UINT64_MAX, OPTIONAL);

    if (params_done(&params) == OK) {
        write_entries(&result, board->fold, after);
    }
    reply(client, request, &params, &result);
}
