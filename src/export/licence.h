/* licence — the licences that a board may be published under, for people and for catalogues. */
#ifndef EXPORT_LICENCE_H
#define EXPORT_LICENCE_H

#include "core/definition.h"

const char *licence_title(enum licence licence); /* the same in every language */
const char *licence_url(enum licence licence);

#endif
