/* round_acts — how rounds follow each other. */
#include "core/acts.h"
#include "core/round.h"
#include "core/serve.h"

#include <string.h>

static struct round *round_of(struct act *act, uint32_t number)
{
    act->effects->round = number;
    return &act->board->rounds[number - 1];
}

static bool exists(const struct board *board, uint32_t number)
{
    return number >= 1 && number <= board->definition.rounds_count;
}

/* A lead; the system, which may only do what is due, is checked where that is known. */
static enum err lead_check(const struct board *board, const struct command *command,
                           const struct person *person)
{
    if (command->person && (!person || person->role < ROLE_LEAD)) {
        return ERR_FORBIDDEN;
    }
    return exists(board, command->round) ? OK : ERR_PARAMS;
}

static bool is_due(uint64_t at_ms, const struct board *board)
{
    return at_ms && at_ms <= board->last.ms;
}

/* The entry says by which rule the present round closes: it must be the published one. */
static bool has_rule(const struct board *board, const struct command *command)
{
    static const struct digest none;
    bool closes = board->round && !board->rounds[board->round - 1].closed_version;
    const struct digest *rule =
        closes ? &board->definition.rounds[board->round - 1].rule_hash : &none;

    return memcmp(rule, &command->rule_hash, sizeof *rule) == 0;
}

static bool can_resume(const struct board *board, uint32_t number)
{
    return number == board->round && board->rounds[number - 1].state == ROUND_PAUSED;
}

/* A final needs somebody to choose between. */
static bool has_finalists(const struct board *board)
{
    const struct round_result *before = round_result(board, board->round);
    struct round_result now = {0};
    size_t left = 0;

    if (!before && board->round) {
        round_result_now(board, &now);
        before = &now;
    }
    bool all = !before || board_round(board)->rule.keep == KEEP_ALL;

    for (size_t i = 0; before && i < before->selection.count; i++) {
        left += before->selection.items[i].outcome != OUTCOME_ELIMINATED;
    }
    round_result_finish(&now);
    return all ? board->ideas_count > 0 : left > 0;
}

enum err open_check(const struct board *board, const struct command *command,
                    const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err) {
        return err;
    }
    if (can_resume(board, command->round)) {
        return command->person ? OK : ERR_NOT_ALLOWED_NOW;
    }
    if (command->round != board->round + 1 || board->state >= BOARD_CLOSED) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (!command->person && !is_due(round_opens_ms(board, command->round), board)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (!has_rule(board, command)) {
        return ERR_CONFLICT;
    }
    if (board->definition.rounds[command->round - 1].final && !has_finalists(board)) {
        return ERR_PARAMS; /* there would be nothing to choose between */
    }
    return OK;
}

static void resume(struct act *act, struct round *round)
{
    uint64_t away_ms = act->now_ms - round->paused_ms;

    round->state = ROUND_OPEN;
    round->paused_ms = 0;
    round->closes_at_ms += round->closes_at_ms ? away_ms : 0;
    round->scheduled_ms += round->scheduled_ms ? away_ms : 0;
}

/* The result stands from here on; who may see it is the round's choice. */
static void close_present(struct act *act)
{
    struct round *round = round_of(act, act->board->round);

    round->state =
        board_round(act->board)->reveal == REVEAL_AT_CLOSE ? ROUND_REVEALED : ROUND_CLOSED;
    round->closed_version = act->version;
    round->closed_ms = act->now_ms;
    round->closed_head = act->board->head;
    round->early = round->closes_at_ms > act->now_ms;
    pool_refresh(act);
    round_close(act->board);
    round->changed_version = round->members_version = act->version;
}

/* Tallies by what the round counts; some ideas have other judges then. */
static void recount(struct act *act)
{
    struct board *board = act->board;
    bool *vetted = mem_array(board->ideas_count, sizeof *vetted);

    for (size_t i = 0; i < board->ideas_count; i++) {
        vetted[i] = board_is_vetted(board, &board->ideas[i]);
    }
    round_recount(board, act->version);
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board_is_vetted(board, &board->ideas[i]) != vetted[i]) {
            idea_changed(act, board->ideas[i].number);
        }
    }
    mem_free(vetted);
}

static void begin(struct act *act, uint32_t number)
{
    const struct round_definition *definition = &act->board->definition.rounds[number - 1];
    struct round *round = round_of(act, number);

    *round = (struct round){.state = ROUND_OPEN,
                            .opened_version = act->version,
                            .opened_ms = act->now_ms,
                            .opened_id = act->board->last,
                            .members_version = act->version,
                            .closes_at_ms = definition->closes_at_ms};
    if (!round->closes_at_ms && definition->minutes) {
        round->closes_at_ms = act->now_ms + definition->minutes * UINT64_C(60000);
    }
    round->scheduled_ms = round->closes_at_ms;
    act->board->state = BOARD_OPEN;
    act->board->round = number;
    for (size_t i = 0; i < act->board->people_count; i++) {
        struct person *person = &act->board->people[i];

        person->served_before = person->served;
        person->served = 0;
    }
    round_enter(act->board);
    recount(act);
    pool_refresh(act);
    serve_draw_line(act->board);
}

void first_round_act(struct act *act)
{
    if (!act->board->definition.rounds[0].opens_at_ms) {
        begin(act, 1);
    }
}

void open_act(struct act *act)
{
    struct board *board = act->board;

    if (can_resume(board, act->command->round)) {
        resume(act, round_of(act, act->command->round));
        return;
    }
    if (board->round) {
        struct round *before = &board->rounds[board->round - 1];

        if (!before->closed_version) {
            close_present(act);
        }
        before->state = ROUND_REVEALED;
        before->changed_version = before->members_version = act->version;
    }
    begin(act, act->command->round);
}

