/*
 * fold — how fast a log becomes a board, and how much memory it then holds.
 *
 *   bench-fold [ballots [rounds [people [ideas]]]]      1,000,000  3  20,000  1,000
 *
 * A seeded log is written as the bytes that a store would hold and folded once a round, three
 * ways one after the other: from bytes, with the commands parsed beforehand, and as the bare
 * hash of its bytes, below which no chain can be. One line a round: names and values; times
 * are CPU time.
 */
#include "base/mem.h"
#include "core/apply.h"
#include "support/history.h"
#include "wire/entry.h"

#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    BATCH = 4096, /* commands that are parsed before the clock starts */
    SEED = 20261123
};

static const uint64_t began_ms = UINT64_C(1795428000000); /* 2026-11-23T10:00:00Z */

/* Of this process: what others take of the machine meanwhile is not the fold's. */
static uint64_t cpu_us(void)
{
    struct timespec spent;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (uint64_t)spent.tv_sec * 1000000 + (uint64_t)spent.tv_nsec / 1000;
}

struct size {
    uint64_t ballots;
    uint64_t rounds;
    uint64_t people;
    uint64_t ideas;
};

struct log {
    struct buf bytes;
    size_t *ends; /* owned */
    size_t count;
    size_t room;
};

static uint64_t chance(uint64_t *state, uint64_t below)
{
    return hash_mix((*state)++) % below;
}

/* Keys are random in a real log, so that they lie anywhere in the table of people. */
static uint64_t key_of(uint64_t person)
{
    return hash_mix(person ^ SEED) | 1;
}

static struct entry_id id_of(size_t at)
{
    return (struct entry_id){.ms = began_ms + at / 4, .seq = at % 4};
}

static void add(struct log *log, const struct command *command)
{
    entry_write(&log->bytes, command);
    log->ends = mem_reserve(log->ends, log->count, &log->room, sizeof *log->ends);
    log->ends[log->count++] = log->bytes.len;
}

static struct command act_of(const struct log *log, enum command_kind kind, uint64_t person)
{
    return (struct command){
        .kind = kind,
        .person = person,
        .epoch = HISTORY_EPOCH,
        .op = {.high = (began_ms + log->count / 4) << 16, .low = hash_mix(log->count)},
    };
}

static void write_start(struct log *log)
{
    struct definition definition;
    struct command create = {
        .kind = CMD_CREATE, .epoch = HISTORY_EPOCH, .definition = &definition};

    history_define(&definition);
    add(log, &create);
}

static void write_people(struct log *log, uint64_t people)
{
    for (uint64_t i = 0; i < people; i++) {
        struct command hello = act_of(log, CMD_PERSON, key_of(i));

        hello.op = (struct op){0, 0};
        add(log, &hello);
    }
}

static void write_ideas(struct log *log, const struct size *size)
{
    struct history words = {0};

    for (uint64_t i = 0; i < size->ideas; i++) {
        struct command post = act_of(log, CMD_POST, key_of(i % size->people));

        post.text = history_text(&words, HISTORY_TEXT_LENGTH);
        memcpy(post.lang, "fr", 3);
        add(log, &post);
    }
}

/* Every person and idea equally likely: the worst that caches can meet. */
static void write_ballots(struct log *log, const struct size *size)
{
    static const enum choice choices[] = {CHOICE_AGREE, CHOICE_AGREE, CHOICE_DISAGREE,
                                          CHOICE_PASS};
    uint64_t state = SEED;

    for (uint64_t i = 0; i < size->ballots; i++) {
        struct command vote = act_of(log, CMD_VOTE, key_of(chance(&state, size->people)));

        vote.idea = (uint32_t)chance(&state, size->ideas) + 1;
        vote.choice = choices[chance(&state, 4)];
        add(log, &vote);
    }
}

static struct entry entry_at(const struct log *log, size_t at)
{
    size_t from = at ? log->ends[at - 1] : 0;

    return (struct entry){.id = id_of(at),
                          .bytes = {log->bytes.bytes + from, log->ends[at] - from}};
}

static void parse(struct entry *entry)
{
    if (entry_parse(entry->bytes, &entry->command)) {
        fprintf(stderr, "no entry: %.*s\n", (int)entry->bytes.len, entry->bytes.ptr);
        exit(1);
    }
}

