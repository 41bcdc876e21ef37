#include "support/story.h"

#include "base/mem.h"

#include <string.h>

uint64_t chance_next(struct chance *chance)
{
    return hash_mix(chance->state++);
}

uint32_t chance_below(struct chance *chance, uint32_t bound)
{
    return (uint32_t)(chance_next(chance) % bound);
}

bool chance_one_in(struct chance *chance, uint32_t bound)
{
    return chance_below(chance, bound) == 0;
}

static void define_rule(struct rule *rule, struct chance *chance, uint32_t themes)
{
    rule->keep = (enum keep)chance_below(chance, 4);
    rule->top = rule->keep == KEEP_TOP ? 1 + chance_below(chance, 4) : 0;
    rule->ppm = rule->keep == KEEP_SHARE || rule->keep == KEEP_AT_LEAST
                    ? 100000 * (1 + chance_below(chance, 9))
                    : 0;
    rule->min_judges = chance_below(chance, 4);
    rule->carry_over = chance_one_in(chance, 2);
    for (uint32_t theme = 1; theme <= themes && rule->keep != KEEP_ALL; theme++) {
        if (chance_one_in(chance, 2)) {
            rule->quotas[rule->quotas_count++] =
                (struct quota){.theme = theme, .at_least = 1 + chance_below(chance, 2)};
        }
    }
}

static void define_round(struct round_definition *round, struct chance *chance, uint32_t themes)
{
    round_definition_init(round);
    round->ballots = chance_one_in(chance, 4) ? BALLOTS_SERVED : BALLOTS_ANY;
    round->scores = (enum scores)chance_below(chance, 3);
    round->counts = chance_one_in(chance, 3) ? COUNTS_FRESH : COUNTS_STANDING;
    round->reveal = chance_one_in(chance, 3) ? REVEAL_BY_LEAD : REVEAL_AT_CLOSE;
    round->compete = chance_one_in(chance, 4) ? chance_below(chance, 32) : round->compete;
    round->posts_per_person = chance_one_in(chance, 3) ? 1 + chance_below(chance, 4) : 0;
    round->votes_per_person = chance_one_in(chance, 3) ? 1 + chance_below(chance, 4) : 0;
    round->serving_s = 30 + chance_below(chance, 600);
    round->minutes = chance_one_in(chance, 4) ? 1 + chance_below(chance, 30) : 0;
    if (chance_one_in(chance, 10)) {
        round->allows = chance_below(chance, 8);
    }
    define_rule(&round->rule, chance, themes);
}

static void define(struct definition *definition, struct chance *chance)
{
    history_define(definition);
    definition->own_ballots_count = chance_one_in(chance, 4);
    definition->staff_ballots_count = chance_one_in(chance, 4);
    definition->themes_count = chance_below(chance, 3);
    definition->groups_count = chance_below(chance, 4);
    definition->draft = chance_one_in(chance, 20);
    definition->rounds_count = 1 + chance_below(chance, 4);
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        define_round(&definition->rounds[i], chance, definition->themes_count);
    }
    definition->rounds[definition->rounds_count - 1].final = chance_one_in(chance, 2);
}

void story_begin(struct history *history, struct chance *chance)
{
    history_init(history);
    struct command create = history_command(history, CMD_CREATE, 0);

    create.definition = mem_alloc(sizeof *create.definition);
    define(create.definition, chance);
    history_add(history, &create);
    for (uint64_t key = 1; key < STORY_PEOPLE; key++) {
        if (!chance_one_in(chance, 5)) {
            history_person(history, key, (enum assurance)chance_below(chance, 6));
        }
    }
    history_role(history, 1 + chance_below(chance, STORY_PEOPLE), ROLE_MODERATOR);
    history_role(history, 1 + chance_below(chance, STORY_PEOPLE), ROLE_LEAD);
    history_role(history, STORY_LEAD, ROLE_LEAD);
}

static uint64_t someone(struct chance *chance)
{
    return chance_one_in(chance, 20) ? 0 : 1 + chance_below(chance, STORY_PEOPLE);
}

