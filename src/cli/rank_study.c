#include "cli/rank_study.h"

#include "base/time.h"
#include "cli/fold.h"

#include <stdio.h>

static void after(void *user, const struct fold *fold, const struct stored_entry *entry)
{
    struct rank_study *study = user;

    (void)fold;
    if (study->robust) {
        holds_apply(&study->holds, &entry->entry);
    }
    if (study->flow) {
        flow_apply(&study->moves, &entry->entry);
    }
}

bool rank_study_run(struct rank_study *study, struct workspace *workspace, const char *slug,
                    const struct board *board)
{
    struct fold_visitor visitor = {.after = after, .user = study};
    struct fold fold;

    if (!study->robust && !study->flow) {
        return true;
    }
    if (study->robust) {
        holds_init(&study->holds, board);
    }
    if (study->flow) {
        flow_init(&study->moves, board);
    }
    fold_init(&fold);
    fold.until = board->version;
    fold.visitor = &visitor;
    bool ok = fold_board(&fold, workspace, slug);

    fold_finish(&fold);
    return ok;
}

void rank_study_finish(struct rank_study *study)
{
    if (study->holds.plain) {
        holds_finish(&study->holds);
    }
    if (study->moves.fold) {
        flow_finish(&study->moves);
    }
}

void rank_study_write(const struct rank_study *study, struct buf *to)
{
    if (study->robust) {
        buf_add_text(to, ",\"holds\":");
        holds_write(to, &study->holds);
        buf_add_text(to, ",\"schedule\":");
        holds_write_schedule(to, &study->holds);
    }
    if (study->flow) {
        buf_add_text(to, ",\"flow\":");
        flow_write(to, &study->moves, 0, UINT64_MAX);
    }
}

static const char *sentence(const char *without)
{
    static const char *const sentences[][2] = {
        {"guests", "without guests"},
        {"seeds", "without the organiser's own ideas"},
        {"staff", "without what staff hid or merged"},
        {"extensions", "without extensions of time"},
        {"busiest", "without the busiest one in a hundred"},
        {"earlier", "by ballots given in the final only"},
        {"opposition", "by most favourable ballots"},
    };

    for (size_t i = 0; i < sizeof sentences / sizeof *sentences; i++) {
        if (view_is(view_of(without), sentences[i][0])) {
            return sentences[i][1];
        }
    }
    return without;
}

static void print_held(const struct held *held)
{
    if (!held->known) {
        printf("  %-36s cannot be said: no ballots are left\n", sentence(held->without));
        return;
    }
    printf("  %-36s %s", sentence(held->without), held->same ? "the same" : "ANOTHER");
    if (held->winner) {
        printf("   #%u with %u of %u, %u.%u %%", held->winner, held->agree, held->judged,
               held->share / 10000, held->share / 1000 % 10);
    }
    putchar('\n');
}

static void print_schedule(const struct holds *holds)
{
    struct scheduled scheduled;

    for (uint32_t round = 1; round <= holds->plain->round; round++) {
        if (!holds_scheduled(holds, round, &scheduled)) {
            continue;
        }
        if (!scheduled.known) {
            printf(
                "  Round %u was closed before its time; what would have come nobody knows.\n",
                round);
        } else {
            printf("  Round %u was extended; closing as scheduled would have given %s.\n",
                   round, scheduled.same ? "the same" : "ANOTHER RESULT");
        }
    }
}

static void print_sample(const struct flow_sample *sample)
{
    AUTO_BUF at = {0};

    time_write(&at, sample->at_ms);
    printf("  %8llu  %.19s  round %u ", (unsigned long long)sample->version, at.bytes,
           sample->round);
    for (uint32_t i = 0; i < sample->count; i++) {
        printf(" #%u", sample->ranks[i].idea);
    }
    printf(sample->came ? "  (%u new)\n" : "\n", sample->came);
}

void rank_study_print(const struct rank_study *study)
{
    if (study->robust) {
        puts("\nDoes it hold? The log folded again:");
        for (size_t i = 0; i < HOLDS; i++) {
            struct held held = holds_look(&study->holds, i);

            print_held(&held);
        }
        print_schedule(&study->holds);
    }
    if (study->flow) {
        puts("\nHow it came about: version, time, the best");
        for (size_t i = 0; i < study->moves.count; i++) {
            print_sample(&study->moves.samples[i]);
        }
    }
}
