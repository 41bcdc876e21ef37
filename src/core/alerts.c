#include "core/alerts.h"

#include "core/round.h"

#define MINUTE_MS UINT64_C(60000)

static struct alert *alert_add(struct alerts *out, enum alert_kind kind)
{
    struct alert *alert = &out->items[out->count++];

    *alert = (struct alert){.kind = kind};
    return alert;
}

static void alert_name(struct alert *alert, uint32_t number)
{
    if (alert->numbers_count < ALERT_NUMBERS) {
        alert->numbers[alert->numbers_count++] = number;
    }
}

/* Judges that the candidate lacks. */
static uint32_t lacks(const struct board *board, const struct idea *idea)
{
    uint32_t wanted = board_round(board)->rule.min_judges;
    uint32_t judges = tally_judged(&idea->tally);

    return board_competes(board, idea) && judges < wanted ? wanted - judges : 0;
}

/* Ballots a thousand minutes: of the last quarter of the round so far, from whole minutes. */
static uint64_t rate(const struct board *board, const struct round *round, uint64_t now_ms)
{
    uint64_t quarter = (now_ms - round->opened_ms) / 4 / MINUTE_MS;
    uint64_t minutes = quarter ? quarter : 1;
    uint64_t until_ms = now_ms - now_ms % MINUTE_MS + MINUTE_MS;
    struct pulse_span sum =
        pulse_between(&board->pulse, until_ms - (minutes + 1) * MINUTE_MS, until_ms);
    uint64_t spent_ms = minutes * MINUTE_MS + now_ms % MINUTE_MS;

    return sum.ballots * UINT64_C(1000) * MINUTE_MS / spent_ms;
}

static void name_lacking(const struct board *board, uint32_t lack, struct alert *alert)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (lacks(board, &board->ideas[i]) == lack) {
            alert_name(alert, board->ideas[i].number);
        }
    }
}

/* Ideas by how much they lack, the most first. */
static void name_poorest(const struct board *board, struct alert *alert)
{
    uint32_t wanted = board_round(board)->rule.min_judges;

    for (uint32_t lack = wanted; lack && alert->numbers_count < ALERT_NUMBERS; lack--) {
        name_lacking(board, lack, alert);
    }
}

/* A quarter of its time has passed, and its end is near enough to count. */
static bool can_foresee(const struct round *round, uint64_t now_ms)
{
    return round->closes_at_ms > now_ms && now_ms > round->opened_ms &&
           4 * (now_ms - round->opened_ms) >= round->closes_at_ms - round->opened_ms;
}

static void find_short(const struct board *board, uint64_t now_ms, struct alerts *out)
{
    const struct round *round = &board->rounds[board->round - 1];
    uint64_t ideas = 0;
    uint64_t missing = 0;

    if (!board_is_open(board) || !can_foresee(round, now_ms)) {
        return;
    }
    for (size_t i = 0; i < board->ideas_count; i++) {
        uint32_t lack = lacks(board, &board->ideas[i]);

        ideas += lack > 0;
        missing += lack;
    }
    uint64_t each = rate(board, round, now_ms);
    uint64_t will = each * (round->closes_at_ms - now_ms) / MINUTE_MS / 1000;

    if (will >= missing) {
        return;
    }
    struct alert *alert = alert_add(out, ALERT_SHORT);

    /* The queue raises them together: all but the last few miss theirs by one at least. */
    missing -= will;
    alert->count = (uint32_t)(ideas < missing ? ideas : missing);
    alert->missing = (uint32_t)missing;
    alert->minutes = each ? (uint32_t)((missing * 1000 + each - 1) / each) : 0;
    name_poorest(board, alert);
}

/* Where ideas can still be put in. */
static void find_themes(const struct board *board, struct alerts *out)
{
    bool has[LIMIT_THEMES + 1] = {false};
    uint32_t ideas = 0;

    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board->ideas[i].state == IDEA_SHOWN) {
            has[board->ideas[i].theme] = true;
            ideas++;
        }
    }
    struct alert found = {.kind = ALERT_THEMES, .of = ideas};

    for (uint32_t theme = 1; theme <= board->definition.themes_count; theme++) {
        if (!has[theme]) {
            alert_name(&found, theme);
        }
    }
    if (ideas >= ALERT_IDEAS_MIN && found.numbers_count) {
        *alert_add(out, ALERT_THEMES) = found;
    }
}

static void find_groups(const struct board *board, struct alerts *out)
{
    uint64_t has = 0;
    struct alert found = {.kind = ALERT_GROUPS};

    for (size_t i = 0; i < board->people_count; i++) {
        has |= board->people[i].groups;
        found.of += board->people[i].groups != 0;
    }
    for (uint32_t g = 0; g < board->definition.groups_count; g++) {
        if (!(has >> g & 1)) {
            alert_name(&found, g + 1);
        }
    }
    if (found.of >= ALERT_DECLARED_MIN && found.numbers_count) {
        *alert_add(out, ALERT_GROUPS) = found;
    }
}

