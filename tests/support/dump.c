#include "support/dump.h"

#include "support/dump_moderation.h"
#include "wire/entry.h"
#include "wire/json.h"
#include "wire/names.h"

/* A name, or null where there is none. */
static void name(struct buf *to, const char *key, const char *value)
{
    buf_printf(to, ",\"%s\":", key);
    if (value) {
        json_write_string(to, view_of(value));
    } else {
        buf_add_text(to, "null");
    }
}

static void number(struct buf *to, const char *key, uint64_t value)
{
    buf_printf(to, ",\"%s\":", key);
    buf_add_uint(to, value);
}

static void text(struct buf *to, const char *key, const char *value)
{
    buf_printf(to, ",\"%s\":", key);
    json_write_string(to, view_of(value));
}

static void flag(struct buf *to, const char *key, bool value)
{
    buf_printf(to, ",\"%s\":%s", key, value ? "true" : "false");
}

static void bits(struct buf *to, uint64_t value) /* too wide for a number of JSON */
{
    buf_add_char(to, '"');
    buf_add_hex64(to, value);
    buf_add_char(to, '"');
}

static void ref(struct buf *to, const char *key, struct ref value)
{
    buf_printf(to, ",\"%s\":", key);
    if (ref_is_none(value)) {
        buf_add_text(to, "null");
        return;
    }
    buf_add_char(to, '"');
    buf_add_hex(to, value.bytes, sizeof value.bytes);
    buf_add_char(to, '"');
}

static void source(struct buf *to, const char *key, const struct source *value)
{
    buf_printf(to, ",\"%s\":", key);
    if (!value->system[0]) {
        buf_add_text(to, "null");
        return;
    }
    buf_add_char(to, '[');
    json_write_string(to, view_of(value->system));
    buf_add_char(to, ',');
    json_write_string(to, view_of(value->id));
    buf_add_char(to, ']');
}

static void op(struct buf *to, const char *key, struct op value)
{
    buf_printf(to, ",\"%s\":", key);
    if (op_is_none(value)) {
        buf_add_text(to, "null");
        return;
    }
    buf_add_char(to, '"');
    op_write(to, value);
    buf_add_char(to, '"');
}

static void idea_place(struct buf *to, const struct idea *idea)
{
    buf_printf(to, "{\"n\":%u", idea->number);
    number(to, "author", idea->author);
    number(to, "parent", idea->parent);
    number(to, "with", idea->with);
    number(to, "root", idea->root);
    number(to, "depth", idea->depth);
    number(to, "replies", idea->replies);
    number(to, "theme", idea->theme);
    text(to, "kind", name_of_relation(idea->relation));
}

/* Rounds, what they made of it, and what became part of it. */
static void idea_course(struct buf *to, const struct idea *idea)
{
    number(to, "posted_in", idea->posted_in);
    number(to, "candidate", idea->candidate);
    name(to, "outcome", name_of_outcome(idea->outcome));
    name(to, "ground", name_of_ground(idea->ground));
    number(to, "merged_into", idea->merged_into);
    number(to, "merged_in", idea->merged_in);
    number(to, "first_merged", idea->first_merged);
    number(to, "next_merged", idea->next_merged);
}

/* [status,next_by,answer,at,version], where there are any. */
static void followups(struct buf *to, const struct board *board, const struct idea *idea)
{
    const struct followup *item = NULL;
    const char *comma = "";

    if (!idea->followups) {
        return;
    }
    number(to, "followups", idea->followups);
    buf_add_text(to, ",\"followup\":[");
    while ((item = board_next_followup(board, idea, item)) != NULL) {
        buf_printf(to, "%s[\"%s\",%u,\"", comma, name_of_followup_status(item->status),
                   item->next_by);
        comma = ",";
        buf_add_hex(to, item->answer.bytes, sizeof item->answer.bytes);
        buf_add_text(to, "\",");
        buf_add_uint(to, item->at_ms);
        buf_add_char(to, ',');
        buf_add_uint(to, item->version);
        buf_add_char(to, ']');
    }
    buf_add_char(to, ']');
}

