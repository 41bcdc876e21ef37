#include "cli/servings.h"

#include "base/mem.h"
#include "core/serve.h"

#include <stdlib.h>
#include <string.h>

static void collect(void *user, const struct stored_entry *entry)
{
    struct servings *servings = user;
    const struct command *command = &entry->entry.command;

    servings->entries++;
    if (entry->poisoned || command->kind != CMD_SERVE ||
        command->ideas_count > LIMIT_SERVE_COUNT) {
        return;
    }
    if (!command->chosen_at && !command->chosen_ms) {
        servings->untold++;
        return;
    }
    servings->claims = mem_reserve(servings->claims, servings->count, &servings->room,
                                   sizeof *servings->claims);
    struct serving_claim *claim = &servings->claims[servings->count++];

    *claim = (struct serving_claim){.version = servings->entries,
                                    .chosen_at = command->chosen_at,
                                    .chosen_ms = command->chosen_ms,
                                    .person = command->person,
                                    .count = command->ideas_count};
    memcpy(claim->ideas, command->ideas, command->ideas_count * sizeof *claim->ideas);
}

/* A claim as the sort moves it about. */
struct sorted {
    uint64_t chosen_at;
    size_t place;
};

static int by_choice(const void *left, const void *right)
{
    const struct sorted *a = left;
    const struct sorted *b = right;

    if (a->chosen_at != b->chosen_at) {
        return a->chosen_at < b->chosen_at ? -1 : 1;
    }
    return a->place < b->place ? -1 : 1;
}

enum err servings_collect(struct servings *servings, struct workspace *workspace,
                          struct board_key key)
{
    enum err err = fold_scan(workspace, key, collect, servings);
    struct sorted *sorted = mem_array(servings->count, sizeof *sorted);

    for (size_t i = 0; i < servings->count; i++) {
        sorted[i] = (struct sorted){servings->claims[i].chosen_at, i};
    }
    qsort(sorted, servings->count, sizeof *sorted, by_choice);
    servings->order = mem_array(servings->count, sizeof *servings->order);
    for (size_t i = 0; i < servings->count; i++) {
        servings->order[i] = sorted[i].place;
    }
    mem_free(sorted);
    return err;
}

void servings_finish(struct servings *servings)
{
    mem_free(servings->claims);
    mem_free(servings->order);
    *servings = (struct servings){0};
}

/* Fewer may have been asked for than could be chosen. */
static bool agrees(const struct serving_claim *claim, const struct board *board)
{
    uint32_t chosen[LIMIT_SERVE_COUNT];
    const struct person *known = board_person(board, board_person_number(board, claim->person));
    uint32_t count = serve_choose(board, known ? known : &person_newcomer, claim->chosen_ms,
                                  LIMIT_SERVE_COUNT, chosen);

    return claim->count <= count &&
           memcmp(claim->ideas, chosen, claim->count * sizeof *chosen) == 0;
}

bool servings_follow(struct servings *servings, const struct board *board,
                     const struct decision *decision)
{
    while (servings->next_chosen < servings->count) {
        struct serving_claim *claim = &servings->claims[servings->order[servings->next_chosen]];

        if (claim->chosen_at > board->version) {
            break;
        }
        /* Versions that lie behind were never seen, and cannot be agreed with. */
        claim->agrees = claim->chosen_at == board->version && agrees(claim, board);
        servings->next_chosen++;
    }
    if (servings->next_folded == servings->count ||
        servings->claims[servings->next_folded].version != board->version) {
        return true;
    }
    const struct serving_claim *claim = &servings->claims[servings->next_folded++];

    if (decision->err || decision->repeat) {
        return true;
    }
    servings->checked++;
    return claim->agrees;
}
