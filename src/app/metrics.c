/* metrics — what the process measures of itself. */
#include "app/state.h"

static void write_gauge(struct buf *to, const char *name, const char *help, uint64_t value)
{
    buf_printf(to, "# HELP %s %s\n# TYPE %s gauge\n%s %llu\n", name, help, name, name,
               (unsigned long long)value);
}

void app_write_metrics(const struct app *app, struct buf *to)
{
    uint64_t entries = 0;

    for (size_t i = 0; i < app->boards_count; i++) {
        entries += app->boards[i]->fold->version;
    }
    lag_write(to, &app->lag);
    write_gauge(to, "pinson_boards", "Boards in memory.", app->boards_count);
    write_gauge(to, "pinson_entries", "Entries folded, of all boards.", entries);
    write_gauge(to, "pinson_connections", "Open WebSockets.", app->clients_by_id.count);
    write_gauge(to, "pinson_answers_owed", "Requests that wait for an answer.", app->owed);
    write_gauge(to, "pinson_store_available", "The store can be reached.", app->available);
}
