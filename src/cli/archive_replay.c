#include "cli/archive_replay.h"

#include "auth/random.h"
#include "base/map.h"
#include "base/mem.h"

#include <stdlib.h>
#include <string.h>

/* Somebody of the board that is made. */
struct actor {
    uint64_t key;
    bool known;          /* to the fold */
    uint32_t counted_in; /* the latest round that counts a ballot of theirs */
};

struct replay {
    struct replica *replica;
    const struct archive_read *archive;
    const struct archive_more *more;
    struct actor *actors; /* owned */
    size_t actors_count;
    size_t actors_room;
    struct map voters;   /* voter of several ballots → actor, from 1 */
    uint32_t *authors;   /* actor who wrote idea n, from 1, at n - 1; owned */
    struct map standing; /* actor and idea → choice */
    uint32_t *pool;      /* actors who share the ballots that stand apart; owned */
    size_t pool_count;
    size_t pool_room;
    size_t judges;   /* so many of the pool have ballots in this round */
    size_t cursor;   /* among them */
    uint32_t *spare; /* actors who took part otherwise, and may judge later; owned */
    size_t spare_count;
    size_t spare_room;
    size_t posted;
    size_t acted;
    uint32_t lead; /* actor, from 1 */
};

static uint32_t new_actor(struct replay *replay)
{
    replay->actors = mem_reserve(replay->actors, replay->actors_count, &replay->actors_room,
                                 sizeof *replay->actors);
    replay->actors[replay->actors_count++] = (struct actor){.key = random_u64() | 1};
    return (uint32_t)replay->actors_count;
}

static uint64_t key_of(const struct replay *replay, uint32_t actor)
{
    return actor ? replay->actors[actor - 1].key : 0;
}

static void introduce(struct replay *replay, uint32_t actor)
{
    if (actor && !replay->actors[actor - 1].known) {
        struct command command = {
            .kind = CMD_PERSON, .person = key_of(replay, actor), .assurance = ASSURANCE_GUEST};

        replay->actors[actor - 1].known = true;
        replica_add(replay->replica, &command);
    }
}

static void act(struct replay *replay, struct command *command, uint32_t actor)
{
    introduce(replay, actor);
    command->person = key_of(replay, actor);
    replica_add(replay->replica, command);
}

/* Beginning */

static void create(struct replay *replay, struct board_key key, const char *slug)
{
    const struct archive_more *more = replay->more;
    struct command command = {.kind = CMD_CREATE};
    struct definition *definition = mem_alloc(sizeof *definition);

    *definition = replay->archive->definition;
    memcpy(definition->key_id, key.id, sizeof definition->key_id);
    memset(definition->slug, 0, sizeof definition->slug);
    memcpy(definition->slug, slug, strlen(slug));
    memcpy(definition->lang, more->lang, sizeof definition->lang);
    definition->draft = !replay->archive->round;
    if (more->title) {
        definition->title = replica_text(replay->replica, view_of(more->title));
    }
    if (more->question) {
        definition->question = replica_text(replay->replica, view_of(more->question));
    }
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        definition->rounds[i].allows = ALLOW_POST | ALLOW_BUILD | ALLOW_VOTE;
        if (more->rounds[i].title) {
            definition->rounds[i].title =
                replica_text(replay->replica, view_of(more->rounds[i].title));
        }
    }
    command.definition = definition;
    replica_add(replay->replica, &command);
}

/* Ideas */

static struct command import_command(bool done, const struct source *source)
{
    return (struct command){.kind = CMD_IMPORT, .source = *source, .done = done};
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
                              .source = idea->source,
                              .at_ms = more->at_ms ? more->at_ms : replay->replica->now_ms};
    uint32_t author = replay->authors[at];

    introduce(replay, author);
    command.text = replica_text(replay->replica, archive_words(replay->archive, idea->number));
    act(replay, &command, author);
}

