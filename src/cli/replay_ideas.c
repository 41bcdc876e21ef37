/*
 * replay_ideas — what is posted in a log that is found for an archive, and in which state it
 * is when a round ends. What no act of moderation.csv explains (an author took it back, staff
 * had not read it yet, it came hidden from elsewhere) is done quietly.
 */
#include "base/mem.h"
#include "cli/replay.h"

/* Posting */

/* The first round by whose end it was there, as something else says; 0: before any was open;
   one more than there are: nothing says it. */
static uint32_t there_by(const struct replay *replay, size_t at)
{
    const struct more_idea *idea = &replay->more->ideas[at];
    uint32_t round = idea->acted_version && replay_drafts(replay, idea->acted_version) ? 0 : 1;

    for (; round && round <= replay->archive->round; round++) {
        uint64_t closed_version = replay->more->rounds[round - 1].closed_version;

        if ((idea->first_round && idea->first_round <= round) ||
            (idea->acted_version &&
             (!closed_version || idea->acted_version < closed_version))) {
            break;
        }
    }
    return round;
}

/* Posted into that round and no later one. What became part of another is not said to have
   taken part. What would have taken part in each of them came after the last had closed. */
static uint32_t posted_by(const struct replay *replay, size_t at)
{
    const struct more_idea *idea = &replay->more->ideas[at];
    uint32_t last = replay->archive->round;
    uint32_t round = last ? 1 : 0;

    if (idea->first_round || idea->last_round) {
        return idea->first_round ? idea->first_round : idea->last_round;
    }
    if (last && !replay->more->rounds[last - 1].closed_ms) {
        last--;
    }
    while (round && round <= last && !replay_round(replay, round)->final &&
           replay_round(replay, round)->compete >> idea->relation & 1u) {
        round++; /* it would have taken part */
    }
    return round;
}

static uint32_t earlier(uint32_t one, uint32_t other)
{
    return one < other ? one : other;
}

/* Ideas are numbered as they come. */
void replay_find_rounds(struct replay *replay)
{
    size_t count = replay->archive->ideas_count;
    uint32_t *rounds = mem_array(count, sizeof *rounds);
    uint32_t there = replay->archive->round + 1;

    for (size_t at = count; at > 0; at--) {
        there = earlier(there, there_by(replay, at - 1));
        rounds[at - 1] = earlier(there, posted_by(replay, at - 1));
    }
    for (size_t at = 1; at < count; at++) {
        rounds[at] = rounds[at] < rounds[at - 1] ? rounds[at - 1] : rounds[at];
    }
    replay->rounds = rounds;
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
static bool is_held(const struct replay *replay, size_t at, uint32_t round)
{
    enum idea_state state = IDEA_SHOWN;
    uint32_t judged = 0;
    uint32_t number = replay->archive->ideas[at].number;

    return round && round <= replay->archive->round &&
           closing_state(replay, round, number, &state, &judged) && state == IDEA_PENDING &&
           !judged && !has_replies(replay, number);
}

static void post(struct replay *replay, size_t at, uint32_t round)
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
                              .held = is_held(replay, at, round),
                              .source = idea->source,
                              .at_ms = more->at_ms ? more->at_ms : replay->replica->now_ms};
    uint32_t author = replay->authors[at];

    replay_introduce(replay, author);
    command.text = replica_text(replay->replica, archive_words(replay->archive, idea->number));
    if (more->source) {
        command.source_text = replica_text(replay->replica, view_of(more->source));
    }
    replay_act(replay, &command, author);
}

/* A reply hangs on what everybody can read. */
static void make_readable(struct replay *replay, uint32_t idea)
{
    if (idea) {
        replay_take_apart(replay, idea);
        replay_show(replay, idea);
    }
}

static bool is_due(const struct replay *replay, uint32_t round)
{
    return replay->posted < replay->archive->ideas_count && !replay->replica->refused &&
           replay->rounds[replay->posted] <= round;
}

void replay_post(struct replay *replay, uint32_t round)
{
    if (!is_due(replay, round)) {
        return;
    }
    replay_quietly(replay, true);
    while (is_due(replay, round)) {
        const struct more_idea *more = &replay->more->ideas[replay->posted];

        make_readable(replay, more->parent);
        make_readable(replay, more->with);
        post(replay, replay->posted++, round);
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

    return goes_on && !archive_candidate(replay->archive, next, number);
}

void replay_keep_out(struct replay *replay, uint32_t next)
{
    bool final = replay_round(replay, next)->final;

    for (uint32_t number = 1; number <= replay->posted; number++) {
        enum idea_state state = replay->more->ideas[number - 1].state;

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
