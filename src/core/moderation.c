#include "core/moderation.h"

#include "base/mem.h"
#include "core/board.h"

#include <stdlib.h>

enum {
    DAY_MINUTES = 24 * 60,
    MINUTE_MS = 60000
};

/* The place of a case in the order in which staff are given them. */
struct key {
    enum case_class kind;
    uint64_t order;
    uint64_t number; /* people after ideas */
};

static bool is_appealed(const struct board *board, const struct idea *idea)
{
    const struct record *record = board_record(board, idea->appealed);

    return record && record->appeal == RESOLUTION_NONE;
}

static bool is_by_staff(const struct board *board, const struct idea *idea)
{
    const struct person *author = board_person(board, idea->author);

    return idea->seed || (author && author->role >= ROLE_MODERATOR);
}

enum case_class case_of_idea(const struct board *board, const struct idea *idea)
{
    if (idea->state == IDEA_WITHDRAWN) {
        return CASE_NONE;
    }
    if (is_appealed(board, idea)) {
        return CASE_APPEAL;
    }
    if (idea->reports && (idea->state == IDEA_SHOWN || idea->state == IDEA_PENDING)) {
        return CASE_REPORT;
    }
    if (idea->state == IDEA_PENDING) {
        return CASE_PENDING;
    }
    if (idea->state != IDEA_SHOWN || idea->approved || is_by_staff(board, idea)) {
        return CASE_NONE;
    }
    return tally_judged(&idea->tally) >= RISING_JUDGES ? CASE_RISING : CASE_FRESH;
}

bool idea_is_appealable(const struct idea *idea)
{
    return idea->appealable && !idea->appealed && idea->state != IDEA_WITHDRAWN;
}

/* What has waited longest first; of what nobody has read, what most people have judged. How
   they judged it does not enter: staff learn nothing of scores that are closed. */
static struct key key_of_idea(const struct board *board, const struct idea *idea)
{
    struct key key = {.kind = case_of_idea(board, idea), .number = idea->number};

    if (key.kind == CASE_RISING) {
        key.order = UINT32_MAX - tally_judged(&idea->tally);
    } else if (key.kind != CASE_FRESH) {
        key.order = idea->waiting_ms;
    }
    return key;
}

static struct key key_of_person(const struct person *person)
{
    return (struct key){.kind = person->reports ? CASE_REPORT : CASE_NONE,
                        .order = person->waiting_ms,
                        .number = (UINT64_C(1) << 32) + person->number};
}

static int compare_u64(uint64_t a, uint64_t b)
{
    return (a > b) - (a < b);
}

static int compare(const struct key *a, const struct key *b)
{
    if (a->kind != b->kind) {
        return a->kind < b->kind ? -1 : 1;
    }
    return a->order != b->order ? compare_u64(a->order, b->order)
                                : compare_u64(a->number, b->number);
}

bool case_is_taken(const struct lease *lease, uint32_t person, uint64_t now_ms)
{
    return lease->until_ms > now_ms && lease->person != person;
}

/* The first case of all, and the first after a place. */
struct search {
    struct key after;
    struct key first;
    struct key next;
};

static void consider(struct search *search, const struct key *key)
{
    if (key->kind == CASE_NONE) {
        return;
    }
    if (compare(key, &search->first) < 0) {
        search->first = *key;
    }
    if (compare(key, &search->after) > 0 && compare(key, &search->next) < 0) {
        search->next = *key;
    }
}

static struct key key_of_place(const struct board *board, struct case_place place)
{
    const struct idea *idea = board_idea(board, place.idea);
    const struct person *person = board_person(board, place.person);

    if (idea) {
        return key_of_idea(board, idea);
    }
    return person ? key_of_person(person) : (struct key){.kind = CASE_NONE};
}

bool case_choose(const struct board *board, const struct person *person, uint64_t now_ms,
                 struct case_place after, struct case_place *out)
{
    const struct key none = {.kind = CASE_NONE};
    struct search search = {key_of_place(board, after), none, none};

