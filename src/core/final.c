#include "core/final.h"

#include "base/hash.h"
#include "base/mem.h"
#include "core/exact.h"

#include <stdlib.h>

enum {
    DRAW_BY_BALLOT = 256, /* ballots; above, a sum of NORMAL_TERMS draws stands for them */
    NORMAL_TERMS = 12
};

/* A share A/n with what breaks ties. */
struct share {
    uint32_t agree;
    uint32_t judged;
    uint32_t idea;
};

static int compare_shares(const struct share *a, const struct share *b)
{
    uint64_t left = (uint64_t)a->agree * (b->judged ? b->judged : 1);
    uint64_t right = (uint64_t)b->agree * (a->judged ? a->judged : 1);

    if (left != right) {
        return left > right ? -1 : 1;
    }
    if (a->judged != b->judged) {
        return a->judged > b->judged ? -1 : 1;
    }
    return a->idea == b->idea ? 0 : (a->idea < b->idea ? -1 : 1);
}

static struct share share_of(const struct standing *item)
{
    return (struct share){item->tally.agree, tally_judged(&item->tally), item->idea};
}

static int compare_standings(const void *left, const void *right)
{
    const struct standing *a = left;
    const struct standing *b = right;
    struct share share_a = share_of(a);
    struct share share_b = share_of(b);

    if (a->enough != b->enough) {
        return a->enough ? -1 : 1;
    }
    return compare_shares(&share_a, &share_b);
}

static void measure(struct standing *item, uint32_t min_judges)
{
    uint64_t n = tally_judged(&item->tally);

    item->enough = n >= (min_judges ? min_judges : 1);
    item->score = n ? (uint32_t)((2 * (uint64_t)item->tally.agree * PPM + n) / (2 * n)) : 0;
    item->outcome = OUTCOME_FINALIST;
    rank_interval(item->tally.agree, (uint32_t)n, &item->low, &item->high);
}

void final_rank(struct selection *selection, uint32_t min_judges)
{
    struct standing *items = selection->items;

    selection->pool = (struct pool){0, 0};
    for (size_t i = 0; i < selection->count; i++) {
        measure(&items[i], min_judges);
        selection->pool.agree += items[i].tally.agree;
        selection->pool.judged += tally_judged(&items[i].tally);
    }
    if (!selection->count) {
        return;
    }
    qsort(items, selection->count, sizeof *items, compare_standings);
    for (size_t i = 0; i < selection->count; i++) {
        items[i].rank = (uint32_t)i + 1;
    }
    if (items[0].enough) {
        items[0].outcome = OUTCOME_WINNER;
    }
}

bool final_group_is_tested(const struct group_tally *group, uint32_t group_min)
{
    return group->judged >= group_min;
}

bool final_group_has_majority(const struct group_tally *group)
{
    return 2 * (uint64_t)group->agree > group->judged;
}

/* A majority that the sampling of judges alone would not explain: more than half, and half
   is outside of Wilson's interval. */
static enum test test_interval(int64_t agree, int64_t judged)
{
    int64_t lead = 2 * agree - judged;
    bool outside = (wide)lead * lead * Z2_UNIT > (wide)Z2 * judged;

    return lead > 0 && outside ? TEST_PASSED : TEST_FAILED;
}

static enum test test_groups(const struct group_tally *groups, size_t count, uint32_t group_min)
{
    size_t tested = 0;
    size_t passed = 0;

    for (size_t i = 0; i < count; i++) {
        bool is_tested = final_group_is_tested(&groups[i], group_min);

        tested += is_tested;
        passed += is_tested && final_group_has_majority(&groups[i]);
    }
    if (!tested) {
        return TEST_SKIPPED;
    }
    return passed == tested ? TEST_PASSED : TEST_FAILED;
}

/* A majority that stands without its first ballots, bought ones perhaps. */
static enum test test_trim(int64_t agree, int64_t judged, int64_t trimmed)
{
    return 2 * (agree - trimmed) > judged - trimmed ? TEST_PASSED : TEST_FAILED;
}