/* Folds entries from, from + 1… to - 1 out of their bytes; µs. */
static uint64_t fold_bytes(const struct log *log, struct board *board, size_t from, size_t to)
{
    struct effects effects;
    uint64_t began_us = cpu_us();

    effects_init(&effects);
    for (size_t i = from; i < to; i++) {
        struct entry entry = entry_at(log, i);

        parse(&entry);
        board_apply(board, &entry, &effects);
        command_finish(&entry.command);
    }
    effects_finish(&effects);
    return cpu_us() - began_us;
}

/* The same, but the clock stands still while they are parsed. */
static uint64_t fold_parsed(const struct log *log, struct board *board, size_t from)
{
    static struct entry batch[BATCH];
    struct effects effects;
    uint64_t spent_us = 0;

    effects_init(&effects);
    for (size_t at = from; at < log->count; at += BATCH) {
        size_t count = log->count - at < BATCH ? log->count - at : BATCH;

        for (size_t i = 0; i < count; i++) {
            batch[i] = entry_at(log, at + i);
            parse(&batch[i]);
        }
        uint64_t began_us = cpu_us();

        for (size_t i = 0; i < count; i++) {
            board_apply(board, &batch[i], &effects);
        }
        spent_us += cpu_us() - began_us;
        for (size_t i = 0; i < count; i++) {
            command_finish(&batch[i].command);
        }
    }
    effects_finish(&effects);
    return spent_us;
}

/* What the chain alone must take: head, id and bytes of each entry, hashed. */
static uint64_t hash_only(const struct log *log, size_t from)
{
    struct digest head = {{0}};
    uint64_t began_us = cpu_us();

    for (size_t i = from; i < log->count; i++) {
        struct entry_id id = id_of(i);

        head =
            hash_blake2b((struct view){(const char *)head.bytes, sizeof head.bytes},
                         (struct view){(const char *)&id, sizeof id}, entry_at(log, i).bytes);
    }
    volatile unsigned char kept = head.bytes[0]; /* so that it is worked out */

    (void)kept;
    return cpu_us() - began_us;
}

static size_t held(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

static double per_s(uint64_t count, uint64_t us)
{
    return us ? (double)count * 1e6 / (double)us : 0;
}

static void run_round(const struct log *log, const struct size *size)
{
    size_t first = log->count - size->ballots;
    size_t before = held();
    struct board *board = board_create();
    uint64_t start_us = fold_bytes(log, board, 0, first);
    size_t empty = held();
    uint64_t bytes_us = fold_bytes(log, board, first, log->count);
    size_t full = held();
    struct board *again = board_create();

    fold_bytes(log, again, 0, first);
    uint64_t apply_us = fold_parsed(log, again, first);

    if (memcmp(&board->head, &again->head, sizeof board->head) != 0) {
        fputs("two folds of one log differ\n", stderr);
        exit(1);
    }
    printf("from_bytes_per_s %.0f apply_per_s %.0f hash_per_s %.0f ",
           per_s(size->ballots, bytes_us), per_s(size->ballots, apply_us),
           per_s(size->ballots, hash_only(log, first)));
    printf("bytes_per_ballot %.1f bytes_per_ballot_alone %.1f start_s %.3f standing %llu\n",
           (double)(full - before) / (double)size->ballots,
           (double)(full - empty) / (double)size->ballots, (double)(start_us + bytes_us) / 1e6,
           (unsigned long long)board->ballots);
    board_destroy(board);
    board_destroy(again);
}

static bool read_size(int argc, char **argv, struct size *size)
{
    uint64_t *const fields[] = {&size->ballots, &size->rounds, &size->people, &size->ideas};
    bool ok = argc <= 5;

    for (int i = 1; ok && i < argc; i++) {
        ok = view_to_uint(view_of(argv[i]), 100000000, fields[i - 1]) && *fields[i - 1];
    }
    return ok;
}

int main(int argc, char **argv)
{
    struct size size = {.ballots = 1000000, .rounds = 3, .people = 20000, .ideas = 1000};
    struct log log = {0};

    if (!read_size(argc, argv, &size)) {
        fputs("usage: bench-fold [ballots [rounds [people [ideas]]]]\n", stderr);
        return 2;
    }
    write_start(&log);
    write_people(&log, size.people);
    write_ideas(&log, &size);
    write_ballots(&log, &size);
    for (uint64_t i = 0; i < size.rounds; i++) {
        run_round(&log, &size);
        fflush(stdout);
    }
    buf_finish(&log.bytes);
    mem_free(log.ends);
    return 0;
}
