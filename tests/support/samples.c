#include "support/samples.h"

#include "base/mem.h"
#include "wire/rule.h"

#include <string.h>

static struct text_use sample_text(unsigned char first, uint32_t length)
{
    struct text_use text = {.length = length};

    memset(text.ref.bytes, first, sizeof text.ref.bytes);
    memset(text.hash.bytes, 255 - first, sizeof text.hash.bytes);
    return text;
}

static void sample_round(struct round_definition *out, unsigned char first)
{
    *out = (struct round_definition){
        .title = sample_text(first, 8),
        .prompt = sample_text((unsigned char)(first + 1), 80),
        .allows = ALLOW_POST | ALLOW_VOTE,
        .compete = 1u << RELATION_ADAPT | 1u << RELATION_EXPLORE,
        .ballots = BALLOTS_SERVED,
        .scores = SCORES_AFTER_VOTE,
        .posts_per_person = 5,
        .votes_per_person = 30,
        .serving_s = 90,
        .counts = COUNTS_FRESH,
        .reveal = REVEAL_BY_LEAD,
        .opens_at_ms = UINT64_C(1795428000000) + first,
        .closes_at_ms = UINT64_C(1795514400000) + first,
        .minutes = 10,
        .rule = {.keep = KEEP_SHARE,
                 .ppm = 55000,
                 .min_judges = 12,
                 .quotas = {{.theme = 3, .at_least = 2}, {.theme = 1, .at_least = 1}},
                 .quotas_count = 2},
    };
    out->rule_hash = rule_hash(&out->rule);
}

static void sample_final(struct round_definition *out)
{
    out->scores = SCORES_CLOSED;
    out->prompt = (struct text_use){0};
    out->final = true;
    out->allows = ALLOW_BUILD | ALLOW_VOTE;
    out->rule = (struct rule){.min_judges = 5, .carry_over = true};
    out->rule_hash = rule_hash(&out->rule);
}

void sample_definition(struct definition *out)
{
    *out = (struct definition){
        .key_id = "k7n2abcdefgh",
        .slug = "foret-2026",
        .lang = "en-GB",
        .title = sample_text(1, 5),
        .question = sample_text(2, 6),
        .about = sample_text(3, 2000),
        .visibility = VISIBILITY_PRIVATE,
        .entry = ENTRY_TICKET,
        .own_ballots_count = true,
        .staff_ballots_count = true,
        .publish_log = true,
        .draft = true,
        .idea_min = 1,
        .idea_max = 2000,
        .themes = {"Mobilité", "Eau \"vive\"", "森林"},
        .themes_count = 3,
        .groups = {"Nord"},
        .groups_count = 1,
        .rounds_count = 2,
    };
    sample_round(&out->rounds[0], 10);
    sample_round(&out->rounds[1], 20);
    sample_final(&out->rounds[1]);
}

static void sample_post(struct command *command, bool all)
{
    command->text = sample_text(0x5A, 280);
    if (!all) {
        return;
    }
    command->relation = RELATION_ADAPT;
    command->parent = 12;
    command->with = 7;
    command->theme = 3;
    command->seed = true;
    command->source_text = sample_text(0x6B, 44);
    memcpy(command->lang, "fr", sizeof "fr");
}

static void sample_numbers(struct command *command, uint32_t count)
{
    command->ideas_count = count;
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        command->ideas[i] = 100000 - i;
    }
}

static void sample_serve(struct command *command, bool all)
{
    command->chosen_at = all ? 987654 : 0;
    command->chosen_ms = all ? UINT64_C(1795428000000) : 0;
    sample_numbers(command, all ? LIMIT_SERVE_COUNT : 0);
}

static struct digest sample_digest(unsigned char byte)
{
    struct digest digest;

    memset(digest.bytes, byte, sizeof digest.bytes);
    return digest;
}

static bool is_of_round(enum command_kind kind)
{
    return kind >= CMD_OPEN && kind <= CMD_DONE && kind != CMD_DECLARE;
}

