/*
 * replay_ideas — what is posted in a log that is found for an archive, and in which state it
 * is when a round ends. What no act of moderation.csv explains (an author took it back, staff
 * had not read it yet, it came hidden from elsewhere) is done quietly.
 */
#include "base/mem.h"
#include "cli/replay.h"

/* Posting */

uint32_t replay_slot(uint32_t round)
{
    return 2 * round;
}

uint32_t replay_slot_before(uint32_t round)
{
    return 2 * round - 1;
}

uint32_t replay_slot_round(uint32_t slot)
{
    return (slot + 1) / 2;
}

/* The slot of an entry of the log. */
static uint32_t slot_of(const struct replay *replay, uint64_t version)
{
    uint32_t round = 1;

    if (replay_drafts(replay, version)) {
        return replay_slot_before(1);
    }
    while (round < replay->archive->round &&
           replay->more->rounds[round].opened_version <= version) {
        round++;
    }
    uint64_t closed_version = replay->more->rounds[round - 1].closed_version;

    return closed_version && version > closed_version ? replay_slot_before(round + 1)
                                                      : replay_slot(round);
}

/* By the end of that slot it was there, as something else says. */
static uint32_t there_by(const struct replay *replay, size_t at)
{
    const struct more_idea *idea = &replay->more->ideas[at];
    uint32_t first = idea->first_round ? idea->first_round : replay->archive->round + 1;
    uint32_t acted = idea->acted_version ? slot_of(replay, idea->acted_version) : UINT32_MAX;

    return acted < replay_slot(first) ? acted : replay_slot(first);
}

/* It was taken back before it could take part in a round. */
static bool is_taken_back(const struct replay *replay, size_t at)
{
    const struct more_idea *idea = &replay->more->ideas[at];

    return idea->state == IDEA_WITHDRAWN && !idea->first_round && !idea->last_round;
}

/* An idea that is posted while the round is open takes part in it. */
static bool takes(const struct replay *replay, uint32_t round, size_t at)
{
    return !replay_round(replay, round)->final &&
           replay_round(replay, round)->compete >> replay->more->ideas[at].relation & 1u;
}

/* It takes no part in any round if it is posted in that slot, and taken back in time. */
static bool is_spared(const struct replay *replay, uint32_t slot, size_t at)
{
    uint32_t round = replay_slot_round(slot);

    if (slot == replay_slot(round)) {
        return round <= replay->archive->round && !takes(replay, round, at);
    }
    if (round == 1) {
        return replay_drafts(replay, 1);
    }
    return replay->more->rounds[round - 2].closed_ms &&
           !replay->more->rounds[round - 2].closed_by_next;
}

/* The last of these slots up to that one; that itself when there is none. */
static uint32_t last_spared(const struct replay *replay, uint32_t slot, size_t at)
{
    uint32_t found = slot;

    while (found && !is_spared(replay, found, at)) {
        found--;
    }
    return found ? found : slot;
}

/* Posted in that slot and no later one. What became part of another is not said to have taken
   part. What would have taken part in each round came after the last had closed. */
static uint32_t posted_by(const struct replay *replay, size_t at)
{
    const struct more_idea *idea = &replay->more->ideas[at];
    uint32_t last = replay->archive->round;
    uint32_t round = 1;

    if (idea->first_round || idea->last_round) {
        return replay_slot(idea->first_round ? idea->first_round : idea->last_round);
    }
    if (!last) {
        return replay_slot_before(1);
    }
    if (!replay->more->rounds[last - 1].closed_ms) {
        last--;
    }
    while (round <= last && takes(replay, round, at)) {
        round++;
    }
    return replay_slot(round);
}

