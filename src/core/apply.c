#include "core/apply.h"

#include "core/acts.h"
#include "core/serve.h"

#include <assert.h>
#include <string.h>

void effects_init(struct effects *effects)
{
    *effects = (struct effects){0};
}

void effects_finish(struct effects *effects)
{
    mem_free(effects->ideas);
    mem_free(effects->dropped);
    *effects = (struct effects){0};
}

static void effects_clear(struct effects *effects)
{
    *effects = (struct effects){.ideas = effects->ideas,
                                .ideas_room = effects->ideas_room,
                                .dropped = effects->dropped,
                                .dropped_room = effects->dropped_room};
}

struct idea *idea_changed(struct act *act, uint32_t number)
{
    struct effects *effects = act->effects;
    struct idea *idea = &act->board->ideas[number - 1];

    if (idea->changed_version != act->version) { /* for the first time by this act */
        effects->ideas = mem_reserve(effects->ideas, effects->ideas_count, &effects->ideas_room,
                                     sizeof *effects->ideas);
        effects->ideas[effects->ideas_count++] = number;
    }
    idea->changed_version = act->version;
    return idea;
}

void text_dropped(struct act *act, struct ref text)
{
    struct effects *effects = act->effects;

    if (ref_is_none(text)) {
        return;
    }
    effects->dropped = mem_reserve(effects->dropped, effects->dropped_count,
                                   &effects->dropped_room, sizeof *effects->dropped);
    effects->dropped[effects->dropped_count++] = text;
}

void pool_add(struct board *board, const struct idea *idea, int sign)
{
    if (sign > 0) {
        board->sums.agree += idea->tally.agree;
        board->sums.judged += tally_judged(&idea->tally);
    } else if (sign < 0) {
        board->sums.agree -= idea->tally.agree;
        board->sums.judged -= tally_judged(&idea->tally);
    }
}

void pool_refresh(struct act *act)
{
    act->board->pool = act->board->sums;
    act->board->pool_version = act->version;
    act->effects->refreshed = true;
}

static enum err create_check(const struct board *board, const struct command *command,
                             const struct person *person)
{
    (void)person;
    if (board->version) {
        return ERR_CONFLICT;
    }
    return command->definition && command->definition->rounds_count ? OK : ERR_PARAMS;
}

static void create_act(struct act *act)
{
    struct board *board = act->board;

    board->definition = *act->command->definition;
    board->epoch = act->command->epoch;
    board->created_by = act->command->op;
    act->effects->defined = true;
    if (!board->definition.draft) {
        board->state = BOARD_OPEN;
        first_round_act(act);
    }
}

static enum err epoch_check(const struct board *board, const struct command *command,
                            const struct person *person)
{
    (void)board;
    (void)person;
    return command->person ? ERR_FORBIDDEN : OK;
}

static void epoch_act(struct act *act)
{
    act->board->epoch = act->command->target;
    act->effects->defined = true;
}

typedef enum err check_function(const struct board *, const struct command *,
                                const struct person *);
typedef void act_function(struct act *);

