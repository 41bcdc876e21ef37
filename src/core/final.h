/*
 * final — the last round: plain share decides, and the winner's majority is put to the test.
 *
 * Pure. Uses struct selection: add the finalists, run final_rank instead of selection_run.
 */
#ifndef CORE_FINAL_H
#define CORE_FINAL_H

#include "core/command.h"
#include "core/selection.h"

enum {
    FINAL_GROUP_MIN = 30,
    FINAL_TRIM_PPM = 50000,
    FINAL_RESAMPLES = 2000,
    FINAL_SEED = 1
};

enum test {
    TEST_PASSED,
    TEST_FAILED,
    TEST_SKIPPED
};

/* What the winner is tested with. */
struct final_tests {
    uint32_t group_min; /* judges that a group has to have */
    uint32_t trim_ppm;  /* of the agreeing ballots are taken away */
};

struct verdict {
    uint32_t winner; /* idea; 0: nobody was judged by enough people, and there is no verdict */
    bool robust;     /* no test failed */
    enum test interval;
    enum test groups;
    enum test trim;
    uint32_t trimmed; /* ballots taken away by the trim test */
};

/* Higher share first among those with at least max(1, min_judges) judges, the others after
   them. Fills rank, score (share), interval, enough; outcome: winner or finalist. */
void final_rank(struct selection *selection, uint32_t min_judges);

/* A group is tested from group_min judges on. */
bool final_group_is_tested(const struct group_tally *group, uint32_t group_min);
bool final_group_has_majority(const struct group_tally *group);

/* On the first of a selection that final_rank ranked. */
void final_verdict(const struct selection *selection, const struct group_tally *groups,
                   size_t groups_count, const struct final_tests *tests, struct verdict *out);

/*
 * How often each finalist would have come first had other people of the same mind judged:
 * a parametric bootstrap (Efron and Tibshirani, 1993, ch. 6), seeded, in integers. out: one
 * count for each item of the selection, in its order; all 0 when nobody has enough judges,
 * and then 0 is returned, otherwise resamples.
 */
uint32_t final_stability(const struct selection *selection, uint64_t seed, uint32_t resamples,
                         uint32_t *out);

#endif
