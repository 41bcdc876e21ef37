#include "support/oracle.h"

#include "base/mem.h"
#include "core/round.h"
#include "wire/entry.h"

#include <assert.h>
#include <string.h>

enum {
    MAX_IDEAS = 256,
    MAX_PEOPLE = 16, /* more than a story has */
    MAX_REPORTS = 512
};

/* What an idea was before the last decision on it. */
struct kept {
    enum idea_state state;
    bool approved;
    uint32_t theme;
    uint32_t reports; /* that the decision ended */
};

struct seen {
    uint32_t author;
    enum relation relation;
    bool seed;
    enum idea_state state;
    uint32_t theme;
    uint32_t merged_into;
    uint32_t merged_in; /* the round */
    uint32_t posted_in;
    uint64_t posted;    /* version */
    struct tally stood; /* when the last round that it was in gave way to the next */
    uint32_t reports;
    bool approved;
    struct kept kept;
    bool member[LIMIT_ROUNDS + 1];
    enum outcome outcome[LIMIT_ROUNDS + 1];
};

/* Between one person and one idea. */
struct between {
    enum choice choice;
    uint32_t round; /* in which it was last given */
    uint64_t given; /* version */
    bool served;
    bool waiting;
    uint64_t served_ms;
    bool reported;
};

/* A complaint or an appeal. */
struct complaint {
    uint32_t idea; /* 0: about a person */
    uint32_t person;
    uint32_t by;
    bool appeal;
    bool decided; /* only of those about people */
    bool alone;   /* and the case of the idea was open yet */
};

struct oracle {
    const struct board *board; /* for its people's numbers and what was decided, no more */
    struct definition definition;
    struct seen ideas[MAX_IDEAS + 1];
    uint32_t ideas_count;
    struct between between[MAX_PEOPLE + 1][MAX_IDEAS + 1];
    struct complaint complaints[MAX_REPORTS + 1];
    uint32_t complaints_count;
    bool erased[MAX_PEOPLE + 1];
    uint32_t round;
    bool closed[LIMIT_ROUNDS + 1];
    uint64_t closed_version[LIMIT_ROUNDS + 1];
    bool telling; /* an import that makes a board tells ballots: these need not be served */
    size_t read;  /* entries */
    uint64_t version;
    uint64_t now_ms;
};

static const struct round_definition *rules(const struct oracle *oracle, uint32_t round)
{
    return &oracle->definition.rounds[round - 1];
}

static uint32_t root_of(const struct oracle *oracle, uint32_t idea)
{
    while (oracle->ideas[idea].merged_into) {
        idea = oracle->ideas[idea].merged_into;
    }
    return idea;
}

static uint32_t last_round(const struct oracle *oracle, uint32_t idea)
{
    uint32_t round = LIMIT_ROUNDS;

    while (round && !oracle->ideas[idea].member[round]) {
        round--;
    }
    return round;
}

/* What one person says of a surviving idea, by the rules of the last round it was in. */
static uint32_t counted_part(const struct oracle *oracle, uint32_t person, uint32_t root)
{
    uint32_t round = last_round(oracle, root);
    uint32_t part = 0;
    uint64_t latest = 0;

    for (uint32_t idea = 1; round && idea <= oracle->ideas_count; idea++) {
        const struct between *between = &oracle->between[person][idea];

        if (root_of(oracle, idea) != root) {
            continue;
        }
        if (oracle->ideas[idea].author == person && !oracle->definition.own_ballots_count) {
            return 0;
        }
        bool counts = between->choice != CHOICE_NONE &&
                      (between->served || rules(oracle, round)->ballots == BALLOTS_ANY) &&
                      (between->round == round || rules(oracle, round)->counts != COUNTS_FRESH);

        if (counts && between->given > latest) {
            latest = between->given;
            part = idea;
        }
    }
    return part;
}

