/*
 * content — an operator's own texts in place of those that come with the program: files
 * NAME.LANG.md of a folder, read once at the start.
 */
#ifndef CLI_CONTENT_H
#define CLI_CONTENT_H

#include "app/app.h"
#include "base/buf.h"

struct contents {
    struct buf texts[CONTENT_PAGES][TONGUES]; /* owned; empty: none of the operator's own */
};

/* folder NULL: DATA/content, if there is one. false: it was said what is wrong. */
MUST_USE bool contents_read(struct contents *contents, const char *folder, const char *data);
void contents_finish(struct contents *contents);

/* Borrowed from contents. */
void contents_give(const struct contents *contents, struct app_config *config);

#endif