static const struct kind {
    check_function *check;
    act_function *act;
} kinds[COMMAND_KINDS] = {
    [CMD_CREATE] = {create_check, create_act},
    [CMD_DEFINE] = {define_check, define_act},
    [CMD_STATE] = {state_check, state_act},
    [CMD_IMPORT] = {import_check, import_act},
    [CMD_EPOCH] = {epoch_check, epoch_act},
    [CMD_PERSON] = {person_check, person_act},
    [CMD_ROLE] = {role_check, role_act},
    [CMD_POST] = {post_check, post_act},
    [CMD_EDIT] = {edit_check, edit_act},
    [CMD_WITHDRAW] = {withdraw_check, withdraw_act},
    [CMD_VOTE] = {vote_check, vote_act},
    [CMD_UNVOTE] = {unvote_check, unvote_act},
    [CMD_SERVE] = {serve_check, serve_act},
    [CMD_SKIP] = {skip_check, skip_act},
    [CMD_REPORT] = {report_check, report_act},
    [CMD_RENAME] = {rename_check, rename_act},
    [CMD_HIDE] = {hide_check, hide_act},
    [CMD_RESTORE] = {restore_check, restore_act},
    [CMD_MERGE] = {merge_check, merge_act},
    [CMD_UNMERGE] = {unmerge_check, unmerge_act},
    [CMD_OPEN] = {open_check, open_act},
    [CMD_PAUSE] = {pause_check, pause_act},
    [CMD_CLOSE] = {close_check, close_act},
    [CMD_REOPEN] = {reopen_check, reopen_act},
    [CMD_REVEAL] = {reveal_check, reveal_act},
    [CMD_EXTEND] = {extend_check, extend_act},
    [CMD_REVISE] = {revise_check, revise_act},
    [CMD_PREVIEW] = {preview_check, preview_act},
    [CMD_DECLARE] = {declare_check, declare_act},
    [CMD_DONE] = {done_check, done_act},
    [CMD_FOLLOW] = {follow_check, follow_act},
    [CMD_STATUS] = {status_check, status_act},
    [CMD_ERASE] = {erase_check, erase_act},
    [CMD_APPROVE] = {approve_check, approve_act},
    [CMD_REDACT] = {redact_check, redact_act},
    [CMD_RETHEME] = {retheme_check, retheme_act},
    [CMD_SUSPEND] = {suspend_check, suspend_act},
    [CMD_UNSUSPEND] = {unsuspend_check, unsuspend_act},
    [CMD_UNNAME] = {unname_check, unname_act},
    [CMD_ANNOUNCE] = {announce_check, announce_act},
    [CMD_FREEZE] = {freeze_check, freeze_act},
    [CMD_PREMODERATE] = {premoderate_check, premoderate_act},
    [CMD_APPEAL] = {appeal_check, appeal_act},
    [CMD_RESOLVE] = {resolve_check, resolve_act},
    [CMD_TAKE] = {take_check, take_act},
    [CMD_HANDS] = {hands_check, hands_act},
    [CMD_INVITE] = {invite_check, invite_act},
    [CMD_INTAKE] = {intake_check, intake_act},
    [CMD_UNIMPORT] = {unimport_check, unimport_act},
    [CMD_UNDO] = {undo_check, undo_act},
    [CMD_TELL] = {tell_check, tell_act},
};

/* Only people judge and are shown ideas: the system does neither. */
static bool is_judging(enum command_kind kind)
{
    return kind == CMD_VOTE || kind == CMD_UNVOTE || kind == CMD_SERVE || kind == CMD_SKIP;
}

/* What a suspended person may still do is to take back, to appeal and to leave. */
static bool is_free(enum command_kind kind)
{
    return kind == CMD_PERSON || kind == CMD_WITHDRAW || kind == CMD_UNVOTE ||
           kind == CMD_APPEAL || kind == CMD_ERASE;
}

bool board_suspends(const struct board *board, const struct command *command, uint64_t now_ms)
{
    const struct person *person =
        board_person(board, board_person_number(board, command->person));

    return person && person_is_suspended(person, now_ms) && !is_free(command->kind);
}

/* Who acts must be known to the board, except where the entry is what makes them known. */
static bool needs_person(const struct command *command)
{
    return command->person ? command->kind != CMD_PERSON : is_judging(command->kind);
}

static enum err decide(const struct board *board, const struct command *command,
                       const struct person *person)
{
    if (command->kind != CMD_CREATE && !board->version) {
        return ERR_UNKNOWN_BOARD;
    }
    if (command->kind != CMD_CREATE && command->kind != CMD_EPOCH &&
        command->epoch != board->epoch) {
        return ERR_CONFLICT; /* checked against a log that was since found to be another */
    }
    if (command->at_ms && !board->importing.system[0]) {
        return ERR_PARAMS; /* only an import may bring times of its own */
    }
    if (needs_person(command) && !person) {
        return ERR_UNKNOWN_PERSON;
    }
    if (person && person->erased) {
        return ERR_GONE;
    }
    if (!board_takes(board, command->kind)) {
        return ERR_NOT_ALLOWED_NOW;
    }
    return kinds[command->kind].check(board, command, person);
}

enum err board_check(const struct board *board, const struct command *command)
{
    const struct person *person =
        board_person(board, board_person_number(board, command->person));

    if (person && !op_is_none(command->op) && person_answer(person, command->op)) {
        return OK;
    }
    bool arrives = !person && command->person && needs_person(command);

    return decide(board, command, arrives ? &person_newcomer : person);
}

static void put_u64(unsigned char *to, uint64_t value)
{
    for (int i = 0; i < 8; i++) {
        to[i] = (unsigned char)(value >> (56 - 8 * i));
    }
}

