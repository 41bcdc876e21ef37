/* write — the methods that change a board: each makes a command and sends it on its way. */
#include "app/call.h"

#include "base/time.h"
#include "core/contact.h"
#include "core/serve.h"
#include "wire/names.h"
#include "wire/source.h"

#include <string.h>

/* Numbers are given in the order of the log: the idea of a version by bisection. */
static const struct idea *idea_at(const struct board *board, uint64_t version)
{
    size_t low = 0;
    size_t high = board->ideas_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (board->ideas[middle].created_version < version) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low < board->ideas_count && board->ideas[low].created_version == version
               ? &board->ideas[low]
               : NULL;
}

static void answer_idea(const struct act *act, uint64_t version, struct buf *result)
{
    const struct idea *idea = idea_at(act->board->fold, version);

    buf_printf(result, "{\"idea\":%u,\"version\":%llu}", idea ? idea->number : 0,
               (unsigned long long)version);
}

struct post {
    struct view text;
    struct view theme;
    struct view lang;
    struct buf source;
    bool proxy; /* for somebody who is there without a device */
};

/* Only staff write for others: whoever else says so is refused before anything is read. */
static enum err proxy_check(const struct client *client, const struct app_board *board,
                            const struct post *post)
{
    return post->proxy && board_viewer(board, client->session).role < ROLE_MODERATOR
               ? ERR_FORBIDDEN
               : OK;
}

static void post_params(struct call *call, struct app_board *board, struct post *post)
{
    post->text = params_string(&call->params, "text", REQUIRED);
    post->theme = params_string(&call->params, "theme", OPTIONAL);
    post->lang = params_string(&call->params, "lang", OPTIONAL);
    post->proxy = params_bool(&call->params, "proxy", OPTIONAL);
    if (post->theme.len && !definition_theme(&board->fold->definition, post->theme)) {
        params_wrong(&call->params, "theme");
    }
    if (post->lang.len >= LANG_BYTES || !text_is_clean_name(post->lang) ||
        (post->lang.len && memchr(post->lang.ptr, '"', post->lang.len)) ||
        (post->lang.len && memchr(post->lang.ptr, '\\', post->lang.len))) {
        params_wrong(&call->params, "lang");
    }
}

/* Takes the act. */
static void post_run(struct act *act, const struct post *post)
{
    act->is_post = !act->staff; /* staff write for many */
    act->command.proxy = post->proxy;
    act->command.theme = definition_theme(&act->board->fold->definition, post->theme);
    if (post->lang.len) {
        memcpy(act->command.lang, post->lang.ptr, post->lang.len);
    }
    act->command.held = text_has_contact(post->text);
    if (!call_add_text(act, post->text, false, &act->command.text)) {
        return;
    }
    if (post->source.len) {
        act_add_text(act, buf_view(&post->source), &act->command.source_text);
    }
    act_run(act);
}

/* What a reply hangs on; optional: the idea may be a root. */
static void reply_params(struct call *call, struct command *out, enum need need)
{
    struct view relation = params_string(&call->params, "relation", need);

    out->parent = (uint32_t)params_uint(&call->params, "parent", 1, LIMIT_IDEAS, need);
    out->with = (uint32_t)params_uint(&call->params, "with", 1, LIMIT_IDEAS, OPTIONAL);
    out->relation = RELATION_IDEA;
    if (relation.ptr &&
        (!relation_of_name(relation, &out->relation) || out->relation == RELATION_IDEA)) {
        params_wrong(&call->params, "relation");
    }
    if ((out->parent != 0) != (out->relation != RELATION_IDEA)) {
        params_wrong(&call->params, out->parent ? "relation" : "parent");
    }
}

static void post_end(struct call *call, struct client *client, struct rpc_request *request,
                     struct app_board *board, const struct post *post)
{
    struct command *command = &call->command;
    struct act *act = call_end(call, client, request, board, answer_idea);
    enum err err = proxy_check(client, board, post);