/* Ideas are numbered as they come: one after it took part by then. */
static bool is_before_candidate(const struct replay *replay, size_t at, uint32_t round)
{
    bool before = false;

    for (size_t i = at + 1; i < replay->archive->ideas_count && !before; i++) {
        uint32_t first = replay->more->ideas[i].first_round;

        before = first && first <= round;
    }
    return before;
}

/* Posted into that round and no later one. What became part of another is not said to have
   taken part. */
static bool is_due(const struct replay *replay, size_t at, uint32_t round)
{
    const struct more_idea *idea = &replay->more->ideas[at];
    const struct round_definition *definition = &replay->archive->definition.rounds[round - 1];
    bool enters = !definition->final && (definition->compete >> idea->relation & 1u);

    if (idea->first_round) {
        return idea->first_round <= round;
    }
    return !enters || idea->state == IDEA_MERGED || round == replay->archive->round ||
           is_before_candidate(replay, at, round);
}

static void post_ideas(struct replay *replay, uint32_t round)
{
    struct source source = writer_import_source("pinson");
    struct command begin = import_command(false, &source);
    struct command end = import_command(true, &source);

    if (replay->posted == replay->archive->ideas_count ||
        !is_due(replay, replay->posted, round)) {
        return;
    }
    replica_add(replay->replica, &begin);
    while (replay->posted < replay->archive->ideas_count &&
           is_due(replay, replay->posted, round)) {
        post(replay, replay->posted++);
    }
    replica_add(replay->replica, &end);
}

/* Ballots */

static uint64_t ballot_key(uint32_t actor, uint32_t idea)
{
    return (uint64_t)actor << 32 | idea;
}

/* An archive says that somebody was served, not when that was chosen: nor does this. */
static void serve(struct replay *replay, uint32_t actor, uint32_t idea)
{
    struct command command = {.kind = CMD_SERVE, .ideas = {idea}, .ideas_count = 1};

    act(replay, &command, actor);
}

static void cast(struct replay *replay, uint32_t round, uint32_t actor, uint32_t idea,
                 enum choice choice)
{
    const struct round_definition *definition = &replay->archive->definition.rounds[round - 1];
    const uint64_t *before = map_find(&replay->standing, ballot_key(actor, idea));
    bool stands = before && *before == (uint64_t)choice;

    replay->actors[actor - 1].counted_in = round;
    if (definition->ballots == BALLOTS_SERVED &&
        replay->more->rounds[round - 1].served[idea - 1]) {
        replay->more->rounds[round - 1].served[idea - 1]--;
        serve(replay, actor, idea);
    }
    if (stands && definition->counts == COUNTS_STANDING) {
        return;
    }
    struct command command = {.kind = CMD_VOTE, .idea = idea, .choice = choice};

    map_put(&replay->standing, ballot_key(actor, idea), choice);
    act(replay, &command, actor);
}

static void take_back(struct replay *replay, uint32_t actor, uint32_t idea)
{
    struct command command = {.kind = CMD_UNVOTE, .idea = idea};

    map_remove(&replay->standing, ballot_key(actor, idea));
    act(replay, &command, actor);
}

/* What the round counts of an idea, ballot by ballot. */
struct wanted {
    uint32_t actor; /* 0: anybody's */
    enum choice choice;
    bool own;
};

struct wants {
    struct wanted *items; /* owned */
    size_t count;
    size_t room;
};

static void want(struct wants *wants, uint32_t actor, enum choice choice, bool own)
{
    wants->items = mem_reserve(wants->items, wants->count, &wants->room, sizeof *wants->items);
    wants->items[wants->count++] =
        (struct wanted){.actor = actor, .choice = choice, .own = own};
}

static void want_own(struct wants *wants, const struct tally *own, uint32_t author)
{
    static const enum choice choices[] = {CHOICE_AGREE, CHOICE_DISAGREE, CHOICE_PASS};
    const uint32_t counts[] = {own->agree, own->disagree, own->pass};

    for (size_t i = 0; i < sizeof choices / sizeof *choices; i++) {
        for (uint32_t n = 0; n < counts[i]; n++) {
            want(wants, author, choices[i], true);
            author = 0; /* of several who wrote parts of it, one is told apart */
        }
    }
}

