#include "wire/entry.h"

#include "base/mem.h"
#include "wire/definition.h"
#include "wire/names.h"
#include "wire/round.h"
#include "wire/scan.h"
#include "wire/texts.h"

#include <string.h>

/* Writing: every item but the first brings its comma. */

static void write_null(struct buf *to)
{
    buf_add_text(to, ",null");
}

static void write_uint(struct buf *to, uint64_t value)
{
    buf_add_char(to, ',');
    buf_add_uint(to, value);
}

static void write_string(struct buf *to, const char *text)
{
    buf_add_text(to, ",\"");
    buf_add_text(to, text);
    buf_add_char(to, '"');
}

static void write_key(struct buf *to, uint64_t key)
{
    buf_add_text(to, ",\"");
    buf_add_hex64(to, key);
    buf_add_char(to, '"');
}

static void write_text(struct buf *to, const struct text_use *text)
{
    if (ref_is_none(text->ref)) {
        write_null(to);
        return;
    }
    buf_add_char(to, ',');
    text_use_write(to, text);
}

static void write_source(struct buf *to, const struct source *source)
{
    if (!source->system[0]) {
        write_null(to);
        return;
    }
    buf_printf(to, ",[\"%s\",\"%s\"]", source->system, source->id);
}

/* What sets a post apart, as a set of bits. */
enum post_flag {
    POST_SEED = 1,
    POST_HELD = 2,
    POST_PROXY = 4
};

static unsigned post_flags(const struct command *command)
{
    return (command->seed ? POST_SEED : 0u) | (command->held ? POST_HELD : 0u) |
           (command->proxy ? POST_PROXY : 0u);
}

static void write_post(struct buf *to, const struct command *command)
{
    write_string(to, name_of_relation(command->relation));
    write_uint(to, command->parent);
    write_uint(to, command->with);
    write_uint(to, command->theme);
    write_string(to, command->lang);
    write_text(to, &command->text);
    write_text(to, &command->source_text);
    write_source(to, &command->source);
    write_uint(to, post_flags(command));
}

static void write_report(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_uint(to, command->target);
    write_string(to, name_of_reason(command->reason));
    write_text(to, &command->text);
}

static void write_numbers(struct buf *to, const struct command *command)
{
    buf_add_text(to, ",[");
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        buf_printf(to, "%s%u", i ? "," : "", command->ideas[i]);
    }
    buf_add_char(to, ']');
}

static void write_serve(struct buf *to, const struct command *command)
{
    write_uint(to, command->chosen_at);
    write_uint(to, command->chosen_ms);
    write_numbers(to, command);
}

static void write_merge(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_numbers(to, command);
    write_text(to, &command->text);
}

/* The round, and the rule that is applied where the entry closes one. */
static void write_round(struct buf *to, const struct command *command)
{
    static const struct digest none;

    write_uint(to, command->round);
    if (command->kind == CMD_EXTEND) {
        write_uint(to, command->minutes);
    } else if (command->kind == CMD_REVISE) {
        buf_add_char(to, ',');
        round_definition_write(to, &command->definition->rounds[0]);
    } else if (command->kind != CMD_OPEN && command->kind != CMD_CLOSE) {
        return;
    } else if (memcmp(&command->rule_hash, &none, sizeof none) == 0) {
        write_null(to);
    } else {
        buf_add_text(to, ",\"");
        buf_add_hex(to, command->rule_hash.bytes, sizeof command->rule_hash.bytes);
        buf_add_char(to, '"');
    }
}

static void write_role(struct buf *to, const struct command *command)
{
    write_key(to, command->target);
    write_string(to, name_of_role(command->role));
}

static void write_invite(struct buf *to, const struct command *command)
{
    write_string(to, name_of_role(command->role));
    write_uint(to, command->count);
}

static void write_idea_text(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_text(to, &command->text);
}

static void write_edit(struct buf *to, const struct command *command)
{
    write_idea_text(to, command);
    if (command->held) {
        write_uint(to, 1);
    }
}