    if (act && err) {
        act_refuse(act, err, 0);
    } else if (act) {
        act->staff = post->proxy || command->seed;
        act->least = act->staff ? ROLE_MODERATOR : act->least;
        act->command.seed = command->seed;
        act->command.relation = command->relation;
        act->command.parent = command->parent;
        act->command.with = command->with;
        post_run(act, post);
    }
}

/* A root, with where it exists already. */
static void post_root(struct call *call, struct client *client, struct rpc_request *request,
                      struct app_board *board, struct post *post)
{
    AUTO_BUF source = {0};
    struct source_words words;
    enum err err = source_words_read(params_any(&call->params, "source"), &words);

    if (err == ERR_PARAMS) {
        params_wrong(&call->params, "source");
    }
    if (err && err != ERR_PARAMS && !params_done(&call->params)) {
        client_refuse(client, buf_view(&request->id), err, NULL);
        return;
    }
    if (!source_words_are_none(&words)) {
        source_words_write(&source, &words);
    }
    post->source = source;
    post_end(call, client, request, board, post);
}

void method_idea_post(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct call call;
    struct post post = {0};

    call_begin(&call, request);
    post_params(&call, board, &post);
    post_root(&call, client, request, board, &post);
}

void method_idea_build(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct call call;
    struct post post = {0};

    call_begin(&call, request);
    post_params(&call, board, &post);
    reply_params(&call, &call.command, REQUIRED);
    post_end(&call, client, request, board, &post);
}

/* As idea.post or, with a parent, as idea.build; labelled as the organisers' to the end. */
void method_idea_seed(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct call call;
    struct post post = {0};

    call_begin(&call, request);
    post_params(&call, board, &post);
    reply_params(&call, &call.command, OPTIONAL);
    call.command.seed = true;
    post_root(&call, client, request, board, &post);
}

/* Methods whose only parameter is an idea. */
static struct act *idea_call(struct client *client, struct rpc_request *request,
                             struct app_board *board, enum command_kind kind)
{
    struct call call;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->command.kind = kind;
        act->command.idea = idea;
    }
    return act;
}

static void run_idea_call(struct client *client, struct rpc_request *request,
                          struct app_board *board, enum command_kind kind)
{
    struct act *act = idea_call(client, request, board, kind);

    if (act) {
        act_run(act);
    }
}

void method_idea_withdraw(struct client *client, struct rpc_request *request,
                          struct app_board *board)
{
    run_idea_call(client, request, board, CMD_WITHDRAW);
}

void method_vote_withdraw(struct client *client, struct rpc_request *request,
                          struct app_board *board)
{
    run_idea_call(client, request, board, CMD_UNVOTE);
}

void method_judge_skip(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    run_idea_call(client, request, board, CMD_SKIP);
}

void method_idea_edit(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);
    struct view text = params_string(&call.params, "text", REQUIRED);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return;
    }
    act->command.kind = CMD_EDIT;
    act->command.held = text_has_contact(text);
    act->command.idea = idea;
    if (call_add_text(act, text, false, &act->command.text)) {
        act_run(act);
    }
}

void method_vote_cast(struct client *client, struct rpc_request *request,
                      struct app_board *board)
{
    struct call call;
    enum choice choice = CHOICE_NONE;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, REQUIRED);

    if (!choice_of_name(params_string(&call.params, "choice", REQUIRED), &choice)) {
        params_wrong(&call.params, "choice");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->command.kind = CMD_VOTE;
        act->command.idea = idea;
        act->command.choice = choice;
        act_run(act);
    }
}