static bool has(const struct wants *wants, uint32_t actor)
{
    for (size_t i = 0; i < wants->count; i++) {
        if (wants->items[i].actor == actor) {
            return true;
        }
    }
    return false;
}

/* Ballots that stand and are wanted stay whose they are; others are taken back. */
static void settle_standing(struct replay *replay, struct wants *wants, uint32_t idea)
{
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        const uint64_t *choice = map_find(&replay->standing, ballot_key(actor, idea));
        size_t i = 0;

        if (!choice || has(wants, actor)) {
            continue;
        }
        while (i < wants->count && (wants->items[i].actor || wants->items[i].own ||
                                    wants->items[i].choice != (enum choice) * choice)) {
            i++;
        }
        if (i < wants->count) {
            wants->items[i].actor = actor;
        } else {
            take_back(replay, actor, idea);
        }
    }
}

/* Somebody of the pool without a ballot on the idea, the next in turn. */
static uint32_t somebody(struct replay *replay, const struct wants *wants, uint32_t idea)
{
    for (size_t tried = 0; tried < replay->judges; tried++) {
        uint32_t actor = replay->pool[replay->cursor++ % replay->judges];

        if (!has(wants, actor) && actor != replay->authors[idea - 1]) {
            return actor;
        }
    }
    return 0;
}

static void cast_on(struct replay *replay, uint32_t round, uint32_t idea, struct wants *wants)
{
    bool keeps = replay->archive->definition.rounds[round - 1].counts == COUNTS_STANDING;

    if (keeps) {
        settle_standing(replay, wants, idea);
    }
    for (size_t i = 0; i < wants->count; i++) {
        struct wanted *wanted = &wants->items[i];

        if (!wanted->actor) {
            wanted->actor = somebody(replay, wants, idea);
        }
        if (wanted->actor) {
            cast(replay, round, wanted->actor, idea, wanted->choice);
        }
    }
}

static int compare_ballots(const void *a, const void *b)
{
    const struct more_ballot *left = a;
    const struct more_ballot *right = b;

    if (left->round != right->round) {
        return left->round < right->round ? -1 : 1;
    }
    return left->idea < right->idea ? -1 : left->idea > right->idea;
}

static uint32_t actor_of(struct replay *replay, uint32_t voter)
{
    const uint64_t *actor = map_find(&replay->voters, voter);

    return actor ? (uint32_t)*actor : 0;
}

/* People with several ballots in the archive are told apart; the rest is a pool, as large as
   the number of judges says. */
static void make_pool(struct replay *replay, uint32_t round, size_t first, size_t last)
{
    uint32_t judges = replay->archive->rounds[round - 1].result.judges;
    struct map seen = {0};

    for (size_t i = first; i < last; i++) {
        uint32_t actor = actor_of(replay, replay->more->ballots[i].voter);

        if (actor) {
            map_put(&seen, actor, 1);
        }
    }
    size_t needed = judges > seen.count ? judges - seen.count : 0;

    while (replay->pool_count < needed) {
        replay->pool = mem_reserve(replay->pool, replay->pool_count, &replay->pool_room,
                                   sizeof *replay->pool);
        replay->pool[replay->pool_count++] =
            replay->spare_count ? replay->spare[--replay->spare_count] : new_actor(replay);
    }
    replay->judges = needed;
    replay->cursor = 0;
    map_finish(&seen);
}

static void cast_ballots(struct replay *replay, uint32_t round, size_t first, size_t last)
{
    const struct archive_read_round *read = &replay->archive->rounds[round - 1];
    const struct more_round *more = &replay->more->rounds[round - 1];

    for (size_t c = 0; c < read->candidates_count; c++) {
        uint32_t idea = read->candidates[c].idea;
        struct wants wants = {0};

        want_own(&wants, &more->own[idea - 1], replay->authors[idea - 1]);
        while (first < last && replay->more->ballots[first].idea == idea) {
            const struct more_ballot *ballot = &replay->more->ballots[first++];

            want(&wants, actor_of(replay, ballot->voter), ballot->choice, false);
        }
        cast_on(replay, round, idea, &wants);
        mem_free(wants.items);
    }
}