/* Mostly a number that is there. */
static uint32_t some_idea(const struct history *history, struct chance *chance)
{
    uint32_t count = (uint32_t)history->board->ideas_count;

    return chance_one_in(chance, 20) ? chance_below(chance, count + 3)
                                     : 1 + chance_below(chance, count ? count : 1);
}

struct command story_ballot(struct history *history, struct chance *chance, uint64_t person)
{
    bool vote = !chance_one_in(chance, 4);
    struct command command = history_command(history, vote ? CMD_VOTE : CMD_UNVOTE, person);

    command.idea = some_idea(history, chance);
    if (vote) {
        command.choice = (enum choice)(CHOICE_AGREE + chance_below(chance, 3));
    }
    return command;
}

static struct command post(struct history *history, struct chance *chance, uint64_t person)
{
    static const uint32_t lengths[] = {0, 1, 4, 5, 280, 281, 2000, 2001};
    struct command command = history_command(history, CMD_POST, person);

    if (!chance_one_in(chance, 3)) {
        command.relation = (enum relation)chance_below(chance, RELATIONS);
    }
    if (command.relation != RELATION_IDEA || chance_one_in(chance, 20)) {
        command.parent = some_idea(history, chance);
        command.with = chance_one_in(chance, 3) ? some_idea(history, chance) : 0;
    }
    command.theme = chance_one_in(chance, 4) ? chance_below(chance, 4) : 0;
    command.seed = chance_one_in(chance, 10);
    command.held = chance_one_in(chance, 12);
    if (chance_one_in(chance, 8)) {
        command.text.length = lengths[chance_below(chance, 8)];
    }
    if (chance_one_in(chance, 8)) {
        memcpy(command.source.system, "polis", sizeof "polis");
    }
    return command;
}

static struct command serve(struct history *history, struct chance *chance, uint64_t person)
{
    if (board_person_number(history->board, person) && !chance_one_in(chance, 3)) {
        return history_choice(history, person, 1 + chance_below(chance, 4));
    }
    struct command command = history_command(history, CMD_SERVE, person);

    command.chosen_at = history->board->version;
    command.ideas_count = chance_below(chance, 4);
    for (uint32_t i = 0; i < command.ideas_count; i++) {
        command.ideas[i] = some_idea(history, chance);
    }
    return command;
}

static enum command_kind draw(struct chance *chance, const enum command_kind *kinds,
                              size_t count)
{
    return kinds[chance_below(chance, (uint32_t)count)];
}

/* A board on which nothing happens is opened again soon; one that is open seldom closes. */
static enum command_kind some_kind(const struct history *history, struct chance *chance)
{
    static const enum command_kind often[] = {
        CMD_POST,   CMD_POST,    CMD_POST,      CMD_SERVE,   CMD_SERVE,   CMD_SERVE,
        CMD_SERVE,  CMD_SKIP,    CMD_HIDE,      CMD_HIDE,    CMD_RESTORE, CMD_EDIT,
        CMD_REPORT, CMD_REPORT,  CMD_WITHDRAW,  CMD_VOTE,    CMD_VOTE,    CMD_VOTE,
        CMD_VOTE,   CMD_VOTE,    CMD_VOTE,      CMD_VOTE,    CMD_VOTE,    CMD_VOTE,
        CMD_VOTE,   CMD_VOTE,    CMD_VOTE,      CMD_VOTE,    CMD_MERGE,   CMD_UNMERGE,
        CMD_VOTE,   CMD_DECLARE, CMD_DONE,      CMD_RESTORE, CMD_MERGE,   CMD_FOLLOW,
        CMD_FOLLOW, CMD_STATUS,  CMD_APPROVE,   CMD_APPROVE, CMD_APPEAL,  CMD_RETHEME,
        CMD_TAKE,   CMD_SUSPEND, CMD_UNSUSPEND, CMD_RESOLVE, CMD_RESOLVE, CMD_REDACT,
        CMD_REPORT, CMD_APPEAL,  CMD_UNDO,      CMD_UNDO,
    };
    static const enum command_kind turns[] = {CMD_OPEN,   CMD_OPEN,   CMD_CLOSE,  CMD_PAUSE,
                                              CMD_REOPEN, CMD_EXTEND, CMD_REVISE, CMD_PREVIEW};
    static const enum command_kind again[] = {CMD_OPEN, CMD_OPEN, CMD_REOPEN, CMD_REVEAL};

