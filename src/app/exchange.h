/* exchange — a request of HTTP on its way to its answer. Private to app/. */
#ifndef APP_EXCHANGE_H
#define APP_EXCHANGE_H

#include "app/state.h"

enum {
    ETAG_BYTES = 40
};

#define TYPE_HTML   "text/html; charset=utf-8"
#define TYPE_SVG    "image/svg+xml; charset=utf-8"
#define TYPE_JSON   "application/json; charset=utf-8"
#define TYPE_CSV    "text/csv; charset=utf-8"
#define TYPE_NDJSON "application/x-ndjson; charset=utf-8"

/* Answered by http_end, from a later turn of the loop at the earliest. */
struct exchange {
    struct app *app;
    struct app_board *board;
    http_done *done;
    void *user;
    uv_idle_t later;
    int status;
    const char *type;
    struct buf body;
    char etag[ETAG_BYTES];
    bool cors;
    const char *file_name;
    struct buf cookie; /* to be set; empty: none */
    struct buf match;
    uint32_t limit;           /* ranking */
    uint32_t round;           /* likewise */
    struct entry_id position; /* log.ndjson */
    struct entry_id stop;
};

/* Each takes the exchange. */
void http_end(struct exchange *exchange, int status, const char *type);
void http_refuse(struct exchange *exchange, int status, enum err err);
void http_missing(struct exchange *exchange, const struct http_request *request);

/* cookie.c: the body of POST /api/session. */
void cookie_post(struct exchange *exchange, struct view body);

/* download.c: what a board gives away. While its scores are closed, all of it ends at the entry
   that opened the round. */
void download_ideas_csv(struct exchange *exchange);
void download_ideas_json(struct exchange *exchange);
void download_ballots_csv(struct exchange *exchange);
void download_ranking(struct exchange *exchange, const struct http_request *request);
void download_log(struct exchange *exchange, const struct http_request *request);

#endif
