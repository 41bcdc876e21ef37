/* exchange — a request of HTTP on its way to its answer. Private to app/. */
#ifndef APP_EXCHANGE_H
#define APP_EXCHANGE_H

#include "app/state.h"
#include "export/page.h"

enum {
    ETAG_BYTES = 40
};

#define TYPE_HTML     "text/html; charset=utf-8"
#define TYPE_SVG      "image/svg+xml; charset=utf-8"
#define TYPE_JSON     "application/json; charset=utf-8"
#define TYPE_CSV      "text/csv; charset=utf-8"
#define TYPE_NDJSON   "application/x-ndjson; charset=utf-8"
#define TYPE_CALENDAR "text/calendar; charset=utf-8"
#define TYPE_ATOM     "application/atom+xml; charset=utf-8"

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
    struct buf base;          /* of absolute links */
    struct buf location;      /* of what is somewhere else; empty: none */
    enum tongue tongue;       /* that is asked for */
    struct buf code;          /* join codes: its digits */
    bool goes_on;             /* likewise: it leads to the board's own address */
    uint32_t limit;           /* ranking */
    uint32_t round;           /* likewise */
    struct entry_id position; /* log.ndjson */
    struct entry_id stop;
};

/* Each takes the exchange. */
void http_end(struct exchange *exchange, int status, const char *type);
void http_refuse(struct exchange *exchange, int status, enum err err);
void http_missing(struct exchange *exchange);
void http_page(struct exchange *exchange, struct page *page, int status); /* takes the page */
void http_redirect(struct exchange *exchange); /* to exchange->location */
/* Everybody may read it without a code. */
bool http_is_public(const struct app_board *board);

/* pages.c */
void pages_home(struct exchange *exchange);
void pages_board(struct exchange *exchange, struct view query);
void pages_idea(struct exchange *exchange, struct view number);
void pages_kiosk(struct exchange *exchange);
void pages_presenter(struct exchange *exchange);
void pages_content(struct exchange *exchange, struct view name);
/* /join?code=… and /join/<code> */
void pages_new(struct exchange *exchange);
void pages_join_form(struct exchange *exchange, struct view query);
void pages_join(struct exchange *exchange, struct view code);

/* import.c: POST /api/boards/<slug>/import */
void import_post(struct exchange *exchange, const struct http_request *request,
                 struct view slug);

/* cookie.c: the body of POST /api/session. */
void cookie_post(struct exchange *exchange, struct view body);

/* download.c: what a board gives away. While its scores are closed, all of it ends at the entry
   that opened the round. */
void download_ideas_csv(struct exchange *exchange);
void download_ideas_json(struct exchange *exchange);
void download_ballots_csv(struct exchange *exchange);
void download_ranking(struct exchange *exchange, const struct http_request *request);
void download_record(struct exchange *exchange);
void download_log(struct exchange *exchange);
void download_calendar(struct exchange *exchange);
void download_feed(struct exchange *exchange);

#endif