static void find_guests(const struct board *board, uint64_t now_ms, struct alerts *out)
{
    uint64_t until_ms = now_ms - now_ms % MINUTE_MS + MINUTE_MS;
    uint64_t late_ms = until_ms - ALERT_BURST_MINUTES * MINUTE_MS;
    uint64_t opened_ms = board->rounds[board->round - 1].opened_ms;
    uint64_t since_ms = until_ms - (PULSE_MINUTES - 1) * MINUTE_MS;

    since_ms = since_ms > opened_ms ? since_ms : opened_ms;
    if (!board_is_open(board) || now_ms < opened_ms + ALERT_BURST_AFTER_MIN * MINUTE_MS) {
        return;
    }
    uint64_t minutes = (late_ms - since_ms) / MINUTE_MS;
    uint32_t late = pulse_between(&board->pulse, late_ms, until_ms).guests;
    uint32_t early = pulse_between(&board->pulse, since_ms, late_ms).guests;

    if (late >= ALERT_BURST_GUESTS &&
        late * minutes >= (uint64_t)ALERT_BURST_TIMES * ALERT_BURST_MINUTES * early) {
        struct alert *alert = alert_add(out, ALERT_GUESTS);

        alert->count = late;
        alert->of = minutes ? (uint32_t)((uint64_t)early * ALERT_BURST_MINUTES / minutes) : 0;
        alert->minutes = ALERT_BURST_MINUTES;
    }
}

static uint32_t author_of(const struct idea *idea)
{
    return idea->seed ? 0 : idea->author;
}

/* Ideas that would have a seat. */
struct seats {
    const struct idea *ideas[ALERT_SEATS_MAX];
    uint32_t count;
};

static struct alert count_of(const struct seats *seats, enum alert_kind kind, uint32_t one)
{
    struct alert alert = {.kind = kind, .of = seats->count};

    for (uint32_t i = 0; i < seats->count; i++) {
        const struct idea *idea = seats->ideas[i];

        if ((kind == ALERT_AUTHOR ? author_of(idea) : idea->root) == one) {
            alert.count++;
            alert_name(&alert, idea->number);
        }
    }
    return alert;
}

/* Whoever has the most of the seats, if that is a third and three of them. */
static void find_most(const struct seats *seats, enum alert_kind kind, struct alerts *out)
{
    struct alert most = {.kind = kind, .of = seats->count};

    for (uint32_t i = 0; i < seats->count; i++) {
        const struct idea *idea = seats->ideas[i];
        uint32_t one = kind == ALERT_AUTHOR ? author_of(idea) : idea->root;
        struct alert found = count_of(seats, kind, one);

        if (one && found.count > most.count) {
            most = found;
        }
    }
    if (most.count >= ALERT_OWNED_MIN && 3 * most.count > most.of) {
        *alert_add(out, kind) = most;
    }
}

/* In a final nobody takes a seat any more, and without a rule there is none. */
static bool has_seats(const struct board *board)
{
    const struct round_definition *round = board_round(board);

    return round && !round->final && round->rule.keep != KEEP_ALL;
}

static void find_owners(const struct board *board, const struct round_result *result,
                        struct alerts *out)
{
    struct seats seats = {.count = 0};

    for (size_t i = 0; i < result->selection.count; i++) {
        const struct standing *item = &result->selection.items[i];

        if (item->seated && seats.count == ALERT_SEATS_MAX) {
            return; /* so many are nobody's */
        }
        if (item->seated) {
            seats.ideas[seats.count++] = board_idea(board, item->idea);
        }
    }
    find_most(&seats, ALERT_AUTHOR, out);
    find_most(&seats, ALERT_THREAD, out);
}

static void find_walls(const struct board *board, struct alerts *out)
{
    const struct round_result *closed = round_result(board, board->round);
    struct round_result now = {0};

    if (!has_seats(board) || (!closed && board_round(board)->scores != SCORES_LIVE)) {
        return;
    }
    if (!closed) {
        round_result_now(board, &now);
    }
    find_owners(board, closed ? closed : &now, out);
    round_result_finish(&now);
}

bool idea_is_overdue(const struct board *board, const struct idea *idea, uint32_t today)
{
    const struct followup *last =
        idea->last_followup ? &board->followups[idea->last_followup - 1] : NULL;

    return last && last->next_by && last->next_by < today && idea->state != IDEA_WITHDRAWN;
}

static void find_overdue(const struct board *board, uint32_t today, struct alerts *out)
{
    struct alert found = {.kind = ALERT_OVERDUE};

    for (size_t i = 0; i < board->ideas_count; i++) {
        if (idea_is_overdue(board, &board->ideas[i], today)) {
            found.count++;
            alert_name(&found, board->ideas[i].number);
        }
    }
    if (found.count) {
        *alert_add(out, ALERT_OVERDUE) = found;
    }
}

void alerts_find(const struct board *board, uint64_t now_ms, uint32_t today, struct alerts *out)
{
    *out = (struct alerts){.count = 0};
    if (board->state == BOARD_OPEN && board->round) {
        find_short(board, now_ms, out);
        find_guests(board, now_ms, out);
        find_walls(board, out);
        if (!board_round(board)->final) {
            find_themes(board, out);
        }
        find_groups(board, out);
    }
    find_overdue(board, today, out);
}