void final_verdict(const struct selection *selection, const struct group_tally *groups,
                   size_t groups_count, const struct final_tests *tests, struct verdict *out)
{
    *out = (struct verdict){0};
    if (!selection->count || !selection->items[0].enough) {
        return;
    }
    const struct standing *winner = &selection->items[0];
    uint32_t agree = winner->tally.agree;
    uint32_t judged = tally_judged(&winner->tally);

    out->winner = winner->idea;
    out->trimmed = (uint32_t)(((uint64_t)agree * tests->trim_ppm + PPM - 1) / PPM);
    out->interval = test_interval(agree, judged);
    out->groups = test_groups(groups, groups_count, tests->group_min);
    out->trim = test_trim(agree, judged, out->trimmed);
    out->robust =
        out->interval != TEST_FAILED && out->groups != TEST_FAILED && out->trim != TEST_FAILED;
}

/* splitmix64, one stream for all draws (Steele, Lea and Flood, 2014). */
struct stream {
    uint64_t at;
};

static uint64_t next(struct stream *stream)
{
    uint64_t output = hash_mix(stream->at);

    stream->at += 0x9E3779B97F4A7C15u;
    return output;
}

/* An idea whose ballots are drawn again and again. */
struct urn {
    struct share share;
    size_t place;    /* in the selection */
    uint32_t spread; /* standard deviation of a draw, in 1/65536 */
    uint32_t first;  /* how often it came first */
};

static uint32_t draw_ballots(struct stream *stream, const struct share *share)
{
    uint32_t agree = 0;

    for (uint32_t i = 0; i < share->judged; i++) {
        agree += next(stream) % share->judged < share->agree;
    }
    return agree;
}

/* A sum of uniform draws in place of a normal one: its variance is 1 for twelve of them. */
static uint32_t draw_normal(struct stream *stream, const struct urn *urn)
{
    const wide unit = (wide)1 << 48;
    int64_t sum = -(INT64_C(1) << 32) * (NORMAL_TERMS / 2);

    for (int i = 0; i < NORMAL_TERMS; i++) {
        sum += (int64_t)(next(stream) >> 32);
    }
    wide shift = (wide)sum * urn->spread + unit / 2;
    wide drawn = urn->share.agree + shift / unit - (shift % unit < 0);

    return drawn < 0 ? 0 : (drawn > urn->share.judged ? urn->share.judged : (uint32_t)drawn);
}

static struct share draw(struct stream *stream, const struct urn *urn)
{
    struct share share = urn->share;

    share.agree = share.judged <= DRAW_BY_BALLOT ? draw_ballots(stream, &share)
                                                 : draw_normal(stream, urn);
    return share;
}

static struct urn urn_of(const struct standing *item, size_t place)
{
    uint64_t a = item->tally.agree;
    uint64_t n = tally_judged(&item->tally);
    wide variance = ((wide)(a * (n - a)) << 32) / n;

    return (struct urn){
        .share = share_of(item), .place = place, .spread = exact_root((uint64_t)variance)};
}

static int compare_urns(const void *left, const void *right)
{
    uint32_t a = ((const struct urn *)left)->share.idea;
    uint32_t b = ((const struct urn *)right)->share.idea;

    return (a > b) - (a < b);
}

static void resample(struct stream *stream, struct urn *urns, size_t count)
{
    size_t first = 0;
    struct share best = draw(stream, &urns[0]);

    for (size_t i = 1; i < count; i++) {
        struct share share = draw(stream, &urns[i]);

        if (compare_shares(&share, &best) < 0) {
            best = share;
            first = i;
        }
    }
    urns[first].first++;
}

uint32_t final_stability(const struct selection *selection, uint64_t seed, uint32_t resamples,
                         uint32_t *out)
{
    struct stream stream = {seed};
    size_t count = 0;

    for (size_t i = 0; i < selection->count; i++) {
        out[i] = 0;
        count += selection->items[i].enough;
    }
    if (!count) {
        return 0;
    }
    struct urn *urns = mem_array(count, sizeof *urns);

    for (size_t i = 0; i < count; i++) { /* those with enough judges rank first */
        urns[i] = urn_of(&selection->items[i], i);
    }
    qsort(urns, count, sizeof *urns, compare_urns);
    for (uint32_t i = 0; i < resamples; i++) {
        resample(&stream, urns, count);
    }
    for (size_t i = 0; i < count; i++) {
        out[urns[i].place] = urns[i].first;
    }
    mem_free(urns);
    return resamples;
}