/* The next after actor who could be shown the idea without having judged it; 0: nobody. */
static uint32_t next_reader(const struct replay *replay, uint32_t actor, uint32_t idea)
{
    while (++actor <= replay->actors_count) {
        if (actor != replay->lead && actor != replay->authors[idea - 1] &&
            !map_find(&replay->standing, ballot_key(actor, idea))) {
            return actor;
        }
    }
    return 0;
}

/* Servings that nobody answered: being shown something is no act. */
static void serve_rest(struct replay *replay, uint32_t round)
{
    uint32_t *served = replay->more->rounds[round - 1].served;

    for (uint32_t idea = 1; idea <= replay->archive->ideas_count; idea++) {
        uint32_t actor = next_reader(replay, 0, idea);

        for (; served[idea - 1]; served[idea - 1]--) {
            serve(replay, actor ? actor : new_actor(replay), idea);
            actor = actor ? next_reader(replay, actor, idea) : 0;
        }
    }
}

/* Authors: of ideas with a ballot by who wrote them, and of those that were taken back. */
static void find_authors(struct replay *replay)
{
    size_t turn = 0;

    for (size_t i = 0; i < replay->archive->ideas_count; i++) {
        bool own = false;

        for (uint32_t n = 1; n <= replay->archive->round; n++) {
            own = own || tally_judged(&replay->more->rounds[n - 1].own[i]);
        }
        if (own && replay->pool_count) {
            replay->authors[i] = replay->pool[turn++ % replay->pool_count];
        } else if (replay->more->ideas[i].state == IDEA_WITHDRAWN) {
            replay->authors[i] = replay->lead;
        }
    }
}

/* Staff, and what comes of it */

static void moderate(struct replay *replay, uint64_t until_ms)
{
    while (replay->acted < replay->more->acts_count &&
           replay->more->acts[replay->acted].at_ms <= until_ms) {
        const struct more_act *done = &replay->more->acts[replay->acted++];
        struct command command = {
            .kind = done->kind, .idea = done->idea, .reason = done->reason};

        if (done->kind == CMD_MERGE) {
            command.idea = done->into;
            command.ideas[0] = done->idea;
            command.ideas_count = 1;
        }
        replica_at(replay->replica, done->at_ms);
        replica_add(replay->replica, &command);
    }
}

/* Ideas that were hidden as they were imported, and those that their authors took back. */
static void change_states(struct replay *replay, uint32_t round)
{
    struct source source = writer_import_source("pinson");
    struct command begin = import_command(false, &source);
    struct command end = import_command(true, &source);
    bool last = round == replay->archive->round;

    replica_add(replay->replica, &begin);
    for (size_t i = 0; i < replay->posted; i++) {
        const struct more_idea *more = &replay->more->ideas[i];
        const struct idea *idea = &replay->replica->board->ideas[i];
        bool due = idea->state == IDEA_SHOWN && (last || more->first_round == round);
        struct command command = {.idea = idea->number, .reason = REASON_OTHER};

        if (due && more->state == IDEA_HIDDEN && !more->moderated) {
            command.kind = CMD_HIDE;
            replica_add(replay->replica, &command);
        } else if (due && more->state == IDEA_WITHDRAWN) {
            command.kind = CMD_WITHDRAW;
            act(replay, &command, replay->authors[i]);
        }
    }
    replica_add(replay->replica, &end);
}

/* Somebody who has not acted yet: who will judge in a later round, before others. */
static uint32_t next_participant(struct replay *replay)
{
    for (uint32_t actor = 1; actor <= replay->actors_count; actor++) {
        if (!replay->actors[actor - 1].known) {
            return actor;
        }
    }
    replay->spare = mem_reserve(replay->spare, replay->spare_count, &replay->spare_room,
                                sizeof *replay->spare);
    replay->spare[replay->spare_count++] = new_actor(replay);
    return replay->spare[replay->spare_count - 1];
}

