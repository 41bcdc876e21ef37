/*
 * plan — what a round can be expected to find, before anybody has come.
 *
 * Pure: chance comes from the seed, so that the same question has the same answer everywhere.
 *
 * The model is that of our simulation (tests/bench/simulate.c), in whole numbers. An idea has a
 * quality, normal with PLAN_SPREAD; what a person thinks of it is that and a taste of their
 * own, normal with 1, of which their generosity is a part: above 0 they agree, otherwise they
 * disagree, and one time in ten they have no opinion. (A normal is a sum of uniforms here.)
 * People judge one idea each `seconds`, as long as the round lasts, none twice and at most
 * `cap` each. The queue shows the least seen first until all have min_judges, then what is
 * nearest to the line, which is looked at PLAN_LOOKS times. The rule then seats the first, and
 * PLAN_RETURN_PERCENT of the people judge all of those in a final, where the plain share
 * decides. What it leaves out: ideas that come late, people who leave early, and any attack.
 */
#ifndef CORE_PLAN_H
#define CORE_PLAN_H

#include <stdint.h>

enum {
    PLAN_PEOPLE_MAX = 100000,
    PLAN_IDEAS_MAX = 2000, /* of more, so many are played, with as many people for each */
    PLAN_SEATS_MAX = 200,
    PLAN_JUDGES_MAX = 200, /* opinions on an idea that are played; more change little */
    PLAN_FINAL_MAX = 2000, /* likewise on a finalist */
    PLAN_LOOKS = 20,
    PLAN_RETURN_PERCENT = 60,
    PLAN_WORLDS_MIN = 50,
    PLAN_WORLDS_MAX = 400,
    PLAN_WORK = 20000000 /* opinions and comparisons in all the worlds together, about */
};

struct plan {
    uint32_t people;
    uint32_t minutes;
    uint32_t ideas;
    uint32_t seconds; /* an opinion takes */
    uint32_t cap;     /* opinions that one person may give */
    uint32_t seats;
    uint32_t min_judges;
    uint64_t seed;
};

struct forecast {
    uint32_t opinions_a_person; /* that the time and the cap leave */
    uint32_t per_idea_tenths;   /* opinions an idea, in tenths */
    uint32_t least;             /* opinions on an idea with the fewest, on the average */
    uint32_t lacking;           /* ideas that miss min_judges, likewise */
    uint32_t worlds;            /* played */
    /* in how many of them, in percent */
    uint32_t best_promoted; /* the idea of the highest quality has a seat */
    uint32_t best_wins;     /* and comes first in the final */
    uint32_t winner_top5;   /* what wins is among the five best */
    /* of the seats, how many in a hundred go to ideas that are among as many best */
    uint32_t right_seats;
};

/* All of the plan at least 1, but min_judges. */
void plan_forecast(const struct plan *plan, struct forecast *out);

#endif
