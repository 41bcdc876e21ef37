/* import — what the kinds of `pinson import` share: how they were called. */
#ifndef CLI_IMPORT_H
#define CLI_IMPORT_H

#include "cli/config.h"

struct import_call {
    struct config *config;
    const char *path; /* file or directory; undo: the id of the import */
    const char *slug; /* NULL: not said */
    const char *title;
    const char *lang;
    const char *map;
    const char *themes;
    bool seed;
    bool skip;
    bool preview;
};

enum status import_polis(const struct import_call *call);   /* import_polis.c */
enum status import_file(const struct import_call *call);    /* import_file.c */
enum status import_undo(const struct import_call *call);    /* likewise */
enum status import_pinson(const struct import_call *call);  /* import_pinson.c */
enum status import_archive(const struct import_call *call); /* import_archive.c */

#endif