/* People who took part in another way. */
static void fill_up(struct replay *replay, uint32_t round)
{
    const struct board *board = replay->replica->board;
    uint32_t participants = replay->archive->rounds[round - 1].result.participants;
    uint32_t shown = 0;

    for (size_t i = 0; i < board->ideas_count && !shown; i++) {
        shown = board->ideas[i].state == IDEA_SHOWN ? board->ideas[i].number : 0;
    }
    for (uint32_t next = replay->lead; shown && board->active_people < participants;
         next = next_participant(replay)) {
        struct command command = {.kind = CMD_FOLLOW, .idea = shown, .on = true};

        act(replay, &command, next);
    }
}

static void make_lead(struct replay *replay)
{
    struct command command = {
        .kind = CMD_ROLE, .target = key_of(replay, replay->lead), .role = ROLE_LEAD};

    replay->actors[replay->lead - 1].known = true;
    replica_add(replay->replica, &command);
}

/* Rounds */

static void turn(struct replay *replay, enum command_kind kind, uint32_t round)
{
    const struct board *board = replay->replica->board;
    bool closes = board->round && !board->rounds[board->round - 1].closed_version;
    struct command command = {.kind = kind, .round = round};

    if (closes) {
        command.rule_hash = board->definition.rounds[board->round - 1].rule_hash;
    }
    act(replay, &command, replay->lead);
}

static void play_round(struct replay *replay, uint32_t round, size_t first, size_t last)
{
    const struct more_round *more = &replay->more->rounds[round - 1];

    replica_at(replay->replica, more->opened_ms);
    if (round > 1) {
        turn(replay, CMD_OPEN, round);
    }
    make_pool(replay, round, first, last);
    if (round == 1) {
        make_lead(replay);
        find_authors(replay);
    }
    post_ideas(replay, round);
    cast_ballots(replay, round, first, last);
    serve_rest(replay, round);
    change_states(replay, round);
    moderate(replay, more->closed_ms ? more->closed_ms : UINT64_MAX);
    fill_up(replay, round);
    if (more->closed_ms && !more->closed_by_next) {
        replica_at(replay->replica, more->closed_ms);
        turn(replay, CMD_CLOSE, round);
    }
}

/* Voters of more than one ballot. */
static void find_voters(struct replay *replay)
{
    struct map once = {0};

    for (size_t i = 0; i < replay->more->ballots_count; i++) {
        uint32_t voter = replay->more->ballots[i].voter;

        if (!map_find(&once, voter)) {
            map_put(&once, voter, 1);
        } else if (!map_find(&replay->voters, voter)) {
            map_put(&replay->voters, voter, new_actor(replay));
        }
    }
    map_finish(&once);
}

void archive_replay(struct replica *replica, const struct archive_read *archive,
                    const struct archive_more *more, struct board_key key, const char *slug)
{
    struct replay replay = {.replica = replica, .archive = archive, .more = more};
    size_t first = 0;

    replay.authors = mem_array(archive->ideas_count, sizeof *replay.authors);
    replay.lead = new_actor(&replay);
    find_voters(&replay);
    if (more->ballots_count) {
        qsort(more->ballots, more->ballots_count, sizeof *more->ballots, compare_ballots);
    }
    replica_at(replica, archive->round ? more->rounds[0].opened_ms : 1);
    create(&replay, key, slug);
    for (uint32_t round = 1; round <= archive->round; round++) {
        size_t last = first;

        while (last < more->ballots_count && more->ballots[last].round == round) {
            last++;
        }
        play_round(&replay, round, first, last);
        first = last;
    }
    mem_free(replay.actors);
    mem_free(replay.authors);
    mem_free(replay.pool);
    mem_free(replay.spare);
    map_finish(&replay.voters);
    map_finish(&replay.standing);
}
