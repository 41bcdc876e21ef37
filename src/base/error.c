#include "pinson/error.h"

struct words {
    const char *name;
    const char *sentence;
};

static const struct words words[] = {
    [OK] = {"ok", "Done."},
#define X(symbol, name, sentence) [symbol] = {name, sentence},
#include "pinson/error.def"
};

const char *err_name(enum err err)
{
    return words[err].name;
}

const char *err_sentence(enum err err)
{
    return words[err].sentence;
}