/* Idea, person, reason and words; where somebody is suspended, until when. */
static void write_suspend(struct buf *to, const struct command *command)
{
    write_report(to, command);
    write_uint(to, command->until_ms);
}

static void write_target(struct buf *to, const struct command *command)
{
    write_uint(to, command->target);
}

static void write_retheme(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_uint(to, command->theme);
}

static void write_switch(struct buf *to, const struct command *command)
{
    write_uint(to, command->on);
    if (command->kind == CMD_PREMODERATE) {
        write_uint(to, command->from_minute);
        write_uint(to, command->until_minute);
    }
}

static void write_resolve(struct buf *to, const struct command *command)
{
    write_uint(to, command->target);
    write_string(to, name_of_resolution(command->resolution));
}

static void write_undo(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_uint(to, command->target);
}

static void write_take(struct buf *to, const struct command *command)
{
    write_undo(to, command);
    write_uint(to, command->chosen_ms);
}

static void write_definition(struct buf *to, const struct command *command)
{
    buf_add_char(to, ',');
    definition_write(to, command->definition);
}

static void write_state(struct buf *to, const struct command *command)
{
    write_string(to, name_of_board_state(command->board_state));
}

static void write_import(struct buf *to, const struct command *command)
{
    write_source(to, &command->source);
    write_uint(to, command->done);
}

static void write_epoch(struct buf *to, const struct command *command)
{
    write_key(to, command->target);
}

static void write_person(struct buf *to, const struct command *command)
{
    write_string(to, name_of_assurance(command->assurance));
}

static void write_vote(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_string(to, name_of_choice(command->choice));
}

static void write_name(struct buf *to, const struct command *command)
{
    write_text(to, &command->text);
}

static void write_idea(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
}

static void write_follow(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_uint(to, command->on);
}

static void write_status(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_string(to, name_of_followup_status(command->status));
    write_text(to, &command->text);
    write_uint(to, command->next_by);
}

static void write_hands(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_uint(to, command->hands.agree);
    write_uint(to, command->hands.disagree);
    write_uint(to, command->hands.pass);
}

static void write_tell(struct buf *to, const struct command *command)
{
    write_uint(to, command->idea);
    write_uint(to, command->told.group);
    write_uint(to, command->told.agree);
    write_uint(to, command->told.judged);
}

static void write_erasure(struct buf *to, const struct command *command)
{
    write_string(to, name_of_erasure(command->erasure));
}

static void write_intake(struct buf *to, const struct command *command)
{
    write_source(to, &command->source);
    write_uint(to, command->rows);
    write_uint(to, command->first);
}

static void write_unimport(struct buf *to, const struct command *command)
{
    write_source(to, &command->source);
}

/* Reading: each reader leaves scan->failed set when the item is not what it should be. */

static void read_u32(struct scan *scan, uint32_t *out)
{
    uint64_t value = scan_uint(scan);

    scan->failed = scan->failed || value > UINT32_MAX;
    *out = (uint32_t)value;
}

static void read_bool(struct scan *scan, bool *out)
{
    uint64_t value = scan_uint(scan);

    scan->failed = scan->failed || value > 1;
    *out = value == 1;
}

static void read_key(struct scan *scan, uint64_t *out)
{
    if (!view_to_hex64(scan_hex(scan), out)) {
        scan->failed = true;
    }
}

static void read_chars(struct scan *scan, char *out, size_t size)
{
    struct view text = scan_string(scan);

    if (text.len >= size || !text_is_utf8(text)) {
        scan->failed = true;
        return;
    }
    if (text.len) {
        memcpy(out, text.ptr, text.len);
    }
    out[text.len] = '\0';
}

static void read_text(struct scan *scan, struct text_use *out)
{
    if (!scan_null(scan)) {
        text_use_read(scan, out);
    }
}

static void read_source(struct scan *scan, struct source *out)
{
    if (scan_null(scan)) {
        return;
    }
    scan_open(scan);
    read_chars(scan, out->system, sizeof out->system);
    read_chars(scan, out->id, sizeof out->id);
    scan_close(scan);
    scan->failed = scan->failed || !out->system[0]; /* none is written null */
}