/* The chain: each head commits to all that came before, to when, and to the bytes. */
static void advance(struct board *board, const struct entry *entry)
{
    unsigned char id[16];
    struct view first = {(const char *)board->head.bytes, sizeof board->head.bytes};

    if (!board->version) {
        first = entry->command.definition ? view_of(entry->command.definition->key_id)
                                          : (struct view){NULL, 0};
    }
    put_u64(id, entry->id.ms);
    put_u64(id + 8, entry->id.seq);
    board->head = hash_blake2b(first, (struct view){(const char *)id, sizeof id}, entry->bytes);
    board->version++;
}

/* Reminds the board of the answer; a repeat is answered as the first time. */
static bool is_repeat(const struct person *person, const struct command *command,
                      struct decision *decision)
{
    const struct answer *answer =
        person && !op_is_none(command->op) ? person_answer(person, command->op) : NULL;

    if (answer) {
        *decision = (struct decision){
            .err = (enum err)answer->err, .version = answer->version, .repeat = true};
    }
    return answer != NULL;
}

/* What the board keeps of who asked: that they act, and how they were answered. */
static void remember(struct act *act, enum err err)
{
    enum command_kind kind = act->command->kind;

    act->effects->person = act->person->number;
    /* Arriving, being shown something and leaving are not acts. */
    if (!err && kind != CMD_PERSON && kind != CMD_SERVE && kind != CMD_ERASE) {
        act->board->active_people += act->person->acts == 0;
        act->person->acts++;
    }
    if (!op_is_none(act->command->op)) {
        person_remember(act->person, act->command->op, act->version, err);
    }
}

/* What of it the pulse of the board counts. Seeds are there before anybody comes. */
static void beat(struct act *act, size_t people_before, size_t active_before)
{
    const struct command *command = act->command;
    struct board *board = act->board;
    struct pulse_span what = {
        .people = (uint32_t)(board->active_people - active_before),
        .guests = board->people_count > people_before && command->kind == CMD_PERSON &&
                  command->assurance == ASSURANCE_GUEST,
        .ideas = command->kind == CMD_POST && !command->seed,
        .ballots = command->kind == CMD_VOTE,
    };

    if (what.people || what.guests || what.ideas || what.ballots) {
        pulse_add(&board->pulse, act->now_ms, &what);
    }
}

/* What a refusal leaves of an intake, and everything that is not of one. */
static void settle_import(struct board *board, const struct command *command, enum err err)
{
    if (err || !import_has(board, command)) {
        import_break(board);
    }
}

/* At the entry's own time: who is suspended then is refused. */
static enum err decide_at(const struct board *board, const struct command *command,
                          const struct person *person, uint64_t now_ms)
{
    enum err err = decide(board, command, person);

    return !err && board_suspends(board, command, now_ms) ? ERR_FORBIDDEN : err;
}

static void mark_changed(struct board *board, const struct effects *effects)
{
    if (effects->defined) {
        board->defined_version = board->version;
    }
    if (effects->round) {
        board->rounds[effects->round - 1].changed_version = board->version;
    }
}

void board_apply(struct board *board, const struct entry *entry, struct effects *effects)
{
    const struct command *command = &entry->command;

    effects_clear(effects);
    assert(!board->version || entry_id_compare(board->last, entry->id) < 0);
    enum err err = OK;
    uint32_t number = board_person_number(board, command->person);
    struct person *person = number ? &board->people[number - 1] : NULL;
    size_t people_before = board->people_count;
    size_t active_before = board->active_people;

    board->last = entry->id; /* the present, for what is decided of it */
    if (board->version) {
        servings_expire(board, entry->id.ms);
    }
    settle_import(board, command, OK);
    if (is_repeat(person, command, &effects->decision)) {
        advance(board, entry);
        return;
    }
    err = decide_at(board, command, person, entry->id.ms);
    advance(board, entry);
    effects->decision = (struct decision){.err = err, .version = board->version};
    struct act act = {.board = board,
                      .command = command,
                      .person = person,
                      .version = board->version,
                      .now_ms = command->at_ms ? command->at_ms : entry->id.ms,
                      .effects = effects};

    if (!err) {
        kinds[command->kind].act(&act);
    } else {
        settle_import(board, command, err);
    }
    mark_changed(board, effects);
    if (act.person) {
        remember(&act, err);
    }
    if (!err) {
        beat(&act, people_before, active_before);
    }
    serve_look_at_line(board);
}