    if (chance_one_in(chance, 12)) { /* any kind but a creation */
        return (enum command_kind)(1 + chance_below(chance, COMMAND_KINDS - 1));
    }
    if (!board_is_open(history->board) && chance_one_in(chance, 3)) {
        return draw(chance, again, sizeof again / sizeof *again);
    }
    if (history->board->ideas_count < 4 && chance_one_in(chance, 2)) {
        return CMD_POST;
    }
    return chance_one_in(chance, 14) ? draw(chance, turns, sizeof turns / sizeof *turns)
                                     : draw(chance, often, sizeof often / sizeof *often);
}

/* Somebody with a role, if there is anybody; else someone. */
static uint64_t some_staff(const struct history *history, struct chance *chance)
{
    const struct board *board = history->board;
    size_t from = chance_below(chance, (uint32_t)board->people_count + 1);

    for (size_t i = 0; i < board->people_count; i++) {
        const struct person *person = &board->people[(from + i) % board->people_count];

        if (person->role >= ROLE_LEAD) {
            return person->key;
        }
    }
    return someone(chance);
}

static bool is_of_round(enum command_kind kind)
{
    return kind >= CMD_OPEN && kind <= CMD_DONE && kind != CMD_DECLARE;
}

static bool is_of_staff(enum command_kind kind)
{
    return kind == CMD_HIDE || kind == CMD_RESTORE || kind == CMD_MERGE ||
           kind == CMD_UNMERGE || kind == CMD_STATUS ||
           (kind >= CMD_APPROVE && kind != CMD_APPEAL) ||
           (is_of_round(kind) && kind != CMD_DONE);
}

/* Mostly the round of which that can be asked now. */
static struct command of_round(struct history *history, struct chance *chance,
                               enum command_kind kind, uint64_t person)
{
    uint32_t round = history->board->round + (kind == CMD_OPEN || kind == CMD_REVISE);

    if (chance_one_in(chance, 3)) {
        round = chance_below(chance, history->board->definition.rounds_count + 2);
    }
    struct command command = history_round_command(history, kind, person, round);

    command.minutes = kind == CMD_EXTEND ? chance_below(chance, 20) : 0;
    if (kind == CMD_REVISE) {
        define_round(&command.definition->rounds[0], chance,
                     history->board->definition.themes_count);
        command.definition->rounds[0].final = chance_one_in(chance, 4);
    }
    if (chance_one_in(chance, 30)) {
        command.rule_hash.bytes[0] ^= kind == CMD_OPEN || kind == CMD_CLOSE ? 1 : 0;
    }
    return command;
}

static struct command merge(struct history *history, struct chance *chance, uint64_t person)
{
    struct command command = history_command(history, CMD_MERGE, person);

    command.idea = some_idea(history, chance);
    command.ideas_count = 1 + chance_below(chance, 2);
    for (uint32_t i = 0; i < command.ideas_count; i++) {
        command.ideas[i] = some_idea(history, chance);
    }
    return command;
}

static struct command declare(struct history *history, struct chance *chance, uint64_t person)
{
    struct command command = history_command(history, CMD_DECLARE, person);

    command.ideas_count = chance_below(chance, 3);
    for (uint32_t i = 0; i < command.ideas_count; i++) {
        command.ideas[i] = chance_below(chance, 4);
    }
    return command;
}

static void complete_moderation(struct command *command, struct history *history,
                                struct chance *chance)
{
    enum command_kind kind = command->kind;