static void check(struct scan *scan, bool ok)
{
    scan->failed = scan->failed || !ok;
}

static void read_post_flags(struct scan *scan, struct command *out)
{
    uint64_t flags = scan_uint(scan);

    out->seed = flags & POST_SEED;
    out->held = flags & POST_HELD;
    out->proxy = flags & POST_PROXY;
    check(scan, flags == post_flags(out)); /* no other bit */
}

static void read_post(struct scan *scan, struct command *out)
{
    check(scan, relation_of_name(scan_string(scan), &out->relation));
    read_u32(scan, &out->parent);
    read_u32(scan, &out->with);
    read_u32(scan, &out->theme);
    read_chars(scan, out->lang, sizeof out->lang);
    read_text(scan, &out->text);
    read_text(scan, &out->source_text);
    read_source(scan, &out->source);
    read_post_flags(scan, out);
}

static void read_report(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    out->target = scan_uint(scan);
    check(scan, reason_of_name(scan_string(scan), &out->reason));
    read_text(scan, &out->text);
}

static void read_numbers(struct scan *scan, struct command *out)
{
    scan_open(scan);
    while (scan_more(scan) && out->ideas_count < LIMIT_COMMAND_NUMBERS) {
        read_u32(scan, &out->ideas[out->ideas_count++]);
    }
    scan_close(scan);
}

static void read_serve(struct scan *scan, struct command *out)
{
    out->chosen_at = scan_uint(scan);
    out->chosen_ms = scan_uint(scan);
    read_numbers(scan, out);
}

static void read_merge(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    read_numbers(scan, out);
    read_text(scan, &out->text);
}

static void read_rule_hash(struct scan *scan, struct digest *out)
{
    static const struct digest none;

    if (!scan_null(scan)) {
        check(scan, view_to_bytes(scan_hex(scan), out->bytes, sizeof out->bytes) &&
                        memcmp(out, &none, sizeof none) != 0); /* none is written null */
    }
}

static void read_revision(struct scan *scan, struct command *out)
{
    struct view object = scan_object(scan);

    if (scan->failed) {
        return;
    }
    out->definition = mem_alloc(sizeof *out->definition);
    definition_init(out->definition);
    check(scan, round_definition_parse(object, &out->definition->rounds[0]) == OK);
}

static void read_round(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->round);
    if (out->kind == CMD_EXTEND) {
        read_u32(scan, &out->minutes);
    } else if (out->kind == CMD_REVISE) {
        read_revision(scan, out);
    } else if (out->kind == CMD_OPEN || out->kind == CMD_CLOSE) {
        read_rule_hash(scan, &out->rule_hash);
    }
}

static void read_definition(struct scan *scan, struct command *out)
{
    struct view object = scan_object(scan);

    if (scan->failed) {
        return;
    }
    out->definition = mem_alloc(sizeof *out->definition);
    if (definition_parse(object, out->definition)) {
        scan->failed = true;
    }
}

static void read_state(struct scan *scan, struct command *out)
{
    check(scan, board_state_of_name(scan_string(scan), &out->board_state));
}

static void read_import(struct scan *scan, struct command *out)
{
    read_source(scan, &out->source);
    read_bool(scan, &out->done);
}

static void read_epoch(struct scan *scan, struct command *out)
{
    read_key(scan, &out->target);
}

static void read_person(struct scan *scan, struct command *out)
{
    check(scan, assurance_of_name(scan_string(scan), &out->assurance));
}

static void read_role(struct scan *scan, struct command *out)
{
    read_key(scan, &out->target);
    check(scan, role_of_name(scan_string(scan), &out->role));
}

static void read_invite(struct scan *scan, struct command *out)
{
    check(scan, role_of_name(scan_string(scan), &out->role));
    read_u32(scan, &out->count);
}

static void read_vote(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    check(scan, choice_of_name(scan_string(scan), &out->choice));
}

static void read_name(struct scan *scan, struct command *out)
{
    read_text(scan, &out->text);
}

