#include "support/history.h"

#include "base/mem.h"
#include "core/serve.h"
#include "wire/entry.h"

#include <assert.h>
#include <string.h>

static const uint64_t began_ms = UINT64_C(1795428000000); /* 2026-11-23T10:00:00Z */

void history_init(struct history *history)
{
    *history = (struct history){.board = board_create(), .now_ms = began_ms};
    effects_init(&history->effects);
}

void history_finish(struct history *history)
{
    for (size_t i = 0; i < history->count; i++) {
        buf_finish(&history->log[i].bytes);
    }
    mem_free(history->log);
    effects_finish(&history->effects);
    board_destroy(history->board);
}

void history_define(struct definition *definition)
{
    definition_init(definition);
    memcpy(definition->key_id, "abcdefghijkl", sizeof "abcdefghijkl");
    memcpy(definition->slug, "foret", sizeof "foret");
    memset(definition->title.ref.bytes, 7, sizeof definition->title.ref.bytes);
    definition->title.length = 5;
}

void history_start(struct history *history, void (*define)(struct definition *))
{
    static const uint64_t guests[] = {AUTHOR, JUDGE, OTHER, THIRD};

    history_init(history);
    enum err err = history_create(history, define);

    for (size_t i = 0; i < sizeof guests / sizeof *guests && !err; i++) {
        err = history_person(history, guests[i], ASSURANCE_GUEST);
    }
    if (!err) {
        err = history_role(history, STAFF, ROLE_MODERATOR);
    }
    if (!err) {
        err = history_role(history, LEAD, ROLE_LEAD);
    }
    assert(!err);
    (void)err;
}

struct op history_op(struct history *history)
{
    history->made++;
    return (struct op){.high = history->now_ms << 16, .low = hash_mix(history->made)};
}

struct text_use history_text(struct history *history, uint32_t length)
{
    struct text_use text = {.length = length};
    uint64_t random = hash_mix(++history->made);

    for (size_t i = 0; i < sizeof text.hash.bytes; i++) {
        text.hash.bytes[i] = (unsigned char)(random >> (i % 8 * 8));
    }
    memcpy(text.ref.bytes, text.hash.bytes, sizeof text.ref.bytes);
    return text;
}

static enum reason history_reason(enum command_kind kind)
{
    bool has = kind == CMD_REPORT || kind == CMD_HIDE || kind == CMD_REDACT ||
               kind == CMD_SUSPEND || kind == CMD_UNNAME;

    return has ? REASON_SPAM : REASON_NONE;
}

struct command history_command(struct history *history, enum command_kind kind, uint64_t person)
{
    struct command command = {
        .kind = kind,
        .person = person,
        .epoch = history->board->version ? history->board->epoch : HISTORY_EPOCH,
        .reason = history_reason(kind),
        .choice = kind == CMD_VOTE ? CHOICE_AGREE : CHOICE_NONE,
    };

    if (person) {
        command.op = history_op(history);
    }
    if (kind == CMD_REVISE) {
        command.definition = mem_alloc(sizeof *command.definition);
        definition_init(command.definition);
    }
    if (kind == CMD_DEFINE) {
        command.definition = mem_alloc(sizeof *command.definition);
        *command.definition = history->board->definition; /* as it is */
        if (!history->board->version) {
            history_define(command.definition);
        }
    }
    command.on = kind == CMD_FOLLOW;
    command.resolution = kind == CMD_RESOLVE ? RESOLUTION_UPHELD : RESOLUTION_NONE;
    if (kind == CMD_POST || kind == CMD_EDIT || kind == CMD_RENAME) {
        command.text = history_text(history, HISTORY_TEXT_LENGTH);
    }
    return command;
}

struct decision history_add_bytes(struct history *history, struct view bytes)
{
    history->log =
        mem_reserve(history->log, history->count, &history->room, sizeof *history->log);
    struct logged *logged = &history->log[history->count];

    *logged = (struct logged){.id = {history->now_ms, history->seq++}};
    buf_add_view(&logged->bytes, bytes);
    struct entry entry = {.id = logged->id, .bytes = buf_view(&logged->bytes)};
    enum err err = entry_parse(entry.bytes, &entry.command);

    assert(!err);
    (void)err;
    history->count++;
    board_apply(history->board, &entry, &history->effects);
    command_finish(&entry.command);
    logged->decision = history->effects.decision;
    return logged->decision;
}

struct decision history_add(struct history *history, struct command *command)
{
    AUTO_BUF bytes = {0};

    entry_write(&bytes, command);
    command_finish(command);
    return history_add_bytes(history, buf_view(&bytes));
}

struct decision history_repeat(struct history *history, size_t index)
{
    AUTO_BUF bytes = {0};

    buf_add_view(&bytes, buf_view(&history->log[index].bytes));
    return history_add_bytes(history, buf_view(&bytes));
}

void history_fold(const struct history *history, struct board *board, size_t from, size_t to)
{
    struct effects effects;

    effects_init(&effects);
    for (size_t i = from; i < to; i++) {
        struct entry entry = {.id = history->log[i].id,
                              .bytes = buf_view(&history->log[i].bytes)};
        enum err err = entry_parse(entry.bytes, &entry.command);

        assert(!err);
        (void)err;
        board_apply(board, &entry, &effects);
        command_finish(&entry.command);
    }
    effects_finish(&effects);
}

struct board *history_replay_without(const struct history *history,
                                     const struct omission *omission)
{
    struct board *board = board_create();

    board->omission = *omission;
    history_fold(history, board, 0, history->count);
    return board;
}

