#include "import/problems.h"

#include "base/mem.h"
#include "pinson/limits.h"

#include <string.h>

static const struct {
    const char *name;
    enum fault_weight weight;
    const char *sentence;
} faults[] = {
#define X(symbol, name, weight, sentence) [symbol] = {name, weight, sentence},
#include "import/fault.def"
};

const char *fault_name(enum fault fault)
{
    return faults[fault].name;
}

enum fault_weight fault_weight(enum fault fault)
{
    return faults[fault].weight;
}

const char *fault_sentence(enum fault fault)
{
    return faults[fault].sentence;
}

void problems_finish(struct problems *problems)
{
    mem_free(problems->items);
    *problems = (struct problems){0};
}

/* Cut between two characters. */
static void set_detail(struct problem *problem, struct view detail)
{
    size_t len = detail.len < DETAIL_BYTES ? detail.len : DETAIL_BYTES - 1;

    while (len && !text_is_utf8((struct view){detail.ptr, len})) {
        len--;
    }
    if (len) {
        memcpy(problem->detail, detail.ptr, len);
    }
    problem->detail[len] = '\0';
}

bool problems_add(struct problems *problems, size_t line, enum fault fault, struct view detail)
{
    problems->by_fault[fault]++;
    problems->by_weight[faults[fault].weight]++;
    if (problems->count < LIMIT_IMPORT_PROBLEMS) {
        problems->items = mem_reserve(problems->items, problems->count, &problems->room,
                                      sizeof *problems->items);
        struct problem *problem = &problems->items[problems->count++];

        problem->line = line;
        problem->fault = fault;
        set_detail(problem, detail);
    }
    return false;
}
