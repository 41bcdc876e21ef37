/* samples — commands of every kind with every member set, for what reads and writes them. */
#ifndef SUPPORT_SAMPLES_H
#define SUPPORT_SAMPLES_H

#include "core/command.h"

enum {
    SAMPLE_VARIANTS = 3 /* all members set, none that may be left out, an import's */
};

/* Owned by the caller: command_finish. */
struct command sample_command(enum command_kind kind, unsigned variant);
/* A definition with every member other than by default. */
void sample_definition(struct definition *out);

#endif