    command->target = chance_below(chance, 4);
    if (kind == CMD_RESOLVE) {
        command->target = chance_below(chance, (uint32_t)history->board->reports_count + 2);
        command->resolution =
            chance_one_in(chance, 2) ? RESOLUTION_UPHELD : RESOLUTION_DISMISSED;
    }
    if (kind == CMD_TAKE && chance_one_in(chance, 3)) {
        command->idea = 0;
    }
    if (kind == CMD_UNDO) { /* of an idea or of a report */
        bool report = chance_one_in(chance, 2);

        command->idea = report ? 0 : command->idea;
        command->target =
            report ? chance_below(chance, (uint32_t)history->board->reports_count + 2) : 0;
    }
    command->theme = kind == CMD_RETHEME ? chance_below(chance, 4) : 0;
    command->until_ms = kind == CMD_SUSPEND ? history->now_ms + chance_below(chance, 60000) : 0;
    command->chosen_ms = kind == CMD_TAKE ? history->now_ms : 0;
    if (kind == CMD_APPEAL || kind == CMD_REDACT) {
        command->text = history_text(history, chance_below(chance, 40));
    }
}

static void complete(struct command *command, struct history *history, struct chance *chance)
{
    enum command_kind kind = command->kind;

    if (kind == CMD_ROLE) {
        command->role = (enum role)chance_below(chance, 5);
        command->target = someone(chance);
    } else if (kind == CMD_EPOCH) {
        command->target = 1 + chance_below(chance, 3);
    } else if (kind == CMD_IMPORT) {
        memcpy(command->source.system, "polis", sizeof "polis");
        command->done = chance_one_in(chance, 2);
    } else if (kind == CMD_PERSON) {
        command->assurance = (enum assurance)chance_below(chance, 6);
    } else if (kind == CMD_ERASE) {
        command->erasure = chance_one_in(chance, 2) ? ERASURE_TEXTS : ERASURE_ANONYMOUS;
    } else if (kind != CMD_RENAME) {
        command->idea = some_idea(history, chance);
        command->target = kind == CMD_REPORT ? chance_below(chance, 4) : 0;
        command->idea = kind == CMD_REPORT && chance_one_in(chance, 5) ? 0 : command->idea;
        command->on = kind == CMD_FOLLOW && !chance_one_in(chance, 3);
    }
    if (kind >= CMD_APPROVE) {
        complete_moderation(command, history, chance);
    }
    command->held = kind == CMD_EDIT && chance_one_in(chance, 6);
    if (kind == CMD_STATUS) {
        command->status = (enum followup_status)chance_below(chance, FOLLOWUP_DONE + 1);
        command->next_by = chance_one_in(chance, 4) ? 20261123 + chance_below(chance, 12) : 0;
        command->text = history_text(history, chance_below(chance, 1100));
    }
}

static struct command some_command(struct history *history, struct chance *chance)
{
    enum command_kind kind = some_kind(history, chance);
    bool staff = is_of_staff(kind) && !chance_one_in(chance, 6);
    uint64_t person = staff ? some_staff(history, chance) : someone(chance);

    if (kind == CMD_VOTE || kind == CMD_UNVOTE) {
        return story_ballot(history, chance, person);
    }
    if (kind == CMD_POST) {
        return post(history, chance, person);
    }
    if (kind == CMD_SERVE) {
        return serve(history, chance, person);
    }
    if (kind == CMD_MERGE) {
        return merge(history, chance, person);
    }
    if (kind == CMD_DECLARE) {
        return declare(history, chance, person);
    }
    if (is_of_round(kind)) {
        return of_round(history, chance, kind, person);
    }
    struct command command = history_command(history, kind, person);

    complete(&command, history, chance);
    return command;
}

/* Now and then a gesture that was begun a while before it arrives. */
static void begin_earlier(struct command *command, struct chance *chance)
{
    if (!op_is_none(command->op) && chance_one_in(chance, 6)) {
        command->op.high -= (uint64_t)chance_below(chance, 60000) << 16;
    }
}

struct decision story_step(struct history *history, struct chance *chance)
{
    if (chance_one_in(chance, 4)) {
        history->now_ms += chance_below(chance, 200) * UINT64_C(1000) / 4;
    }
    if (chance_one_in(chance, 12)) {
        return history_repeat(history, 1 + chance_below(chance, (uint32_t)history->count - 1));
    }
    struct command command = some_command(history, chance);

    begin_earlier(&command, chance);
    if (chance_one_in(chance, 40)) {
        command.epoch++;
    }
    if (chance_one_in(chance, 40)) {
        command.at_ms = 1 + chance_below(chance, 1000000);
    }
    return history_add(history, &command);
}