static void sample_round_act(struct command *command, bool all)
{
    command->round = all ? LIMIT_ROUNDS : 0;
    if (command->kind == CMD_EXTEND) {
        command->minutes = all ? LIMIT_ROUND_MINUTES : 0;
    } else if (command->kind == CMD_OPEN || command->kind == CMD_CLOSE) {
        command->rule_hash = sample_digest(all ? 0xC4 : 0);
    } else if (command->kind == CMD_REVISE) {
        command->definition = mem_alloc(sizeof *command->definition);
        definition_init(command->definition);
        command->definition->rounds[0].rule_hash =
            rule_hash(&command->definition->rounds[0].rule);
        if (all) {
            sample_round(&command->definition->rounds[0], 40);
        }
    }
}

static void sample_create(struct command *command, bool all)
{
    command->definition = mem_alloc(sizeof *command->definition);
    if (all) {
        sample_definition(command->definition);
    } else {
        definition_init(command->definition);
        command->definition->rounds[0].rule_hash =
            rule_hash(&command->definition->rounds[0].rule);
    }
}

static void sample_source(struct command *command)
{
    memcpy(command->source.system, "polis", sizeof "polis");
    memcpy(command->source.id, "8xkz3", sizeof "8xkz3");
}

static bool is_of_idea(enum command_kind kind)
{
    return kind == CMD_APPROVE || kind == CMD_REDACT || kind == CMD_RETHEME ||
           kind == CMD_APPEAL || kind == CMD_TAKE || kind == CMD_UNDO;
}

static bool is_of_person(enum command_kind kind)
{
    return kind == CMD_SUSPEND || kind == CMD_UNSUSPEND || kind == CMD_UNNAME ||
           kind == CMD_RESOLVE || kind == CMD_UNDO;
}

static bool has_words(enum command_kind kind)
{
    return kind == CMD_REDACT || kind == CMD_SUSPEND || kind == CMD_ANNOUNCE ||
           kind == CMD_APPEAL;
}

static void sample_moderation(struct command *command, bool all)
{
    enum command_kind kind = command->kind;

    command->idea = is_of_idea(kind) ? 1 << 20 : 0;
    command->target = is_of_person(kind) ? 1 << 24 : 0;
    if (has_words(kind) && all) {
        command->text = sample_text(0x66, 40);
    }
    if (kind == CMD_REDACT || kind == CMD_SUSPEND || kind == CMD_UNNAME) {
        command->reason = all ? REASON_PERSONAL_DATA : REASON_OTHER;
    }
    command->theme = kind == CMD_RETHEME && all ? 3 : 0;
    command->until_ms = kind == CMD_SUSPEND ? UINT64_C(1795428000000) : 0;
    command->chosen_ms = kind == CMD_TAKE ? UINT64_C(1795428000000) : 0;
    command->on = (kind == CMD_FREEZE || kind == CMD_PREMODERATE) && all;
    if (kind == CMD_PREMODERATE && all) {
        command->from_minute = 1320;
        command->until_minute = 480;
    }
    if (kind == CMD_RESOLVE) {
        command->resolution = all ? RESOLUTION_DISMISSED : RESOLUTION_UPHELD;
    }
}