static enum choice said(const struct oracle *oracle, uint32_t person, uint32_t root)
{
    uint32_t part = counted_part(oracle, person, root);

    return part ? oracle->between[person][part].choice : CHOICE_NONE;
}

static struct tally tally(const struct oracle *oracle, uint32_t root)
{
    struct tally tally = {0, 0, 0};

    if (last_round(oracle, root) < oracle->round) {
        return oracle->ideas[root].stood;
    }
    for (uint32_t person = 1; person <= MAX_PEOPLE; person++) {
        enum choice choice = said(oracle, person, root);

        tally.agree += choice == CHOICE_AGREE;
        tally.disagree += choice == CHOICE_DISAGREE;
        tally.pass += choice == CHOICE_PASS;
    }
    return tally;
}

static bool is_kind_of(const struct oracle *oracle, uint32_t round, const struct seen *idea)
{
    return rules(oracle, round)->compete >> idea->relation & 1u;
}

static bool competes(const struct oracle *oracle, uint32_t idea)
{
    return oracle->round && oracle->ideas[idea].member[oracle->round] &&
           oracle->ideas[idea].state == IDEA_SHOWN;
}

static bool goes_on(const struct oracle *oracle, uint32_t number, uint32_t round)
{
    const struct seen *idea = &oracle->ideas[number];

    if (idea->state == IDEA_WITHDRAWN || !is_kind_of(oracle, round, idea)) {
        return false;
    }
    if (rules(oracle, round)->final && idea->state != IDEA_SHOWN &&
        idea->state != IDEA_MERGED) {
        return false;
    }
    if (round == 1) {
        return true;
    }
    if (idea->posted > oracle->closed_version[round - 1]) {
        return !rules(oracle, round)->final;
    }
    if (rules(oracle, round - 1)->rule.keep == KEEP_ALL) {
        return idea->member[round - 1] || idea->posted_in >= round - 1;
    }
    return idea->member[round - 1] && idea->outcome[round - 1] != OUTCOME_ELIMINATED;
}

static void end_round(struct oracle *oracle)
{
    uint32_t round = oracle->round;
    struct selection selection = {0};

    for (uint32_t i = 1; i <= oracle->ideas_count; i++) {
        struct seen *idea = &oracle->ideas[i];

        if (competes(oracle, i)) {
            struct tally counted = tally(oracle, i);

            selection_add(&selection, i, idea->theme, &counted);
        }
        bool away = idea->state == IDEA_HIDDEN || idea->state == IDEA_PENDING;

        idea->outcome[round] = idea->member[round] && away ? OUTCOME_EXCLUDED : OUTCOME_NONE;
    }
    if (rules(oracle, round)->final) {
        final_rank(&selection, rules(oracle, round)->rule.min_judges);
    } else {
        selection_run(&selection, &rules(oracle, round)->rule, RANK_K0);
    }
    for (size_t i = 0; i < selection.count; i++) {
        oracle->ideas[selection.items[i].idea].outcome[round] = selection.items[i].outcome;
    }
    for (uint32_t i = 1; i <= oracle->ideas_count; i++) { /* a part shares what its whole got */
        oracle->ideas[i].outcome[round] = oracle->ideas[root_of(oracle, i)].outcome[round];
    }
    selection_finish(&selection);
    oracle->closed[round] = true;
    oracle->closed_version[round] = oracle->version;
}

static void forget_servings(struct oracle *oracle)
{
    for (uint32_t person = 1; person <= MAX_PEOPLE; person++) {
        for (uint32_t idea = 1; idea <= oracle->ideas_count; idea++) {
            oracle->between[person][idea].waiting = false;
        }
    }
}

