/* exchange — a request of HTTP on its way to its answer. Private to app/. */
#ifndef APP_EXCHANGE_H
#define APP_EXCHANGE_H

#include "app/spool.h"
#include "app/state.h"
#include "export/page.h"

enum {
    ETAG_BYTES = 40
};

#define TYPE_HTML     "text/html; charset=utf-8"
#define TYPE_SVG      "image/svg+xml; charset=utf-8"
#define TYPE_JSON     "application/json; charset=utf-8"
#define TYPE_CSV      "text/csv; charset=utf-8"
#define TYPE_TAR      "application/x-tar"
#define TYPE_XLSX     "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#define TYPE_LD_JSON  "application/ld+json; charset=utf-8"
#define TYPE_NDJSON   "application/x-ndjson; charset=utf-8"
#define TYPE_CALENDAR "text/calendar; charset=utf-8"
#define TYPE_ATOM     "application/atom+xml; charset=utf-8"

struct download;
struct exchange;
typedef void exchange_then(struct exchange *exchange);

/* Answered by http_end, from a later turn of the loop at the earliest. */
struct exchange {
    struct app *app;
    struct app_board *board;
    http_done *done;
    void *user;
    uv_idle_t later;
    const char *type;
    const char *file_name;
    const struct download *download;
    struct list waiting; /* reports: in app->reports */
    struct buf body;
    struct buf cookie; /* to be set; empty: none */
    struct buf match;
    struct buf base;     /* of absolute links */
    struct buf location; /* of what is somewhere else; empty: none */
    struct buf token;    /* of the session that asks; empty: none */
    struct buf code;     /* join codes: its digits */
    struct spool spool;  /* instead of body; file -1: none */
    int status;
    enum tongue tongue; /* that is asked for */
    enum role role;     /* staff_ask: of who asks */
    unsigned waited;    /* reports: ticks */
    uint32_t limit;     /* ranking */
    uint32_t round;     /* likewise */
    char etag[ETAG_BYTES];
    bool cors;
    bool secret;  /* it is of one person's rights: nobody keeps it */
    bool goes_on; /* join codes: it leads to the board's own address */
    bool staff;   /* downloads: with what is the lead's alone */
};

/* Each takes the exchange. */
void http_end(struct exchange *exchange, int status, const char *type);
void http_end_file(struct exchange *exchange, const struct spool *spool, const char *type);
/* It has the tag that those bytes come to, and not that of its body. */
void http_set_etag(struct exchange *exchange, struct view of);
void http_refuse(struct exchange *exchange, int status, enum err err);
void http_missing(struct exchange *exchange);
void http_page(struct exchange *exchange, struct page *page, int status); /* takes the page */
void http_redirect(struct exchange *exchange); /* to exchange->location */
/* Whoever has its address may read it. */
bool http_is_open(const struct app_board *board);
/* And it is in lists. */
bool http_is_public(const struct app_board *board);

/* pages.c */
void pages_home(struct exchange *exchange);
void pages_board(struct exchange *exchange, struct view query);
void pages_idea(struct exchange *exchange, struct view number);
void pages_kiosk(struct exchange *exchange);
void pages_presenter(struct exchange *exchange);
/* A board that is not public, for those who run it: the client shows it. */
void pages_unopened(struct exchange *exchange);
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

/* http_role.c: sets exchange->role and goes on; who has no session is a visitor. */
void staff_ask(struct exchange *exchange, exchange_then *then);

/* download.c: what a board gives away. While its scores are closed, what tells of ballots ends
   at the entry that opened the round. */
/* false: there is none of that name. */
bool download_file(struct exchange *exchange, struct view name, struct view query);
/* It is asked for with a lead's rights: the board need not be public. */
bool download_is_for_leads(struct view name, struct view query);
void download_record(struct exchange *exchange);
void download_package(struct exchange *exchange);
void download_catalog(struct exchange *exchange);
void download_calendar(struct exchange *exchange);
void download_feed(struct exchange *exchange);

/* ranking.c */
void ranking_serve(struct exchange *exchange, const struct http_request *request);

#endif