static void dump_idea(struct buf *to, const struct board *board, const struct idea *idea)
{
    idea_place(to, idea);
    idea_course(to, idea);
    text(to, "state", name_of_idea_state(idea->state));
    text(to, "reason", name_of_reason(idea->reason));
    text(to, "lang", idea->lang);
    flag(to, "seed", idea->seed);
    flag(to, "judged", idea->judged);
    ref(to, "text", idea->text);
    ref(to, "source_text", idea->source_text);
    source(to, "source", &idea->source);
    op(to, "op", idea->op);
    number(to, "at", idea->at_ms);
    number(to, "created", idea->created_version);
    number(to, "changed", idea->changed_version);
    number(to, "tallied", idea->tallied_version);
    buf_printf(to, ",\"tally\":[%u,%u,%u]", idea->tally.agree, idea->tally.disagree,
               idea->tally.pass);
    number(to, "in_flight", idea->in_flight);
    number(to, "distance", idea->distance);
    number(to, "reports", idea->reports);
    followups(to, board, idea);
    dump_moderation_of_idea(to, idea);
    buf_add_char(to, '}');
}

/* [idea,choice,served,in_flight,skipped,reported,cast_in,version], by idea. */
static void ballots(struct buf *to, const struct board *board, const struct person *person)
{
    bool first = true;

    buf_add_text(to, ",\"ballots\":[");
    for (uint32_t idea = 1; idea <= board->ideas_count; idea++) {
        const struct ballot *ballot = person_ballot(person, idea);

        if (ballot) {
            buf_printf(to, "%s[%u,%u,%u,%u,%u,%u,%u,%u]", first ? "" : ",", idea,
                       (unsigned)ballot->choice, (unsigned)ballot->served,
                       (unsigned)ballot->in_flight, (unsigned)ballot->skipped,
                       (unsigned)ballot->reported, (unsigned)ballot->cast_in, ballot->version);
            first = false;
        }
    }
    buf_add_char(to, ']');
}

/* [hash of the op,version,error], the oldest that is kept first. */
static void answers(struct buf *to, const struct person *person)
{
    uint32_t kept = person->answers_count < LIMIT_OPS_REMEMBERED ? person->answers_count
                                                                 : LIMIT_OPS_REMEMBERED;

    buf_add_text(to, ",\"answers\":[");
    for (uint32_t i = person->answers_count - kept; i < person->answers_count; i++) {
        const struct answer *answer = &person->answers[i % person->answers_room];

        buf_add_text(to, i == person->answers_count - kept ? "[" : ",[");
        bits(to, (uint64_t)answer->op_high << 32 | answer->op_low);
        buf_printf(to, ",%u,\"%s\"]", answer->version, err_name((enum err)answer->err));
    }
    buf_add_char(to, ']');
}

/* Where there are any. */
static void numbers(struct buf *to, const char *key, const uint32_t *list, size_t count)
{
    if (!count) {
        return;
    }
    buf_printf(to, ",\"%s\":[", key);
    for (size_t i = 0; i < count; i++) {
        buf_printf(to, "%s%u", i ? "," : "", list[i]);
    }
    buf_add_char(to, ']');
}

static void dump_person(struct buf *to, const struct board *board, const struct person *person,
                        bool all)
{
    buf_printf(to, "{\"n\":%u,\"key\":", person->number);
    bits(to, person->key);
    text(to, "assurance", name_of_assurance(person->assurance));
    text(to, "role", name_of_role(person->role));
    ref(to, "name", person->name);
    flag(to, "renamed", person->renamed);
    number(to, "acts", person->acts);
    number(to, "posts", person->posts);
    number(to, "votes", person->votes);
    number(to, "served", person->served);
    number(to, "served_before", person->served_before);
    number(to, "done", person->done);
    flag(to, "declared", person->declared);
    buf_add_text(to, ",\"groups\":");
    bits(to, person->groups);
    ballots(to, board, person);
    if (all) {
        answers(to, person);
    }
    buf_add_text(to, ",\"own\":[");
    for (size_t i = 0; i < person->own_count; i++) {
        buf_printf(to, "%s%u", i ? "," : "", person->own[i]);
    }
    buf_add_char(to, ']');
    numbers(to, "follows", person->follows, person->follows_count);
    numbers(to, "wrote", person->wrote, person->wrote_count);
    if (person->notes_count) {
        number(to, "notes", person->notes_count);
    }
    if (person->erased) {
        flag(to, "erased", true);
    }
    dump_moderation_of_person(to, person);
    buf_add_char(to, '}');
}