static void begin_round(struct oracle *oracle, uint32_t round)
{
    for (uint32_t i = 1; i <= oracle->ideas_count; i++) {
        if (oracle->ideas[i].state != IDEA_MERGED) {
            oracle->ideas[i].stood = tally(oracle, i);
        } else if (last_round(oracle, i) == oracle->round) { /* counted with its whole */
            oracle->ideas[i].stood = (struct tally){0, 0, 0};
        }
    }
    for (uint32_t i = 1; i <= oracle->ideas_count; i++) {
        oracle->ideas[i].member[round] = goes_on(oracle, i, round);
    }
    oracle->round = round;
    oracle->closed[round] = false;
    forget_servings(oracle);
}

/* Everything posted since that the round takes is in it, as if it had never closed. */
static void begin_again(struct oracle *oracle, uint32_t round)
{
    for (uint32_t i = 1; i <= oracle->ideas_count; i++) {
        struct seen *idea = &oracle->ideas[i];

        idea->member[round + 1] = false;
        idea->outcome[round] = OUTCOME_NONE;
        if (idea->posted > oracle->closed_version[round] && is_kind_of(oracle, round, idea) &&
            !rules(oracle, round)->final) {
            idea->member[round] = true;
        }
    }
    oracle->round = round;
    oracle->closed[round] = false;
    oracle->closed_version[round] = 0;
    forget_servings(oracle);
}

static bool is_paused_before(const struct history *history, size_t at, uint32_t round)
{
    AUTO(board) struct board *board = history_replay(history, at);

    return board->rounds[round - 1].state == ROUND_PAUSED;
}

static void read_post(struct oracle *oracle, uint32_t person, const struct command *command)
{
    assert(oracle->ideas_count < MAX_IDEAS);
    struct seen *idea = &oracle->ideas[++oracle->ideas_count];

    *idea = (struct seen){.author = person,
                          .relation = command->relation,
                          .seed = command->seed,
                          .theme = command->theme,
                          .state = command->held ? IDEA_PENDING : IDEA_SHOWN,
                          .posted_in = oracle->round,
                          .posted = oracle->version};
    if (oracle->round && !oracle->closed[oracle->round] &&
        !rules(oracle, oracle->round)->final && is_kind_of(oracle, oracle->round, idea)) {
        idea->member[oracle->round] = true;
    }
}

static bool served_in_part(const struct oracle *oracle, uint32_t person, uint32_t root)
{
    bool served = false;

    for (uint32_t idea = 1; idea <= oracle->ideas_count; idea++) {
        served =
            served || (root_of(oracle, idea) == root && oracle->between[person][idea].served);
    }
    return served;
}

static void give(struct oracle *oracle, uint32_t person, uint32_t part,
                 const struct command *command)
{
    struct between *between = &oracle->between[person][part];

    between->choice = command->kind == CMD_VOTE ? command->choice : CHOICE_NONE;
    between->round = oracle->round;
    between->given = oracle->version;
    between->waiting = false;
    between->served =
        served_in_part(oracle, person, root_of(oracle, command->idea)) ||
        (oracle->telling && rules(oracle, oracle->round)->ballots == BALLOTS_SERVED);
}

static void read_ballot(struct oracle *oracle, uint32_t person, const struct command *command)
{
    uint32_t root = root_of(oracle, command->idea);
    uint32_t part = command->kind == CMD_UNVOTE ? counted_part(oracle, person, root) : 0;

    give(oracle, person, part ? part : command->idea, command);
    while (command->kind == CMD_UNVOTE && (part = counted_part(oracle, person, root))) {
        give(oracle, person, part, command);
    }
}

static void read_serving(struct oracle *oracle, uint32_t person, const struct command *command)
{
    for (uint32_t i = 0; i < command->ideas_count; i++) {
        struct between *between = &oracle->between[person][command->ideas[i]];

        between->served = true;
        between->waiting = said(oracle, person, command->ideas[i]) == CHOICE_NONE;
        between->served_ms = oracle->now_ms;
    }
}

