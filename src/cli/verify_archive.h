/* verify_archive — recounts a public archive, or refolds an audit's log, without a store. */
#ifndef CLI_VERIFY_ARCHIVE_H
#define CLI_VERIFY_ARCHIVE_H

#include "cli/config.h"

enum status verify_archive(const char *folder, bool json);

#endif