static uint32_t earlier(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

/* Ideas are numbered as they come. */
void replay_find_slots(struct replay *replay)
{
    size_t count = replay->archive->ideas_count;
    uint32_t *slots = mem_array(count, sizeof *slots);
    uint32_t there = replay_slot(replay->archive->round + 1);

    for (size_t at = count; at > 0; at--) {
        there = earlier(there, there_by(replay, at - 1));
        if (is_taken_back(replay, at - 1)) {
            there = last_spared(replay, there, at - 1);
        }
        slots[at - 1] =
            is_taken_back(replay, at - 1) ? there : earlier(there, posted_by(replay, at - 1));
    }
    for (size_t at = 1; at < count; at++) {
        slots[at] = slots[at] < slots[at - 1] ? slots[at - 1] : slots[at];
    }
    replay->slots = slots;
}

static bool has_replies(const struct replay *replay, uint32_t number)
{
    for (size_t i = number; i < replay->archive->ideas_count; i++) {
        if (replay->more->ideas[i].parent == number || replay->more->ideas[i].with == number) {
            return true;
        }
    }
    return false;
}

/* As candidates.csv has it when the round closed; false: it took no part. */
static bool closing_state(const struct replay *replay, uint32_t round, uint32_t number,
                          enum idea_state *out, uint32_t *judged)
{
    const struct archive_read_candidate *candidate =
        archive_candidate(replay->archive, round, number);

    if (candidate) {
        *out = candidate->state;
        *judged = tally_judged(&candidate->claimed);
    }
    return candidate != NULL;
}

/* Nobody but staff ever saw it in its first round. */
static bool is_held(const struct replay *replay, size_t at)
{
    uint32_t round = replay_slot_round(replay->slots[at]);
    enum idea_state state = IDEA_SHOWN;
    uint32_t judged = 0;
    uint32_t number = replay->archive->ideas[at].number;

    return round <= replay->archive->round &&
           closing_state(replay, round, number, &state, &judged) && state == IDEA_PENDING &&
           !judged && !has_replies(replay, number);
}

static void post(struct replay *replay, size_t at)
{
    const struct more_idea *more = &replay->more->ideas[at];
    const struct idea *idea = &replay->archive->ideas[at];
    struct command command = {.kind = CMD_POST,
                              .relation = more->relation,
                              .parent = more->parent,
                              .with = more->with,
                              .theme = idea->theme,
                              .seed = more->seed,
                              .proxy = more->proxy,
                              .held = is_held(replay, at),
                              .source = idea->source,
                              .at_ms = more->at_ms ? more->at_ms : replay->replica->now_ms};
    uint32_t author = replay->authors[at];

    replay_introduce(replay, author);
    command.text = replica_text(replay->replica, archive_words(replay->archive, idea->number));
    if (more->source) {
        command.source_text = replica_text(replay->replica, view_of(more->source));
    }
    if (more->seed && author) {
        replay_lead_as(replay, &command, author);
    } else {
        replay_act(replay, &command, author);
    }
}

/* A reply hangs on what everybody can read. */
static void make_readable(struct replay *replay, uint32_t idea)
{
    if (idea && idea <= replay->posted) {
        replay_take_apart(replay, idea);
        replay_show(replay, idea);
    }
}

static bool is_due(const struct replay *replay, uint32_t slot)
{
    return replay->posted < replay->archive->ideas_count && !replay->replica->refused &&
           replay->slots[replay->posted] <= slot;
}

void replay_post(struct replay *replay, uint32_t slot)
{
    if (!is_due(replay, slot)) {
        return;
    }
    replay_quietly(replay, true);
    while (is_due(replay, slot)) {
        const struct more_idea *more = &replay->more->ideas[replay->posted];

        make_readable(replay, more->parent);
        make_readable(replay, more->with);
        post(replay, replay->posted);
        replay->posted += !replay->replica->refused;
    }
    replay_quietly(replay, false);
}

/* States */

static enum idea_state state_of(const struct replay *replay, uint32_t number)
{
    return replay_board(replay)->ideas[number - 1].state;
}

void replay_show(struct replay *replay, uint32_t idea)
{
    struct command command = {.kind = CMD_RESTORE, .idea = idea};

    if (state_of(replay, idea) == IDEA_HIDDEN || state_of(replay, idea) == IDEA_PENDING) {
        replay_quietly(replay, true);
        replay_system(replay, &command);
        replay_quietly(replay, false);
    }
}

void replay_hide(struct replay *replay, uint32_t idea)
{
    struct command command = {.kind = CMD_HIDE, .idea = idea, .reason = REASON_OTHER};

    if (state_of(replay, idea) == IDEA_SHOWN || state_of(replay, idea) == IDEA_PENDING) {
        replay_quietly(replay, true);
        replay_system(replay, &command);
        replay_quietly(replay, false);
    }
}

void replay_withdraw(struct replay *replay, uint32_t idea)
{
    struct command command = {.kind = CMD_WITHDRAW, .idea = idea};

    if (state_of(replay, idea) != IDEA_WITHDRAWN && replay->authors[idea - 1]) {
        replay_act(replay, &command, replay->authors[idea - 1]);
    }
}

static void make_pending(struct replay *replay, uint32_t idea)
{
    replay_show(replay, idea);
    for (unsigned i = 0; i < REPORTS_TO_PENDING && state_of(replay, idea) == IDEA_SHOWN; i++) {
        struct command command = {.kind = CMD_REPORT, .idea = idea, .reason = REASON_OTHER};

        replay_act(replay, &command, replay_reporter(replay, idea));
    }
}

static void bring_to(struct replay *replay, uint32_t idea, enum idea_state state)
{
    if (state_of(replay, idea) == state) {
        return;
    }
    if (state == IDEA_SHOWN) {
        replay_show(replay, idea);
    } else if (state == IDEA_HIDDEN) {
        replay_hide(replay, idea);
    } else if (state == IDEA_PENDING) {
        make_pending(replay, idea);
    } else if (state == IDEA_WITHDRAWN) {
        replay_withdraw(replay, idea);
    }
}

void replay_settle(struct replay *replay, uint32_t round)
{
    for (uint32_t number = 1; number <= replay->posted; number++) {
        enum idea_state state = IDEA_SHOWN;
        uint32_t judged = 0;

        if (!closing_state(replay, round, number, &state, &judged)) {
            continue;
        }
        if (state != IDEA_WITHDRAWN) { /* that takes it apart itself */
            replay_take_apart(replay, number);
        }
        bring_to(replay, number, state);
    }
}

void replay_settle_last(struct replay *replay)
{
    for (uint32_t number = 1; number <= replay->posted; number++) {
        bring_to(replay, number, replay->more->ideas[number - 1].state);
    }
}

/* It went through the round, and is not in the next one. */
static bool is_missing(const struct replay *replay, uint32_t next, uint32_t number)
{
    const struct idea *idea = &replay_board(replay)->ideas[number - 1];
    bool goes_on = idea->candidate == next - 1 && idea->outcome != OUTCOME_ELIMINATED &&
                   idea->state == IDEA_SHOWN;

    return next > 1 && goes_on && !archive_candidate(replay->archive, next, number);
}

void replay_keep_out(struct replay *replay, uint32_t next)
{
    bool final = replay_round(replay, next)->final;

    for (uint32_t number = 1; number <= replay->posted; number++) {
        enum idea_state state = replay->more->ideas[number - 1].state;

        if (is_taken_back(replay, number - 1) &&
            replay->slots[number - 1] == replay_slot_before(next)) {
            replay_withdraw(replay, number);
        }
        if (!is_missing(replay, next, number)) {
            continue;
        }
        if (state == IDEA_WITHDRAWN) {
            replay_withdraw(replay, number);
        } else if (final && state != IDEA_MERGED) {
            replay_hide(replay, number);
        }
    }
}