static void dissolve(struct oracle *oracle, uint32_t idea)
{
    for (uint32_t i = 1; i <= oracle->ideas_count; i++) {
        if (oracle->ideas[i].merged_into == idea) {
            oracle->ideas[i].merged_into = 0;
            oracle->ideas[i].state = IDEA_SHOWN;
        }
    }
    oracle->ideas[idea].merged_into = 0;
}

static void complain(struct oracle *oracle, struct complaint complaint)
{
    assert(oracle->complaints_count < MAX_REPORTS);
    oracle->complaints[++oracle->complaints_count] = complaint;
}

static void complain_of_person(struct oracle *oracle, uint32_t by, uint32_t person)
{
    for (uint32_t i = 1; i <= oracle->complaints_count; i++) {
        const struct complaint *earlier = &oracle->complaints[i];

        if (by && earlier->by == by && earlier->person == person && !earlier->decided) {
            return;
        }
    }
    complain(oracle, (struct complaint){.person = person, .by = by});
}

static void decide_of_person(struct oracle *oracle, uint32_t person)
{
    for (uint32_t i = 1; i <= oracle->complaints_count; i++) {
        struct complaint *complaint = &oracle->complaints[i];

        complaint->decided = complaint->decided || complaint->person == person;
    }
}

static void let_stand(struct seen *idea)
{
    idea->state = IDEA_SHOWN;
    idea->approved = true;
}

/* An author is right: what was done to the idea is taken back where that can be done. */
static void make_good(struct oracle *oracle, uint32_t number)
{
    struct seen *idea = &oracle->ideas[number];
    const struct record *record =
        board_record(oracle->board, board_idea(oracle->board, number)->appealed);

    if (record->kind == CMD_HIDE && idea->state == IDEA_HIDDEN) {
        let_stand(idea);
    } else if (record->kind == CMD_RETHEME) {
        idea->theme = record->before.theme;
    } else if (record->kind == CMD_MERGE && idea->state == IDEA_MERGED &&
               idea->merged_in == oracle->round && !oracle->closed[oracle->round]) {
        idea->merged_into = 0;
        idea->state = IDEA_SHOWN;
    }
}

static struct kept keep(const struct seen *idea)
{
    return (struct kept){idea->state, idea->approved, idea->theme, idea->reports};
}

static void read_decision(struct oracle *oracle, const struct command *command)
{
    struct complaint *complaint = &oracle->complaints[command->target];
    struct seen *idea = &oracle->ideas[complaint->idea];
    bool upheld = command->resolution == RESOLUTION_UPHELD;
    bool away = idea->state != IDEA_SHOWN && idea->state != IDEA_PENDING;

    complaint->decided = true;
    if (!complaint->idea) {
        return;
    }
    struct kept kept = keep(idea);

    idea->reports -= !complaint->appeal;
    complaint->alone = !complaint->appeal && (away || idea->reports);
    if (complaint->alone) {
        return;
    }
    if (complaint->appeal && upheld) {
        make_good(oracle, complaint->idea);
    } else if (!complaint->appeal && !upheld) {
        let_stand(idea);
    }
    kept.reports -= idea->reports;
    idea->kept = kept;
}

static void read_undoing(struct oracle *oracle, const struct command *command)
{
    struct complaint *complaint = &oracle->complaints[command->target];
    struct seen *idea = &oracle->ideas[command->target ? complaint->idea : command->idea];

    if (command->target && !complaint->idea) {
        complaint->decided = false;
    } else if (command->target && complaint->alone) {
        complaint->alone = false;
        idea->reports++;
    } else {
        idea->state = idea->kept.state;
        idea->approved = idea->kept.approved;
        idea->theme = idea->kept.theme;
        idea->reports += idea->kept.reports;
    }
}