static bool is_running(const struct board *board, uint32_t number)
{
    return number == board->round && !board->rounds[number - 1].closed_version;
}

enum err pause_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err || !command->person) {
        return err ? err : ERR_FORBIDDEN;
    }
    return is_running(board, command->round) &&
                   board->rounds[command->round - 1].state == ROUND_OPEN
               ? OK
               : ERR_NOT_ALLOWED_NOW;
}

void pause_act(struct act *act)
{
    struct round *round = round_of(act, act->command->round);

    round->state = ROUND_PAUSED;
    round->paused_ms = act->now_ms;
}

enum err close_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err) {
        return err;
    }
    if (!is_running(board, command->round)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (!command->person && !is_due(round_closes_ms(board, command->round), board)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    return has_rule(board, command) ? OK : ERR_CONFLICT;
}

void close_act(struct act *act)
{
    close_present(act);
}

/* A step back: the round that has just closed, or the one before a round that nobody has
   used yet. A paused round goes on. */
enum err reopen_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err || !command->person) {
        return err ? err : ERR_FORBIDDEN;
    }
    if (board->state != BOARD_OPEN) {
        return ERR_NOT_ALLOWED_NOW;
    }
    if (can_resume(board, command->round)) {
        return OK;
    }
    const struct round *present = board->round ? &board->rounds[board->round - 1] : NULL;
    bool closed = present && command->round == board->round && present->closed_version;
    bool before = present && command->round + 1 == board->round && !present->cast &&
                  !present->closed_version;

    return closed || before ? OK : ERR_NOT_ALLOWED_NOW;
}

static void forget_result(struct round *round)
{
    round_result_finish(round->result);
    mem_free(round->result);
    round->result = NULL;
}

static void step_back(struct act *act)
{
    struct board *board = act->board;
    struct round *round = round_of(act, board->round);

    *round = (struct round){.state = ROUND_PLANNED,
                            .changed_version = act->version,
                            .members_version = act->version};
    while (board->told_count && board->told[board->told_count - 1].round == board->round) {
        board->told_count--;
    }
    board->round--;
    for (size_t i = 0; i < board->people_count; i++) {
        board->people[i].served = board->people[i].served_before;
        board->people[i].done &= ~(1u << board->round);
    }
}

void reopen_act(struct act *act)
{
    struct board *board = act->board;

    if (can_resume(board, act->command->round)) {
        resume(act, round_of(act, act->command->round));
        return;
    }
    if (act->command->round < board->round) {
        step_back(act);
    }
    struct round *round = round_of(act, board->round);
    uint64_t closed_version = round->closed_version;

    round->state = ROUND_OPEN;
    round->closed_version = 0;
    round->closed_ms = 0;
    round->early = false;
    round->reopenings++;
    round->members_version = act->version;
    if (round->closes_at_ms <= act->now_ms) {
        round->closes_at_ms = 0; /* its time is over: the lead closes it */
    }
    round_enter_again(board, closed_version);
    forget_result(round);
    recount(act);
    pool_refresh(act);
    serve_draw_line(board);
}

enum err reveal_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err || !command->person) {
        return err ? err : ERR_FORBIDDEN;
    }
    return board->rounds[command->round - 1].state == ROUND_CLOSED ? OK : ERR_NOT_ALLOWED_NOW;
}

void reveal_act(struct act *act)
{
    struct round *round = round_of(act, act->command->round);

    round->state = ROUND_REVEALED;
    round->members_version = act->version;
}

enum err extend_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err || !command->person) {
        return err ? err : ERR_FORBIDDEN;
    }
    if (!command->minutes || command->minutes > LIMIT_ROUND_MINUTES) {
        return ERR_PARAMS;
    }
    return is_running(board, command->round) && !board->omission.extensions
               ? OK
               : ERR_NOT_ALLOWED_NOW;
}

void extend_act(struct act *act)
{
    struct round *round = round_of(act, act->command->round);
    uint64_t from_ms = round->closes_at_ms > act->now_ms ? round->closes_at_ms : act->now_ms;

    round->closes_at_ms = from_ms + act->command->minutes * UINT64_C(60000);
    round->extended += act->command->minutes;
}

/* Its rules are published before a round begins, and stand from then on. */
enum err revise_check(const struct board *board, const struct command *command,
                      const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err || !command->person || !command->definition) {
        return err ? err : (command->person ? ERR_PARAMS : ERR_FORBIDDEN);
    }
    const struct rule *rule = &command->definition->rounds[0].rule;

    for (uint32_t i = 0; i < rule->quotas_count; i++) {
        if (!rule->quotas[i].theme || rule->quotas[i].theme > board->definition.themes_count) {
            return ERR_PARAMS;
        }
    }
    return command->round > board->round ? OK : ERR_NOT_ALLOWED_NOW;
}

void revise_act(struct act *act)
{
    struct round_definition *round = &act->board->definition.rounds[act->command->round - 1];
    struct round_definition before = *round;

    (void)round_of(act, act->command->round);
    *round = act->command->definition->rounds[0];
    if (ref_is_none(round->title.ref)) {
        round->title = before.title; /* words that are not given stay */
    }
    if (ref_is_none(round->prompt.ref)) {
        round->prompt = before.prompt;
    }
}

enum err preview_check(const struct board *board, const struct command *command,
                       const struct person *person)
{
    enum err err = lead_check(board, command, person);

    if (err || !command->person) {
        return err ? err : ERR_FORBIDDEN;
    }
    return is_running(board, command->round) ? OK : ERR_NOT_ALLOWED_NOW;
}

void preview_act(struct act *act)
{
    round_of(act, act->command->round)->previews++;
}
