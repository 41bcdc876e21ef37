#include "app/app.h"
#include "cli/commands.h"

#include <jansson.h>
#include <stdio.h>

const char methods_help[] =
    "pinson methods [--json]\n"
    "Lists the methods of the protocol, each with the least role that may call it.\n\n"
    "  --json            [{\"method\",\"role\",\"board\"}]: board, whether it is called on "
    "one\n\n"
    "  pinson methods --json\n";

static void print(const struct buf *list)
{
    json_auto_t *methods = json_loadb(list->bytes, list->len, 0, NULL);

    for (size_t i = 0; i < json_array_size(methods); i++) {
        const json_t *method = json_array_get(methods, i);

        printf("%-20s %s\n", json_string_value(json_object_get(method, "method")),
               json_string_value(json_object_get(method, "role")));
    }
}

enum status methods_command(struct config *config)
{
    static const struct option none[] = {{0}};
    AUTO_BUF list = {0};

    (void)config_next(config, none);
    if (!config_finish(config)) {
        return config->status;
    }
    app_write_methods(&list);
    if (config->json) {
        puts(list.bytes);
    } else {
        print(&list);
    }
    return STATUS_DONE;
}