static void read_report(struct oracle *oracle, uint32_t person, const struct command *command)
{
    struct seen *idea = &oracle->ideas[command->idea];

    if (!command->idea) {
        complain_of_person(oracle, person, (uint32_t)command->target);
    } else if (person && !oracle->between[person][command->idea].reported) {
        complain(oracle, (struct complaint){.idea = command->idea, .by = person});
    }
    if (command->idea && person && !oracle->between[person][command->idea].reported) {
        oracle->between[person][command->idea].reported = true;
        idea->reports++;
        idea->state =
            idea->reports >= 3 && idea->state == IDEA_SHOWN ? IDEA_PENDING : idea->state;
    }
}

/* Acts on ideas that change what is counted. */
static void read_staff_act(struct oracle *oracle, const struct command *command)
{
    struct seen *idea = &oracle->ideas[command->idea];

    if (command->kind == CMD_HIDE || command->kind == CMD_RESTORE ||
        command->kind == CMD_APPROVE) {
        idea->kept = keep(idea);
    }
    if (command->kind == CMD_HIDE) {
        idea->state = IDEA_HIDDEN;
        idea->approved = false;
        idea->reports = 0;
    } else if (command->kind == CMD_RESTORE || command->kind == CMD_APPROVE) {
        idea->reports = 0;
        let_stand(idea);
    } else if (command->kind == CMD_REDACT &&
               (idea->state == IDEA_SHOWN || idea->state == IDEA_PENDING)) {
        idea->reports = 0;
        let_stand(idea);
    } else if (command->kind == CMD_RETHEME) {
        idea->theme = command->theme;
    } else if (command->kind == CMD_EDIT) {
        idea->approved = idea->kept.approved = false;
        idea->state = command->held && idea->state == IDEA_SHOWN ? IDEA_PENDING : idea->state;
        idea->kept.state =
            command->held && idea->kept.state == IDEA_SHOWN ? IDEA_PENDING : idea->kept.state;
    } else if (command->kind == CMD_WITHDRAW) {
        dissolve(oracle, command->idea);
        idea->state = IDEA_WITHDRAWN;
    } else if (command->kind == CMD_UNMERGE) {
        idea->merged_into = 0;
        idea->state = IDEA_SHOWN;
    } else if (command->kind == CMD_MERGE) {
        for (uint32_t i = 0; i < command->ideas_count; i++) {
            oracle->ideas[command->ideas[i]].merged_into = command->idea;
            oracle->ideas[command->ideas[i]].merged_in = oracle->round;
            oracle->ideas[command->ideas[i]].state = IDEA_MERGED;
        }
    }
}

/* Who wrote what stays true: only nobody is told any more. */
static void read_erasure(struct oracle *oracle, uint32_t person, const struct command *command)
{
    oracle->erased[person] = true;
    for (uint32_t i = 1; i <= oracle->ideas_count; i++) {
        if (oracle->ideas[i].author == person && command->erasure == ERASURE_TEXTS) {
            dissolve(oracle, i);
            oracle->ideas[i].state = IDEA_WITHDRAWN;
        }
    }
}

static void read_round_act(struct oracle *oracle, const struct history *history, size_t at,
                           const struct command *command)
{
    if (command->kind == CMD_CLOSE) {
        end_round(oracle);
    } else if (command->kind == CMD_REVISE) {
        oracle->definition.rounds[command->round - 1] = command->definition->rounds[0];
    } else if (command->kind == CMD_OPEN && command->round > oracle->round) {
        if (oracle->round && !oracle->closed[oracle->round]) {
            end_round(oracle);
        }
        begin_round(oracle, command->round);
    } else if (command->kind == CMD_REOPEN && !is_paused_before(history, at, command->round)) {
        begin_again(oracle, command->round);
    }
}

static void expire(struct oracle *oracle)
{
    uint64_t lifetime_ms =
        oracle->round ? (uint64_t)rules(oracle, oracle->round)->serving_s * 1000 : 0;

    for (uint32_t person = 1; person <= MAX_PEOPLE; person++) {
        for (uint32_t idea = 1; idea <= oracle->ideas_count; idea++) {
            struct between *between = &oracle->between[person][idea];

            between->waiting =
                between->waiting && between->served_ms + lifetime_ms > oracle->now_ms;
        }
    }
}