struct board *history_replay(const struct history *history, size_t count)
{
    struct board *board = board_create();

    history_fold(history, board, 0, count);
    return board;
}

enum err history_create(struct history *history, void (*define)(struct definition *))
{
    struct command command = history_command(history, CMD_CREATE, 0);

    command.definition = mem_alloc(sizeof *command.definition);
    history_define(command.definition);
    if (define) {
        define(command.definition);
    }
    return history_add(history, &command).err;
}

enum err history_person(struct history *history, uint64_t person, enum assurance assurance)
{
    struct command command = history_command(history, CMD_PERSON, person);

    command.op = (struct op){0, 0};
    command.assurance = assurance;
    return history_add(history, &command).err;
}

enum err history_role(struct history *history, uint64_t target, enum role role)
{
    struct command command = history_command(history, CMD_ROLE, 0);

    command.target = target;
    command.role = role;
    return history_add(history, &command).err;
}

enum err history_post(struct history *history, uint64_t person)
{
    struct command command = history_command(history, CMD_POST, person);

    return history_add(history, &command).err;
}

enum err history_reply(struct history *history, uint64_t person, enum relation relation,
                       uint32_t parent)
{
    struct command command = history_command(history, CMD_POST, person);

    command.relation = relation;
    command.parent = parent;
    return history_add(history, &command).err;
}

enum err history_vote(struct history *history, uint64_t person, uint32_t idea,
                      enum choice choice)
{
    struct command command = history_command(history, CMD_VOTE, person);

    command.idea = idea;
    command.choice = choice;
    return history_add(history, &command).err;
}

enum err history_serve(struct history *history, uint64_t person, uint32_t idea)
{
    struct command command = history_command(history, CMD_SERVE, person);

    command.chosen_at = history->board->version;
    command.chosen_ms = history->now_ms;
    command.ideas[command.ideas_count++] = idea;
    return history_add(history, &command).err;
}

enum err history_on(struct history *history, enum command_kind kind, uint64_t person,
                    uint32_t idea)
{
    struct command command = history_command(history, kind, person);

    command.idea = idea;
    return history_add(history, &command).err;
}

enum err history_hide(struct history *history, uint64_t person, uint32_t idea)
{
    return history_on(history, CMD_HIDE, person, idea);
}

enum err history_report(struct history *history, uint64_t person, uint32_t idea)
{
    return history_on(history, CMD_REPORT, person, idea);
}

enum err history_import(struct history *history, bool done)
{
    struct command command = history_command(history, CMD_IMPORT, 0);

    memcpy(command.source.system, "polis", sizeof "polis");
    memcpy(command.source.id, "import-1", sizeof "import-1");
    command.done = done;
    return history_add(history, &command).err;
}

struct command history_round_command(struct history *history, enum command_kind kind,
                                     uint64_t person, uint32_t round)
{
    struct command command = history_command(history, kind, person);
    const struct board *board = history->board;
    bool closes = board->round && !board->rounds[board->round - 1].closed_version;

    command.round = round;
    if (closes && (kind == CMD_OPEN || kind == CMD_CLOSE)) {
        command.rule_hash = board_round(board)->rule_hash;
    }
    return command;
}

enum err history_round(struct history *history, enum command_kind kind, uint64_t person,
                       uint32_t round)
{
    struct command command = history_round_command(history, kind, person, round);

    return history_add(history, &command).err;
}

enum err history_open(struct history *history, uint32_t round)
{
    return history_round(history, CMD_OPEN, LEAD, round);
}

enum err history_close(struct history *history, uint32_t round)
{
    return history_round(history, CMD_CLOSE, LEAD, round);
}

enum err history_extend(struct history *history, uint32_t round, uint32_t minutes)
{
    struct command command = history_round_command(history, CMD_EXTEND, LEAD, round);

    command.minutes = minutes;
    return history_add(history, &command).err;
}

enum err history_revise(struct history *history, uint32_t round,
                        const struct round_definition *definition)
{
    struct command command = history_round_command(history, CMD_REVISE, LEAD, round);

    command.definition->rounds[0] = *definition;
    return history_add(history, &command).err;
}

enum err history_merge(struct history *history, uint32_t into, uint32_t idea)
{
    struct command command = history_command(history, CMD_MERGE, STAFF);

    command.idea = into;
    command.ideas[command.ideas_count++] = idea;
    return history_add(history, &command).err;
}

enum err history_unmerge(struct history *history, uint32_t idea)
{
    return history_on(history, CMD_UNMERGE, STAFF, idea);
}

struct command history_choice(struct history *history, uint64_t person, uint32_t count)
{
    struct command command = history_command(history, CMD_SERVE, person);

    command.chosen_at = history->board->version;
    command.chosen_ms = history->now_ms;
    command.ideas_count = serve_choose(history->board, history_who(history, person),
                                       history->now_ms, count, command.ideas);
    return command;
}

enum err history_declare(struct history *history, uint64_t person, uint32_t count,
                         const uint32_t *groups)
{
    struct command command = history_command(history, CMD_DECLARE, person);

    command.ideas_count = count;
    for (uint32_t i = 0; i < count; i++) {
        command.ideas[i] = groups[i];
    }
    return history_add(history, &command).err;
}

const struct idea *history_idea(const struct history *history, uint32_t number)
{
    const struct idea *idea = board_idea(history->board, number);

    assert(idea);
    return idea;
}

const struct person *history_who(const struct history *history, uint64_t key)
{
    const struct person *person =
        board_person(history->board, board_person_number(history->board, key));

    assert(person);
    return person;
}