static void read_idea(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
}

static void read_idea_text(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    read_text(scan, &out->text);
}

/* The flag is written where it is set only; what follows otherwise is a time. */
static void read_edit(struct scan *scan, struct command *out)
{
    read_idea_text(scan, out);
    bool more = scan_more(scan);
    uint64_t next = more ? scan_uint(scan) : 0;

    check(scan, !more || next);
    out->held = next == 1;
    out->at_ms = next == 1 ? 0 : next;
}

static void read_suspend(struct scan *scan, struct command *out)
{
    read_report(scan, out);
    out->until_ms = scan_uint(scan);
}

static void read_target(struct scan *scan, struct command *out)
{
    out->target = scan_uint(scan);
}

static void read_retheme(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    read_u32(scan, &out->theme);
}

static void read_switch(struct scan *scan, struct command *out)
{
    read_bool(scan, &out->on);
    if (out->kind == CMD_PREMODERATE) {
        read_u32(scan, &out->from_minute);
        read_u32(scan, &out->until_minute);
    }
}

static void read_resolve(struct scan *scan, struct command *out)
{
    out->target = scan_uint(scan);
    check(scan, resolution_of_name(scan_string(scan), &out->resolution));
}

static void read_undo(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    out->target = scan_uint(scan);
}

static void read_take(struct scan *scan, struct command *out)
{
    read_undo(scan, out);
    out->chosen_ms = scan_uint(scan);
}

static void read_follow(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    read_bool(scan, &out->on);
}

static void read_status(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    check(scan, followup_status_of_name(scan_string(scan), &out->status));
    read_text(scan, &out->text);
    read_u32(scan, &out->next_by);
}

static void read_hands(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    read_u32(scan, &out->hands.agree);
    read_u32(scan, &out->hands.disagree);
    read_u32(scan, &out->hands.pass);
}

static void read_tell(struct scan *scan, struct command *out)
{
    read_u32(scan, &out->idea);
    read_u32(scan, &out->told.group);
    read_u32(scan, &out->told.agree);
    read_u32(scan, &out->told.judged);
}

static void read_erasure(struct scan *scan, struct command *out)
{
    check(scan, erasure_of_name(scan_string(scan), &out->erasure));
}

static void read_intake(struct scan *scan, struct command *out)
{
    read_source(scan, &out->source);
    read_u32(scan, &out->rows);
    read_u32(scan, &out->first);
}

static void read_unimport(struct scan *scan, struct command *out)
{
    read_source(scan, &out->source);
}