static void write_served(struct buf *to, const struct act *act, const uint32_t *ideas,
                         uint32_t count, uint64_t version)
{
    struct viewer viewer = board_viewer(act->board, act->session);

    buf_add_text(to, "{\"ideas\":[");
    for (uint32_t i = 0; i < count; i++) {
        if (i) {
            buf_add_char(to, ',');
        }
        idea_write(to, &viewer, board_idea(act->board->fold, ideas[i]));
    }
    buf_printf(to, "],\"left\":%u,\"version\":%llu}",
               viewer.person ? serve_left(viewer.board, viewer.person) : 0,
               (unsigned long long)version);
}

/* Chosen when the person is known; nothing to serve is an answer without an entry. */
static enum err judge_prepare(struct act *act, struct buf *result)
{
    struct board *fold = act->board->fold;
    const struct person *known =
        board_person(fold, board_person_number(fold, act->command.person));
    const struct person *person = known ? known : &person_newcomer;
    struct command *command = &act->command;

    command->chosen_at = fold->version;
    command->chosen_ms = time_now_ms();
    command->ideas_count =
        serve_choose(fold, person, command->chosen_ms, act->count, command->ideas);
    if (!command->ideas_count) {
        write_served(result, act, NULL, 0, fold->version);
    }
    return OK;
}

/* What was served at that version, as long as it has not expired. */
static void answer_served(const struct act *act, uint64_t version, struct buf *result)
{
    struct viewer viewer = board_viewer(act->board, act->session);
    uint32_t ideas[LIMIT_SERVE_COUNT];
    uint32_t count = 0;

    for (uint32_t i = 0; i < act->command.ideas_count; i++) {
        ideas[count++] = act->command.ideas[i];
    }
    const struct serving_queue *queue = &viewer.board->servings;

    for (size_t i = 0; !act->command.ideas_count && i < queue->count; i++) {
        const struct serving *serving = &queue->items[queue->first + i];

        if (serving->version == version && count < LIMIT_SERVE_COUNT) {
            ideas[count++] = serving->idea;
        }
    }
    write_served(result, act, ideas, count, version);
}

void method_judge_next(struct client *client, struct rpc_request *request,
                       struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    uint32_t count =
        (uint32_t)params_uint(&call.params, "count", 1, LIMIT_SERVE_COUNT, REQUIRED);
    struct act *act = call_end(&call, client, request, board, answer_served);

    if (act) {
        act->command.kind = CMD_SERVE;
        act->count = count;
        act->prepare = judge_prepare;
        act_run(act);
    }
}

void method_report_file(struct client *client, struct rpc_request *request,
                        struct app_board *board)
{
    struct call call;
    enum reason reason = REASON_NONE;

    call_begin(&call, request);
    uint32_t idea = (uint32_t)params_uint(&call.params, "idea", 1, LIMIT_IDEAS, OPTIONAL);
    uint64_t person = params_uint(&call.params, "person", 1, LIMIT_PEOPLE, OPTIONAL);
    struct view note = params_string(&call.params, "note", OPTIONAL);

    if (!reason_of_name(params_string(&call.params, "reason", REQUIRED), &reason)) {
        params_wrong(&call.params, "reason");
    }
    if (!idea == !person) {
        params_wrong(&call.params, "idea");
    }
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (!act) {
        return;
    }
    act->command.kind = CMD_REPORT;
    act->command.idea = idea;
    act->command.target = person;
    act->command.reason = reason;
    if (text_graphemes(note) > LIMIT_NOTE_MAX_GRAPHEMES) {
        act_refuse(act, ERR_TOO_LONG, 0);
        return;
    }
    if (!view_trim(note).len || call_add_text(act, note, false, &act->command.text)) {
        act_run(act);
    }
}

void method_person_rename(struct client *client, struct rpc_request *request,
                          struct app_board *board)
{
    struct call call;

    call_begin(&call, request);
    struct view name = params_string(&call.params, "name", REQUIRED);
    struct act *act = call_end(&call, client, request, board, answer_version);

    if (act) {
        act->command.kind = CMD_RENAME;
        if (call_add_text(act, name, true, &act->command.text)) {
            act_run(act);
        }
    }
}