static void read_create(struct oracle *oracle, const struct command *command)
{
    oracle->definition = *command->definition;
    if (!oracle->definition.draft && !oracle->definition.rounds[0].opens_at_ms) {
        begin_round(oracle, 1);
    }
}

static void read_accepted(struct oracle *oracle, const struct history *history, size_t at,
                          const struct command *command)
{
    uint32_t person = board_person_number(history->board, command->person);

    assert(person <= MAX_PEOPLE);

    if (command->kind == CMD_CREATE) {
        read_create(oracle, command);
    } else if (command->kind == CMD_POST) {
        read_post(oracle, person, command);
    } else if (command->kind == CMD_VOTE || command->kind == CMD_UNVOTE) {
        read_ballot(oracle, person, command);
    } else if (command->kind == CMD_IMPORT) {
        oracle->telling = !command->done;
    } else if (command->kind == CMD_SKIP) {
        oracle->between[person][command->idea].waiting = false;
    } else if (command->kind == CMD_SERVE) {
        read_serving(oracle, person, command);
    } else if (command->kind == CMD_REPORT) {
        read_report(oracle, person, command);
    } else if (command->kind == CMD_APPEAL) {
        complain(oracle, (struct complaint){.idea = command->idea, .appeal = true});
    } else if (command->kind == CMD_RESOLVE) {
        read_decision(oracle, command);
    } else if (command->kind == CMD_UNDO) {
        read_undoing(oracle, command);
    } else if (command->kind == CMD_SUSPEND || command->kind == CMD_UNNAME) {
        decide_of_person(oracle, (uint32_t)command->target);
    } else if (command->kind >= CMD_OPEN && command->kind <= CMD_REVISE) {
        read_round_act(oracle, history, at, command);
    } else if (command->kind == CMD_ERASE) {
        read_erasure(oracle, person, command);
    } else {
        read_staff_act(oracle, command);
    }
}

static void read_entry(struct oracle *oracle, const struct history *history, size_t at)
{
    const struct logged *logged = &history->log[at];
    struct command command;

    oracle->version = at + 1;
    oracle->now_ms = logged->id.ms;
    expire(oracle);
    if (logged->decision.err || logged->decision.repeat) {
        return;
    }
    enum err err = entry_parse(buf_view(&logged->bytes), &command);

    assert(!err);
    (void)err;
    read_accepted(oracle, history, at, &command);
    command_finish(&command);
}

/* By counting heads: everybody but who wrote it. */
static bool is_vetted(const struct oracle *oracle, uint32_t idea, struct tally counted)
{
    const struct seen *seen = &oracle->ideas[idea];
    uint32_t judged = counted.agree + counted.disagree + counted.pass;

    if (seen->author && !oracle->erased[seen->author] &&
        oracle->between[seen->author][idea].choice != CHOICE_NONE &&
        oracle->definition.own_ballots_count && judged) {
        judged--;
    }
    return seen->state == IDEA_SHOWN && !seen->reports &&
           (seen->seed || seen->approved || judged >= 5);
}

