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

static void define(struct definition *definition, struct chance *chance)
{
    struct round_definition *round = &definition->rounds[0];

    history_define(definition);
    definition->own_ballots_count = chance_one_in(chance, 4);
    definition->staff_ballots_count = chance_one_in(chance, 4);
    definition->themes_count = chance_below(chance, 3);
    round->ballots = chance_one_in(chance, 3) ? BALLOTS_SERVED : BALLOTS_ANY;
    round->compete = chance_one_in(chance, 2) ? round->compete : chance_below(chance, 32);
    round->posts_per_person = chance_one_in(chance, 3) ? 1 + chance_below(chance, 4) : 0;
    round->votes_per_person = chance_one_in(chance, 3) ? 1 + chance_below(chance, 4) : 0;
    round->serving_s = 30 + chance_below(chance, 600);
    if (chance_one_in(chance, 10)) {
        round->allows = chance_below(chance, 8);
    }
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
    struct command command = history_command(history, CMD_SERVE, person);

    command.chosen_at = history->board->version;
    command.ideas_count = chance_below(chance, 4);
    for (uint32_t i = 0; i < command.ideas_count; i++) {
        command.ideas[i] = some_idea(history, chance);
    }
    return command;
}

static enum command_kind some_kind(struct chance *chance)
{
    static const enum command_kind often[] = {
        CMD_POST,   CMD_POST,    CMD_SERVE,   CMD_SERVE, CMD_SERVE,    CMD_SKIP,   CMD_HIDE,
        CMD_HIDE,   CMD_RESTORE, CMD_RESTORE, CMD_EDIT,  CMD_WITHDRAW, CMD_REPORT, CMD_REPORT,
        CMD_REPORT, CMD_VOTE,    CMD_VOTE,    CMD_VOTE,  CMD_VOTE,     CMD_VOTE,   CMD_VOTE,
    };
    const uint32_t count = sizeof often / sizeof *often;

    /* Now and then any kind but a creation. */
    return chance_one_in(chance, 10)
               ? (enum command_kind)(1 + chance_below(chance, COMMAND_KINDS - 1))
               : often[chance_below(chance, count)];
}

static struct command some_command(struct history *history, struct chance *chance)
{
    enum command_kind kind = some_kind(chance);
    uint64_t person = someone(chance);

    if (kind == CMD_VOTE || kind == CMD_UNVOTE) {
        return story_ballot(history, chance, person);
    }
    if (kind == CMD_POST) {
        return post(history, chance, person);
    }
    if (kind == CMD_SERVE) {
        return serve(history, chance, person);
    }
    struct command command = history_command(history, kind, person);

    if (kind == CMD_ROLE) {
        command.role = (enum role)chance_below(chance, 5);
        command.target = someone(chance);
    } else if (kind == CMD_EPOCH) {
        command.target = 1 + chance_below(chance, 3);
    } else if (kind == CMD_IMPORT) {
        memcpy(command.source.system, "polis", sizeof "polis");
        command.done = chance_one_in(chance, 2);
    } else if (kind == CMD_PERSON) {
        command.assurance = (enum assurance)chance_below(chance, 6);
    } else if (kind != CMD_RENAME) {
        command.idea = some_idea(history, chance);
        command.target = kind == CMD_REPORT ? chance_below(chance, 4) : 0;
    }
    return command;
}

struct outcome story_step(struct history *history, struct chance *chance)
{
    if (chance_one_in(chance, 4)) {
        history->now_ms += chance_below(chance, 200) * UINT64_C(1000);
    }
    if (chance_one_in(chance, 12)) {
        return history_repeat(history, 1 + chance_below(chance, (uint32_t)history->count - 1));
    }
    struct command command = some_command(history, chance);

    if (chance_one_in(chance, 40)) {
        command.epoch++;
    }
    if (chance_one_in(chance, 40)) {
        command.at_ms = 1 + chance_below(chance, 1000000);
    }
    return history_add(history, &command);
}
