#include "export/holds.h"

#include "core/round.h"

#include <stdlib.h>

enum {
    BUSIEST_OF = 100
};

enum {
    HOLD_EXTENSIONS = 3,
    HOLD_BUSIEST = 4,
    HOLD_OPPOSITION = 6
};

/* In the order in which they are told. */
static const struct way {
    const char *without;
    struct omission omission;
} ways[HOLDS] = {
    {"guests", {.guests = true}},
    {"seeds", {.seeds = true}},
    {"staff", {.staff = true}},
    [HOLD_EXTENSIONS] = {"extensions", {.extensions = true}},
    [HOLD_BUSIEST] = {"busiest", {.people = NULL}}, /* who they are only the log says */
    {"earlier", {.earlier = true}},
    [HOLD_OPPOSITION] = {"opposition", {.opposition = true}},
};

/* Somebody, and on how many ideas they have a ballot. */
struct judge {
    uint32_t number;
    uint32_t ballots;
};

static struct judge judge_of(const struct person *person)
{
    struct judge judge = {.number = person->number};

    for (uint32_t i = 0; i < person->ballots_room; i++) {
        judge.ballots += person->ballots[i].idea && person->ballots[i].choice != CHOICE_NONE;
    }
    return judge;
}

static int compare_judges(const void *left, const void *right)
{
    const struct judge *a = left;
    const struct judge *b = right;

    if (a->ballots != b->ballots) {
        return a->ballots > b->ballots ? -1 : 1;
    }
    return a->number < b->number ? -1 : 1;
}

/* One in a hundred of those who judged, and at least one. */
static void find_busiest(struct map *out, const struct board *board)
{
    struct judge *judges = mem_array(board->people_count, sizeof *judges);
    size_t count = 0;

    for (size_t i = 0; i < board->people_count; i++) {
        judges[count] = judge_of(&board->people[i]);
        count += judges[count].ballots > 0;
    }
    qsort(judges, count, sizeof *judges, compare_judges);
    for (size_t i = 0; i < (count + BUSIEST_OF - 1) / BUSIEST_OF; i++) {
        map_put(out, judges[i].number, 1);
    }
    mem_free(judges);
}

void holds_init(struct holds *holds, const struct board *board)
{
    *holds = (struct holds){.round = board->round, .plain = board_create()};
    find_busiest(&holds->busiest, board);
    effects_init(&holds->effects);
    for (size_t i = 0; i < HOLDS; i++) {
        holds->holds[i] = (struct hold){ways[i].without, board_create()};
        holds->holds[i].fold->omission = ways[i].omission;
    }
}

void holds_finish(struct holds *holds)
{
    for (size_t i = 0; i < HOLDS; i++) {
        board_destroy(holds->holds[i].fold);
    }
    board_destroy(holds->plain);
    map_finish(&holds->busiest);
    effects_finish(&holds->effects);
}

void holds_apply(struct holds *holds, const struct entry *entry)
{
    board_apply(holds->plain, entry, &holds->effects);
    for (size_t i = 0; i < HOLDS; i++) {
        struct board *fold = holds->holds[i].fold;

        if (i == HOLD_BUSIEST) {
            fold->omission.people = &holds->busiest; /* the struct may have moved */
        }
        board_apply(fold, entry, &holds->effects);
    }
}

/* As the round closed in that fold, or as if it closed now; finish releases it. */
static const struct round_result *result_of(const struct board *fold, uint32_t round,
                                            struct round_result *now)
{
    const struct round_result *closed = round_result(fold, round);

    *now = (struct round_result){0};
    if (closed || fold->round != round) {
        return closed;
    }
    round_result_now(fold, now);
    return now;
}

static bool is_seated(const struct selection *selection, uint32_t idea)
{
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].idea == idea) {
            return selection->items[i].seated;
        }
    }
    return false;
}

static bool same_seats(const struct selection *a, const struct selection *b)
{
    size_t seated = 0;

    for (size_t i = 0; i < a->count; i++) {
        if (a->items[i].seated && !is_seated(b, a->items[i].idea)) {
            return false;
        }
        seated += a->items[i].seated;
    }
    for (size_t i = 0; i < b->count; i++) {
        seated -= b->items[i].seated;
    }
    return seated == 0;
}

static const struct standing *most_liked(const struct selection *selection)
{
    const struct standing *best = &selection->items[0];

    for (size_t i = 1; i < selection->count; i++) {
        if (selection->items[i].tally.agree > best->tally.agree) {
            best = &selection->items[i];
        }
    }
    return best;
}

/* Would the same have been seated by most favourable ballots? Nobody without a seat has more
   of them than somebody with one. */