static const char *check_idea(const struct oracle *oracle, const struct idea *idea)
{
    const struct seen *seen = &oracle->ideas[idea->number];
    uint32_t last = last_round(oracle, idea->number);
    uint32_t waiting = 0;

    for (uint32_t person = 1; person <= MAX_PEOPLE; person++) {
        waiting += oracle->between[person][idea->number].waiting;
    }
    if (idea->state != seen->state || idea->merged_into != seen->merged_into) {
        return "an idea is in another state";
    }
    if (idea->author != (oracle->erased[seen->author] ? 0 : seen->author)) {
        return "an idea has another author";
    }
    if (idea->in_flight != waiting) {
        return "an idea is in flight for others than those it was shown to";
    }
    if (idea->state == IDEA_MERGED || idea->state == IDEA_WITHDRAWN) {
        return NULL;
    }
    if (idea->candidate != last) {
        return "an idea is in another round";
    }
    if (last && idea->outcome != seen->outcome[last] && oracle->closed[last]) {
        return "a round made something else of an idea";
    }
    struct tally counted = tally(oracle, idea->number);

    if (memcmp(&counted, &idea->tally, sizeof counted) != 0) {
        return "a tally is not what ballots say";
    }
    return board_is_vetted(oracle->board, idea) == is_vetted(oracle, idea->number, counted)
               ? NULL
               : "an idea may be shown to a room that may not, or the other way round";
}

static const char *check_person(const struct oracle *oracle, const struct person *person)
{
    uint32_t votes = 0;
    uint32_t posts = 0;

    for (uint32_t idea = 1; idea <= oracle->ideas_count; idea++) {
        const struct between *between = &oracle->between[person->number][idea];
        const struct ballot *ballot = person_ballot(person, idea);

        votes += between->choice != CHOICE_NONE && between->round == oracle->round;
        posts += oracle->ideas[idea].author == person->number &&
                 oracle->ideas[idea].posted_in == oracle->round && !oracle->ideas[idea].seed;
        if (between->choice != (ballot ? (enum choice)ballot->choice : CHOICE_NONE)) {
            return "another ballot stands than the latest";
        }
        if (between->served != (ballot && ballot->served)) {
            return "what was served is another idea";
        }
        if (between->waiting != (ballot && ballot->in_flight)) {
            return "something else waits for an answer";
        }
    }
    if (votes != person->votes) {
        return "a person's votes are not the ideas they judged in the round";
    }
    return posts == person->posts || person->erased
               ? NULL
               : "a person's posts are not those of the round";
}

static const char *check_sums(const struct oracle *oracle)
{
    const struct board *board = oracle->board;
    struct pool sums = {0, 0};
    uint64_t ballots = 0;

    for (uint32_t idea = 1; idea <= oracle->ideas_count; idea++) {
        struct tally counted = tally(oracle, idea);

        sums.agree += competes(oracle, idea) ? counted.agree : 0;
        sums.judged += competes(oracle, idea) ? tally_judged(&counted) : 0;
        for (uint32_t person = 1; person <= MAX_PEOPLE; person++) {
            ballots += oracle->between[person][idea].choice != CHOICE_NONE;
        }
    }
    if (sums.agree != board->sums.agree || sums.judged != board->sums.judged) {
        return "the pool is not the sum of what competes";
    }
    return ballots == board->ballots ? NULL : "the board's ballots are not those that stand";
}

static const char *check_all(const struct oracle *oracle)
{
    const struct board *board = oracle->board;
    const char *wrong = board->ideas_count == oracle->ideas_count ? NULL : "an idea is missing";

    for (size_t i = 0; i < board->ideas_count && !wrong; i++) {
        wrong = check_idea(oracle, &board->ideas[i]);
    }
    for (size_t i = 0; i < board->people_count && !wrong; i++) {
        wrong = check_person(oracle, &board->people[i]);
    }
    return wrong ? wrong : check_sums(oracle);
}

struct oracle *oracle_create(void)
{
    return mem_alloc(sizeof(struct oracle));
}

void oracle_destroy(struct oracle *oracle)
{
    mem_free(oracle);
}

const char *oracle_follow(struct oracle *oracle, const struct history *history)
{
    oracle->board = history->board;
    for (; oracle->read < history->count; oracle->read++) {
        read_entry(oracle, history, oracle->read);
    }
    return check_all(oracle);
}

const char *oracle_check(const struct history *history)
{
    struct oracle *oracle = oracle_create();
    const char *wrong = oracle_follow(oracle, history);

    oracle_destroy(oracle);
    return wrong;
}