static void place(struct buf *to, const struct board *board)
{
    number(to, "version", board->version);
    buf_add_text(to, ",\"head\":\"");
    buf_add_hex(to, board->head.bytes, sizeof board->head.bytes);
    buf_add_text(to, "\",\"last\":\"");
    entry_id_write(to, board->last);
    buf_add_char(to, '"');
}

/* [idea,rank,score,low,high,enough,seated,uncertain,outcome,ground,agree,disagree,pass] */
static void standing(struct buf *to, const struct standing *item)
{
    buf_printf(to, "[%u,%u,%u,%u,%u,%d,%d,%d,%d,%d,%u,%u,%u]", item->idea, item->rank,
               item->score, item->low, item->high, item->enough, item->seated, item->uncertain,
               (int)item->outcome, (int)item->ground, item->tally.agree, item->tally.disagree,
               item->tally.pass);
}

/* [winner,robust,interval,groups,trim,trimmed] and [group,agree,judged] each. */
static void verdict(struct buf *to, const struct round_result *result)
{
    const struct verdict *said = &result->verdict;

    buf_printf(to, ",\"verdict\":[%u,%d,%d,%d,%d,%u],\"groups\":[", said->winner, said->robust,
               (int)said->interval, (int)said->groups, (int)said->trim, said->trimmed);
    for (uint32_t i = 0; i < result->groups_count; i++) {
        buf_printf(to, "%s[%u,%u,%u]", i ? "," : "", result->groups[i].group,
                   result->groups[i].agree, result->groups[i].judged);
    }
    buf_add_char(to, ']');
}

void dump_result(struct buf *to, const struct round_result *result)
{
    const struct selection *selection = &result->selection;
    const struct cut *cut = &selection->cut;

    buf_printf(to, "{\"final\":%s", result->final ? "true" : "false");
    number(to, "judges", result->judges);
    number(to, "participants", result->participants);
    number(to, "agree", selection->pool.agree);
    number(to, "judged", selection->pool.judged);
    number(to, "seats", selection->seats);
    buf_printf(to, ",\"cut\":[%d,%u,%u,%u,%u,%u],\"items\":[", cut->drawn, cut->last_in,
               cut->first_out, cut->ppm, cut->uncertain_in, cut->uncertain_out);
    for (size_t i = 0; i < selection->count; i++) {
        buf_add_text(to, i ? "," : "");
        standing(to, &selection->items[i]);
    }
    buf_add_char(to, ']');
    if (result->final) {
        verdict(to, result);
    }
    buf_add_char(to, '}');
}

static void round_times(struct buf *to, const struct round *round)
{
    number(to, "changed", round->changed_version);
    number(to, "opened", round->opened_version);
    number(to, "opened_ms", round->opened_ms);
    number(to, "closed", round->closed_version);
    number(to, "closed_ms", round->closed_ms);
    number(to, "closes_at", round->closes_at_ms);
    number(to, "scheduled", round->scheduled_ms);
    number(to, "paused", round->paused_ms);
    number(to, "extended", round->extended);
    number(to, "previews", round->previews);
    number(to, "reopenings", round->reopenings);
    flag(to, "early", round->early);
}

/* What can change of a definition once a board is made: its rounds. */
static void definition(struct buf *to, const struct round_definition *round)
{
    ref(to, "title", round->title.ref);
    buf_printf(to, ",\"final\":%d,\"rule\":[%d,%u,%u,%u,%d,%u]", round->final,
               (int)round->rule.keep, round->rule.top, round->rule.ppm, round->rule.min_judges,
               round->rule.carry_over, round->rule.quotas_count);
}