static bool same_by_likes(const struct selection *selection)
{
    uint32_t least_in = UINT32_MAX;
    uint32_t most_out = 0;

    for (size_t i = 0; i < selection->count; i++) {
        uint32_t agree = selection->items[i].tally.agree;

        if (selection->items[i].seated && agree < least_in) {
            least_in = agree;
        } else if (!selection->items[i].seated && agree > most_out) {
            most_out = agree;
        }
    }
    return most_out <= least_in;
}

static void tell(struct held *held, const struct standing *first)
{
    held->winner = first->idea;
    held->agree = first->tally.agree;
    held->judged = tally_judged(&first->tally);
    held->share = held->judged ? (uint32_t)((2 * (uint64_t)held->agree * PPM + held->judged) /
                                            (2 * (uint64_t)held->judged))
                               : 0;
}

/* The round has a rule: it became something of its ideas. */
static bool has_decided(const struct selection *selection)
{
    for (size_t i = 0; i < selection->count; i++) {
        if (selection->items[i].outcome != OUTCOME_NONE) {
            return true;
        }
    }
    return false;
}

static void compare_round(const struct round_result *plain, const struct round_result *other,
                          bool by_likes, struct held *out)
{
    const struct selection *selection = &other->selection;

    if (!out->known) {
        return;
    }
    if (has_decided(&plain->selection)) {
        out->same = by_likes ? same_by_likes(&plain->selection)
                             : same_seats(&plain->selection, selection);
        return;
    }
    tell(out, by_likes ? most_liked(selection) : &selection->items[0]);
    out->same = plain->selection.count && out->winner == plain->selection.items[0].idea;
}

static void compare(const struct round_result *plain, const struct round_result *other,
                    bool by_likes, struct held *out)
{
    out->known = other->selection.count && other->selection.pool.judged && other->judges;
    if (!other->final) {
        compare_round(plain, other, by_likes, out);
        return;
    }
    out->known = out->known && other->verdict.winner;
    if (out->known) {
        tell(out, &other->selection.items[0]);
        out->same = out->winner == plain->verdict.winner;
    }
}

struct held holds_look(const struct holds *holds, size_t i)
{
    struct held held = {.without = ways[i].without};
    struct round_result plain_now;
    struct round_result other_now;
    const struct round_result *plain = result_of(holds->plain, holds->round, &plain_now);
    const struct round_result *other =
        result_of(holds->holds[i].fold, holds->round, &other_now);

    if (plain && other) {
        compare(plain, other, i == HOLD_OPPOSITION, &held);
    }
    round_result_finish(&plain_now);
    round_result_finish(&other_now);
    return held;
}

void holds_write(struct buf *to, const struct holds *holds)
{
    buf_add_char(to, '[');
    for (size_t i = 0; i < HOLDS; i++) {
        struct held held = holds_look(holds, i);

        buf_printf(to, "%s{\"without\":\"%s\",\"winner\":", i ? "," : "", held.without);
        if (held.winner) {
            buf_add_uint(to, held.winner);
        } else {
            buf_add_text(to, "null");
        }
        buf_printf(to, ",\"same\":%s,\"agree\":%u,\"judged\":%u,\"share\":%u}",
                   held.known ? (held.same ? "true" : "false") : "null", held.agree,
                   held.judged, held.share);
    }
    buf_add_char(to, ']');
}

bool holds_scheduled(const struct holds *holds, uint32_t round, struct scheduled *out)
{
    const struct round_result *plain = round_result(holds->plain, round);
    const struct round_result *other = round_result(holds->holds[HOLD_EXTENSIONS].fold, round);

    if (!plain ||
        (!holds->plain->rounds[round - 1].extended && !holds->plain->rounds[round - 1].early)) {
        return false;
    }
    *out = (struct scheduled){.round = round};
    out->known = other && !holds->plain->rounds[round - 1].early;
    if (out->known) {
        out->same = plain->final ? plain->verdict.winner == other->verdict.winner
                                 : same_seats(&plain->selection, &other->selection);
    }
    return true;
}

void holds_write_schedule(struct buf *to, const struct holds *holds)
{
    struct scheduled scheduled;
    bool first = true;

    buf_add_char(to, '[');
    for (uint32_t round = 1; round <= holds->plain->round; round++) {
        if (holds_scheduled(holds, round, &scheduled)) {
            buf_printf(to, "%s{\"round\":%u,\"same\":%s}", first ? "" : ",", round,
                       scheduled.known ? (scheduled.same ? "true" : "false") : "null");
            first = false;
        }
    }
    buf_add_char(to, ']');
}
