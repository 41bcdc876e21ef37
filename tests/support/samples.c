#include "support/samples.h"

#include "base/mem.h"

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
    };
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
    out->rounds[1].scores = SCORES_CLOSED;
    out->rounds[1].prompt = (struct text_use){0};
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

static void sample_serve(struct command *command, bool all)
{
    command->chosen_at = all ? 987654 : 0;
    command->ideas_count = all ? LIMIT_SERVE_COUNT : 0;
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        command->ideas[i] = 100000 - i;
    }
}

static void sample_create(struct command *command, bool all)
{
    command->definition = mem_alloc(sizeof *command->definition);
    if (all) {
        sample_definition(command->definition);
    } else {
        definition_init(command->definition);
    }
}

static void sample_source(struct command *command)
{
    memcpy(command->source.system, "polis", sizeof "polis");
    memcpy(command->source.id, "8xkz3", sizeof "8xkz3");
}

/* What the kind has beside the idea and the text. */
static void sample_payload(struct command *command, bool all)
{
    if (command->kind == CMD_CREATE) {
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
    }
}

static bool has_idea(enum command_kind kind)
{
    return kind == CMD_EDIT || kind == CMD_WITHDRAW || kind == CMD_VOTE || kind == CMD_UNVOTE ||
           kind == CMD_SKIP || kind == CMD_REPORT || kind == CMD_HIDE || kind == CMD_RESTORE;
}

static bool has_text(enum command_kind kind)
{
    return kind == CMD_EDIT || kind == CMD_RENAME || kind == CMD_REPORT || kind == CMD_HIDE;
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
    if (kind == CMD_IMPORT ? all : (kind == CMD_POST && import)) {
        sample_source(&command);
    }
    sample_payload(&command, all);
    return command;
}
