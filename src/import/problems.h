/* problems — what is the matter with a file that is to be imported, line by line. Pure. */
#ifndef IMPORT_PROBLEMS_H
#define IMPORT_PROBLEMS_H

#include "base/buf.h"

#include <stdbool.h>

enum fault_weight {
    FAULT_STOPS,
    FAULT_SKIPS,
    FAULT_NOTES,
    FAULT_WEIGHTS
};

enum fault {
#define X(symbol, name, weight, sentence) symbol,
#include "import/fault.def"
    FAULTS
};

enum {
    DETAIL_BYTES = 100
};

struct problem {
    size_t line; /* of the file, from 1; of a list in JSON: the item; 0: the whole */
    enum fault fault;
    char detail[DETAIL_BYTES]; /* which column, theme or number; UTF-8, cut; "": nothing */
};

/* Zeroed is empty. All are counted; the first LIMIT_IMPORT_PROBLEMS are kept. */
struct problems {
    struct problem *items; /* owned */
    size_t count;
    size_t room;
    size_t by_fault[FAULTS];
    size_t by_weight[FAULT_WEIGHTS];
};

void problems_finish(struct problems *problems);
/* Returns false, for a reader to return in its turn. */
bool problems_add(struct problems *problems, size_t line, enum fault fault, struct view detail);

const char *fault_name(enum fault fault);
enum fault_weight fault_weight(enum fault fault);
const char *fault_sentence(enum fault fault);

#endif