/* What each kind of entry has after its header. */
static const struct payload {
    void (*write)(struct buf *to, const struct command *command);
    void (*read)(struct scan *scan, struct command *out);
} payloads[COMMAND_KINDS] = {
    [CMD_CREATE] = {write_definition, read_definition},
    [CMD_DEFINE] = {write_definition, read_definition},
    [CMD_STATE] = {write_state, read_state},
    [CMD_IMPORT] = {write_import, read_import},
    [CMD_EPOCH] = {write_epoch, read_epoch},
    [CMD_PERSON] = {write_person, read_person},
    [CMD_ROLE] = {write_role, read_role},
    [CMD_POST] = {write_post, read_post},
    [CMD_EDIT] = {write_edit, read_edit},
    [CMD_WITHDRAW] = {write_idea, read_idea},
    [CMD_VOTE] = {write_vote, read_vote},
    [CMD_UNVOTE] = {write_idea, read_idea},
    [CMD_SERVE] = {write_serve, read_serve},
    [CMD_SKIP] = {write_idea, read_idea},
    [CMD_REPORT] = {write_report, read_report},
    [CMD_RENAME] = {write_name, read_name},
    [CMD_HIDE] = {write_report, read_report},
    [CMD_RESTORE] = {write_idea, read_idea},
    [CMD_MERGE] = {write_merge, read_merge},
    [CMD_UNMERGE] = {write_idea, read_idea},
    [CMD_OPEN] = {write_round, read_round},
    [CMD_PAUSE] = {write_round, read_round},
    [CMD_CLOSE] = {write_round, read_round},
    [CMD_REOPEN] = {write_round, read_round},
    [CMD_REVEAL] = {write_round, read_round},
    [CMD_EXTEND] = {write_round, read_round},
    [CMD_REVISE] = {write_round, read_round},
    [CMD_PREVIEW] = {write_round, read_round},
    [CMD_DECLARE] = {write_numbers, read_numbers},
    [CMD_DONE] = {write_round, read_round},
    [CMD_FOLLOW] = {write_follow, read_follow},
    [CMD_STATUS] = {write_status, read_status},
    [CMD_ERASE] = {write_erasure, read_erasure},
    [CMD_APPROVE] = {write_idea, read_idea},
    [CMD_REDACT] = {write_report, read_report},
    [CMD_RETHEME] = {write_retheme, read_retheme},
    [CMD_SUSPEND] = {write_suspend, read_suspend},
    [CMD_UNSUSPEND] = {write_target, read_target},
    [CMD_UNNAME] = {write_report, read_report},
    [CMD_ANNOUNCE] = {write_name, read_name},
    [CMD_FREEZE] = {write_switch, read_switch},
    [CMD_PREMODERATE] = {write_switch, read_switch},
    [CMD_APPEAL] = {write_idea_text, read_idea_text},
    [CMD_RESOLVE] = {write_resolve, read_resolve},
    [CMD_TAKE] = {write_take, read_take},
    [CMD_HANDS] = {write_hands, read_hands},
    [CMD_INVITE] = {write_invite, read_invite},
    [CMD_INTAKE] = {write_intake, read_intake},
    [CMD_UNIMPORT] = {write_unimport, read_unimport},
    [CMD_UNDO] = {write_undo, read_undo},
    [CMD_TELL] = {write_tell, read_tell},
};

void entry_write(struct buf *to, const struct command *command)
{
    buf_printf(to, "[\"%s\"", command_name(command->kind));
    if (command->person) {
        write_key(to, command->person);
    } else {
        write_null(to);
    }
    if (op_is_none(command->op)) {
        write_null(to);
    } else {
        buf_add_text(to, ",\"");
        op_write(to, command->op);
        buf_add_char(to, '"');
    }
    write_key(to, command->epoch);
    payloads[command->kind].write(to, command);
    if (command->at_ms) {
        write_uint(to, command->at_ms);
    }
    buf_add_char(to, ']');
}

static enum command_kind kind_of_name(struct view name)
{
    /* The most frequent first: nearly every entry of a log is a ballot. */
    if (view_is(name, command_name(CMD_VOTE))) {
        return CMD_VOTE;
    }
    for (unsigned kind = 0; kind < COMMAND_KINDS; kind++) {
        if (view_is(name, command_name((enum command_kind)kind))) {
            return (enum command_kind)kind;
        }
    }
    return COMMAND_KINDS;
}

static void read_header(struct scan *scan, struct command *out)
{
    out->kind = kind_of_name(scan_string(scan));
    check(scan, out->kind < COMMAND_KINDS);
    if (!scan_null(scan)) {
        read_key(scan, &out->person);
        scan->failed = scan->failed || !out->person; /* none is written null */
    }
    if (!scan_null(scan) && (op_parse(scan_string(scan), &out->op) || op_is_none(out->op))) {
        scan->failed = true;
    }
    read_key(scan, &out->epoch);
}

enum err entry_parse(struct view bytes, struct command *out)
{
    struct scan scan;

    *out = (struct command){0};
    scan_init(&scan, bytes);
    scan_open(&scan);
    read_header(&scan, out);
    if (!scan.failed) {
        payloads[out->kind].read(&scan, out);
    }
    if (scan_more(&scan)) {
        out->at_ms = scan_uint(&scan);
        scan.failed = scan.failed || out->at_ms == 0;
    }
    scan_close(&scan);
    if (!scan_done(&scan)) {
        command_finish(out);
        return ERR_PARSE;
    }
    return OK;
}
