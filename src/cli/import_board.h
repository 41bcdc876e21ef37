/* import_board — what is said of a board that was made again. */
#ifndef CLI_IMPORT_BOARD_H
#define CLI_IMPORT_BOARD_H

#include "cli/import.h"
#include "cli/writer.h"

void import_print_board(const struct import_call *call, const struct writer *writer,
                        const struct board *board);

#endif
