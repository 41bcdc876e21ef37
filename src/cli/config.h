/*
 * config — the command line of one command: its options, its words, its help.
 *
 * --help, --data, --redis and --json are the same everywhere and are read here.
 */
#ifndef CLI_CONFIG_H
#define CLI_CONFIG_H

#include "base/text.h"

#include <getopt.h>
#include <stdbool.h>

enum status {
    STATUS_DONE = 0,
    STATUS_REFUSED = 1,
    STATUS_USAGE = 2
};

enum {
    CONFIG_OPTIONS = 32
};

struct config {
    const char *command; /* its name */
    const char *help;    /* its text */
    const char *data;    /* directory of the embedded Redis */
    const char *redis;   /* address of another Redis; NULL: the embedded one */
    bool json;
    bool ended; /* nothing is left to do but to return status */
    enum status status;

    bool takes_output; /* -o, the one short option */
    int argc;
    char **argv;
    struct option options[CONFIG_OPTIONS];
};

void config_init(struct config *config, int argc, char **argv);

/* val of the next of the command's own options, its value in optarg; 0 at the end, or when
   config->ended was set. own ends with an empty one. */
int config_next(struct config *config, const struct option *own);

/* The next word that is no option, or NULL: its absence was reported as `what`. */
const char *config_word(struct config *config, const char *what);
/* The same, when it may be missing. */
const char *config_optional_word(struct config *config);
/* false: a word is left over, and that was reported. */
bool config_finish(struct config *config);

/* An option's value as a number from min to max; false: it isn't, and that was reported. */
bool config_number(struct config *config, const char *option, uint64_t min, uint64_t max,
                   uint64_t *out);
/* A number from 0 with up to six digits after the point, in millionths. */
bool config_millionths(struct config *config, const char *option, uint64_t max, uint64_t *out);

/* Reports a misuse with a hint, and ends with STATUS_USAGE. */
__attribute__((format(printf, 2, 3))) void config_misuse(struct config *config,
                                                         const char *format, ...);

/* Says in one sentence why not, and what to do next. Returns STATUS_REFUSED. */
__attribute__((format(printf, 1, 2))) enum status refuse(const char *format, ...);

#endif