    for (size_t i = 0; i < board->ideas_count; i++) {
        struct key key = key_of_idea(board, &board->ideas[i]);

        if (!case_is_taken(&board->ideas[i].lease, person->number, now_ms)) {
            consider(&search, &key);
        }
    }
    for (size_t i = 0; i < board->reported_count; i++) {
        const struct person *reported = board_person(board, board->reported[i]);
        struct key key = key_of_person(reported);

        if (!case_is_taken(&reported->lease, person->number, now_ms)) {
            consider(&search, &key);
        }
    }
    const struct key *found = search.next.kind == CASE_NONE ? &search.first : &search.next;
    uint32_t number = (uint32_t)found->number;

    *out = found->number >> 32 ? (struct case_place){.person = number}
                               : (struct case_place){.idea = number};
    return found->kind != CASE_NONE;
}

struct waiting board_waiting(const struct board *board)
{
    struct waiting waiting = {{0}};

    for (size_t i = 0; i < board->ideas_count; i++) {
        enum case_class kind = case_of_idea(board, &board->ideas[i]);

        if (kind != CASE_NONE) {
            waiting.count[kind]++;
        }
    }
    waiting.count[CASE_REPORT] += (uint32_t)board->reported_count;
    return waiting;
}

const struct report *board_report(const struct board *board, uint64_t number)
{
    return number >= 1 && number <= board->reports_count ? &board->reports[number - 1] : NULL;
}

uint32_t board_report_number(const struct board *board, const struct report *report)
{
    return (uint32_t)(report - board->reports) + 1;
}

const struct report *board_next_report(const struct board *board, uint32_t first,
                                       const struct report *after)
{
    return board_report(board, after ? after->next : first);
}

const struct record *board_record(const struct board *board, uint64_t number)
{
    return number >= 1 && number <= board->records_count ? &board->records[number - 1] : NULL;
}

const struct record *board_undoable(const struct board *board, const struct idea *idea)
{
    const struct record *record = NULL;

    for (size_t i = board->records_count; i > 0 && !record; i--) {
        record = board->records[i - 1].idea == idea->number ? &board->records[i - 1] : NULL;
    }
    if (!record || record->undone || idea->state == IDEA_WITHDRAWN ||
        idea->state == IDEA_MERGED || record->before.state == IDEA_MERGED) {
        return NULL;
    }
    return record->kind == CMD_HIDE || record->kind == CMD_APPROVE ||
                   record->kind == CMD_RESTORE || record->kind == CMD_RESOLVE
               ? record
               : NULL;
}

static void count_record(struct record_summary *summary, const struct record *record)
{
    summary->appeals += record->appealed;
    summary->granted += record->appeal == RESOLUTION_UPHELD;
    if (record->undone) {
        return;
    }
    summary->held +=
        record->kind == CMD_POST || record->kind == CMD_EDIT || record->kind == CMD_REPORT;
    summary->hidden += record->kind == CMD_HIDE;
    summary->restored += record->kind == CMD_RESTORE;
    summary->merged += record->kind == CMD_MERGE;
    summary->redacted += record->kind == CMD_REDACT;
    summary->suspended += record->kind == CMD_SUSPEND;
}

static int compare_waits(const void *a, const void *b)
{
    return compare_u64(*(const uint64_t *)a, *(const uint64_t *)b);
}

struct record_summary board_summary(const struct board *board)
{
    struct record_summary summary = {0};
    uint64_t *waits = mem_array(board->records_count, sizeof *waits);
    size_t count = 0;

    for (size_t i = 0; i < board->records_count; i++) {
        count_record(&summary, &board->records[i]);
        if (board->records[i].waited_ms && !board->records[i].undone) {
            waits[count++] = board->records[i].waited_ms;
        }
    }
    qsort(waits, count, sizeof *waits, compare_waits);
    summary.median_wait_ms = count ? waits[(count - 1) / 2] : 0; /* the lower of two */
    mem_free(waits);
    return summary;
}

bool board_premoderates(const struct board *board, uint64_t now_ms)
{
    uint32_t minute = (uint32_t)(now_ms / MINUTE_MS % DAY_MINUTES);
    uint32_t from = board->premoderates_from;
    uint32_t until = board->premoderates_until;

    if (!board->premoderates || from == until) {
        return board->premoderates;
    }
    return from < until ? minute >= from && minute < until : minute >= from || minute < until;
}