/* What the kind has beside the idea and the text. */
static void sample_payload(struct command *command, bool all)
{
    if (command->kind == CMD_CREATE || command->kind == CMD_DEFINE) {
        sample_create(command, all);
    } else if (command->kind == CMD_POST) {
        sample_post(command, all);
    } else if (command->kind == CMD_SERVE) {
        sample_serve(command, all);
    } else if (command->kind == CMD_ROLE || command->kind == CMD_EPOCH) {
        command->target = UINT64_C(0xFEDCBA9876543210);
        command->role = command->kind == CMD_ROLE ? ROLE_LEAD : ROLE_VISITOR;
    } else if (command->kind == CMD_REPORT || command->kind == CMD_HIDE) {
        command->reason = REASON_PERSONAL_DATA;
        command->target = all ? 33 : 0;
    } else if (command->kind == CMD_VOTE) {
        command->choice = all ? CHOICE_DISAGREE : CHOICE_PASS;
    } else if (command->kind == CMD_PERSON) {
        command->assurance = all ? ASSURANCE_PROXY : ASSURANCE_GUEST;
    } else if (command->kind == CMD_IMPORT) {
        command->done = all;
    } else if (command->kind == CMD_MERGE) {
        sample_numbers(command, all ? LIMIT_MERGE_COUNT : 1);
    } else if (command->kind == CMD_DECLARE) {
        sample_numbers(command, all ? LIMIT_COMMAND_NUMBERS : 0);
    } else if (command->kind == CMD_FOLLOW) {
        command->on = all;
    } else if (command->kind == CMD_STATUS) {
        command->status = all ? FOLLOWUP_DONE : FOLLOWUP_PUBLISHED;
        command->next_by = all ? 20261123 : 0;
    } else if (command->kind == CMD_STATE) {
        command->board_state = all ? BOARD_ARCHIVED : BOARD_OPEN;
    } else if (command->kind == CMD_INVITE) {
        command->role = all ? ROLE_MODERATOR : ROLE_PARTICIPANT;
        command->count = all ? LIMIT_INVITATIONS : 1;
    } else if (command->kind == CMD_HANDS) {
        command->hands = (struct hands){all ? LIMIT_HANDS : 0, all ? 2 : 0, all ? 1 : 0};
    } else if (command->kind == CMD_TELL) {
        command->told = (struct group_tally){all ? LIMIT_GROUPS : 1, all ? LIMIT_PEOPLE : 0,
                                             all ? LIMIT_PEOPLE : 1};
    } else if (command->kind == CMD_INTAKE) {
        command->rows = all ? LIMIT_IMPORT_ROWS : 1;
        command->first = all ? LIMIT_IDEAS : 0;
    } else if (command->kind == CMD_ERASE) {
        command->erasure = all ? ERASURE_ANONYMOUS : ERASURE_TEXTS;
    } else if (is_of_round(command->kind)) {
        sample_round_act(command, all);
    } else if (command->kind >= CMD_APPROVE) {
        sample_moderation(command, all);
    }
}

static bool has_idea(enum command_kind kind)
{
    return kind == CMD_EDIT || kind == CMD_WITHDRAW || kind == CMD_VOTE || kind == CMD_UNVOTE ||
           kind == CMD_SKIP || kind == CMD_REPORT || kind == CMD_HIDE || kind == CMD_RESTORE ||
           kind == CMD_MERGE || kind == CMD_UNMERGE || kind == CMD_FOLLOW ||
           kind == CMD_STATUS || kind == CMD_HANDS || kind == CMD_TELL;
}

static bool has_text(enum command_kind kind)
{
    return kind == CMD_EDIT || kind == CMD_RENAME || kind == CMD_REPORT || kind == CMD_HIDE ||
           kind == CMD_MERGE || kind == CMD_STATUS;
}

struct command sample_command(enum command_kind kind, unsigned variant)
{
    bool all = variant != 1;
    bool import = variant == 2;
    struct command command = {
        .kind = kind,
        .person = all ? UINT64_C(0x0123456789ABCDEF) : 0,
        .op = all ? (struct op){UINT64_C(0x01A2B3C4D5E6F708), UINT64_C(0x0F1E2D3C4B5A6978)}
                  : (struct op){0, 0},
        .epoch = UINT64_C(0xAABBCCDDEEFF0011),
        .at_ms = import ? UINT64_C(1500000000000) : 0,
    };

    command.idea = has_idea(kind) ? 1 << 20 : 0;
    if (has_text(kind) && all) {
        command.text = sample_text(0x77, 12);
    }
    bool is_of_import = kind == CMD_IMPORT || kind == CMD_INTAKE || kind == CMD_UNIMPORT;

    if (is_of_import ? all : (kind == CMD_POST && import)) {
        sample_source(&command);
    }
    command.held = (kind == CMD_EDIT || kind == CMD_POST) && all && !import;
    sample_payload(&command, all);
    return command;
}