static void dump_round(struct buf *to, const struct board *board, uint32_t i)
{
    const struct round *round = &board->rounds[i];

    buf_printf(to, "{\"state\":\"%s\"", name_of_round_state(round->state));
    round_times(to, round);
    number(to, "cast", round->cast);
    number(to, "done", round->done);
    number(to, "candidates", round->candidates);
    definition(to, &board->definition.rounds[i]);
    buf_add_text(to, ",\"result\":");
    if (round->result) {
        dump_result(to, round->result);
    } else {
        buf_add_text(to, "null");
    }
    buf_add_char(to, '}');
}

static void rounds(struct buf *to, const struct board *board)
{
    number(to, "round", board->round);
    buf_add_text(to, ",\"rounds\":[");
    for (uint32_t i = 0; i < board->definition.rounds_count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        dump_round(to, board, i);
    }
    buf_printf(to, "],\"line\":[%d,%u,%llu,%d]", board->line.drawn, board->line.ppm,
               (unsigned long long)board->line.version, board->line.used);
}

static void sums(struct buf *to, const struct board *board)
{
    number(to, "ballots", board->ballots);
    buf_add_text(to, ",\"sums\":[");
    buf_add_uint(to, board->sums.agree);
    buf_add_char(to, ',');
    buf_add_uint(to, board->sums.judged);
    buf_add_char(to, ']');
}

static void mean(struct buf *to, const struct board *board)
{
    buf_add_text(to, ",\"pool\":[");
    buf_add_uint(to, board->pool.agree);
    buf_add_char(to, ',');
    buf_add_uint(to, board->pool.judged);
    buf_add_char(to, ']');
    number(to, "pool_version", board->pool_version);
}

/* [when,version,person,idea] */
static void servings(struct buf *to, const struct serving_queue *queue)
{
    buf_add_text(to, ",\"servings\":[");
    for (size_t i = queue->first; i < queue->first + queue->count; i++) {
        const struct serving *serving = &queue->items[i];

        buf_add_text(to, i == queue->first ? "[" : ",[");
        buf_add_uint(to, serving->at_ms);
        buf_printf(to, ",%u,%u,%u]", serving->version, serving->person, serving->idea);
    }
    buf_add_char(to, ']');
}

/* [round,idea,group,agree,judged] */
static void told(struct buf *to, const struct board *board)
{
    buf_add_text(to, ",\"told\":[");
    for (size_t i = 0; i < board->told_count; i++) {
        const struct told *told = &board->told[i];

        buf_printf(to, "%s[%u,%u,%u,%u,%u]", i ? "," : "", told->round, told->idea,
                   told->tally.group, told->tally.agree, told->tally.judged);
    }
    buf_add_char(to, ']');
}

static void dump(struct buf *to, const struct board *board, bool all)
{
    buf_add_text(to, "{\"epoch\":");
    bits(to, board->epoch);
    if (all) {
        place(to, board);
    }
    text(to, "state", name_of_board_state(board->state));
    rounds(to, board);
    number(to, "defined", board->defined_version);
    source(to, "importing", &board->importing);
    number(to, "active_people", board->active_people);
    number(to, "merged", board->merged);
    sums(to, board);
    mean(to, board);
    buf_add_text(to, ",\n\"ideas\":[");
    for (size_t i = 0; i < board->ideas_count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        dump_idea(to, board, &board->ideas[i]);
    }
    buf_add_text(to, "],\n\"people\":[");
    for (size_t i = 0; i < board->people_count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        dump_person(to, board, &board->people[i], all);
    }
    buf_add_char(to, ']');
    servings(to, &board->servings);
    if (board->told_count) {
        told(to, board);
    }
    dump_moderation(to, board);
    buf_add_text(to, "}\n");
}

void dump_board(struct buf *to, const struct board *board)
{
    dump(to, board, true);
}

void dump_state(struct buf *to, const struct board *board)
{
    dump(to, board, false);
}

void dump_counts(struct buf *to, const struct board *board)
{
    buf_add_text(to, "{\"tallies\":[");
    for (size_t i = 0; i < board->ideas_count; i++) {
        const struct tally *tally = &board->ideas[i].tally;

        buf_printf(to, "%s[%u,%u,%u]", i ? "," : "", tally->agree, tally->disagree,
                   tally->pass);
    }
    buf_add_char(to, ']');
    sums(to, board);
    buf_add_char(to, '}');
}
