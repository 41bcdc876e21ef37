/*
 * error — every way an operation can fail, in one list.
 *
 * A function that can fail returns `enum err`; zero is success, and a failure has
 * changed nothing. error.def feeds the enum, the name on the wire and the sentence
 * for a person, so a new failure is added in exactly one place.
 */
#ifndef PINSON_ERROR_H
#define PINSON_ERROR_H

enum err {
    OK = 0,
#define X(symbol, name, sentence) symbol,
#include "pinson/error.def"
};

/* Put on every function whose result must not be dropped. */
#define MUST_USE __attribute__((warn_unused_result))

/* Stable kebab-case name for the protocol and the logs; "ok" for OK. */
const char *err_name(enum err err);

/* Default English sentence for a person; clients translate by name. */
const char *err_sentence(enum err err);

#endif
