/* import_pinson — a board that was exported is made again. */
#include "cli/import.h"

enum status import_pinson(const struct import_call *call)
{
    return refuse("%s", call->path);
}
