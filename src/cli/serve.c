/*
 * serve — puts the parts together: Redis, store, app and server on one loop, until a signal
 * says to end.
 */
#include "server/metrics.h"
#include "server/server.h"

#include "auth/random.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "cli/content.h"
#include "cli/example.h"
#include "cli/index.h"
#include "cli/invite.h"
#include "cli/listen.h"
#include "pinson/limits.h"
#include "store/redis.h"

#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

const char serve_help[] =
    "pinson serve [options]\n"
    "Serves boards to browsers until it is told to end.\n\n"
    "  --listen HOST:PORT    where (127.0.0.1:8080); :8080 is every address of the machine\n"
    "  --public-url URL      how people reach it: in links and QR codes\n"
    "  --allow-origin ORIGIN a web origin that may connect besides its own; again for more\n"
    "  --host NAME           a name it may be called by; again for more\n"
    "  --responsible TEXT    who answers for the site, as its visitors are told\n"
    "  --contact TEXT        where they are reached: an address, a telephone number\n"
    "  --keep-months N       how long boards are kept (1 to 120), as visitors are told\n"
    "  --trusted-proxy ADDR  the proxy whose X-Forwarded-For is believed\n"
    "  --limits FACTOR|off   rates of requests times a factor (1)\n"
    "  --strict              refuse to start on a Redis that may lose what it acknowledged\n"
    "  --metrics ADDR:PORT   where /metrics is for those who run it, for example "
    "127.0.0.1:9100\n"
    "  --content DIR         help, statements and rules of your own (content/ in DIR of "
    "--data)\n"
    "  --example             make the example board, if it isn't there\n"
    "  --data DIR            directory of the installation (./data), with a Redis of its own\n"
    "  --redis URL           another Redis: unix:///path or redis://host:port\n\n"
    "  pinson serve --listen :8080 --public-url https://idees.ville.fr\n";

enum {
    OPTION_LISTEN = 1,
    OPTION_PUBLIC_URL,
    OPTION_ALLOW_ORIGIN,
    OPTION_HOST,
    OPTION_RESPONSIBLE,
    OPTION_CONTACT,
    OPTION_KEEP_MONTHS,
    OPTION_TRUSTED_PROXY,
    OPTION_LIMITS,
    OPTION_STRICT,
    OPTION_EXAMPLE,
    OPTION_CONTENT,
    OPTION_METRICS,
    NAMES = 32,
    LOOK_MS = 20,
    REHEARSE_ARGS = 8,
    WHY_BYTES = 256,
    LIMITS_MOST = 1000000,
    MONTHS_MOST = 120
};

struct serve {
    struct config *config;
    struct listen_address listen;
    struct listen_address metrics_at;
    const char *public_url;
    const char *origins[NAMES];
    size_t origins_count;
    const char *hosts[NAMES];
    size_t hosts_count;
    const char *responsible;
    const char *contact;
    uint64_t keep_months;
    const char *trusted_proxy;
    const char *content; /* folder; NULL: the data directory's, if it has one */
    uint64_t limits_ppm;
    bool is_strict;
    bool has_example;

    struct workspace workspace;
    struct app *app;
    struct server *server;
    struct metrics *metrics;
    struct buf url;     /* of links that leave the screen */
    struct buf lan_url; /* where others on the network reach it; empty: nowhere known */
    struct buf own_url; /* where this machine itself reaches it */
    const char *rehearse[REHEARSE_ARGS]; /* ends with NULL */
    struct buf marks_path;
    struct contents contents;
    uv_signal_t signals[2];
    uv_timer_t look;
    bool is_draining;
    bool is_drained;
};

/* Options */

static void add_name(struct config *config, const char **names, size_t *count)
{
    if (*count == NAMES) {
        config_misuse(config, "there is room for %d of these", NAMES);
    } else {
        names[(*count)++] = optarg;
    }
}

static void read_limits(struct serve *serve)
{
    if (strcmp(optarg, "off") == 0) {
        serve->limits_ppm = 0;
    } else {
        (void)config_millionths(serve->config, "limits", LIMITS_MOST, &serve->limits_ppm);
    }
}

static void read_listen(struct serve *serve, const char *name, struct listen_address *out)
{
    if (!listen_address_parse(optarg, out)) {
        config_misuse(serve->config,
                      "--%s takes HOST:PORT, :PORT or [ADDRESS]:PORT, not \"%s\"", name,
                      optarg);
    }
}

/* What visitors are told of the site is a line of text like any that they read. */
static void read_said(struct serve *serve, const char *option, const char **out)
{
    struct view text = view_of(optarg);

    if (!text.len || !text_is_clean_name(text) ||
        text_graphemes(text) > LIMIT_NOTE_MAX_GRAPHEMES) {
        config_misuse(serve->config, "--%s takes a line of text of at most %d characters",
                      option, LIMIT_NOTE_MAX_GRAPHEMES);
    } else {
        *out = optarg;
    }
}

static void take_option(struct serve *serve, int code)
{
    switch (code) {
    case OPTION_LISTEN:
        read_listen(serve, "listen", &serve->listen);
        break;
    case OPTION_PUBLIC_URL:
        serve->public_url = optarg;
        break;
    case OPTION_ALLOW_ORIGIN:
        add_name(serve->config, serve->origins, &serve->origins_count);
        break;
    case OPTION_HOST:
        add_name(serve->config, serve->hosts, &serve->hosts_count);
        break;
    case OPTION_RESPONSIBLE:
        read_said(serve, "responsible", &serve->responsible);
        break;
    case OPTION_CONTACT:
        read_said(serve, "contact", &serve->contact);
        break;
    case OPTION_KEEP_MONTHS:
        (void)config_number(serve->config, "keep-months", 1, MONTHS_MOST, &serve->keep_months);
        break;
    case OPTION_TRUSTED_PROXY:
        serve->trusted_proxy = optarg;
        break;
    case OPTION_LIMITS:
        read_limits(serve);
        break;
    case OPTION_STRICT:
        serve->is_strict = true;
        break;
    case OPTION_METRICS:
        read_listen(serve, "metrics", &serve->metrics_at);
        break;
    case OPTION_CONTENT:
        serve->content = optarg;
        break;
    default:
        serve->has_example = true;
        break;
    }
}

static bool read_options(struct serve *serve)
{
    static const struct option own[] = {
        {"listen", required_argument, NULL, OPTION_LISTEN},
        {"public-url", required_argument, NULL, OPTION_PUBLIC_URL},
        {"allow-origin", required_argument, NULL, OPTION_ALLOW_ORIGIN},
        {"host", required_argument, NULL, OPTION_HOST},
        {"responsible", required_argument, NULL, OPTION_RESPONSIBLE},
        {"contact", required_argument, NULL, OPTION_CONTACT},
        {"keep-months", required_argument, NULL, OPTION_KEEP_MONTHS},
        {"trusted-proxy", required_argument, NULL, OPTION_TRUSTED_PROXY},
        {"limits", required_argument, NULL, OPTION_LIMITS},
        {"strict", no_argument, NULL, OPTION_STRICT},
        {"example", no_argument, NULL, OPTION_EXAMPLE},
        {"metrics", required_argument, NULL, OPTION_METRICS},
        {"content", required_argument, NULL, OPTION_CONTENT},
        {0},
    };

    for (int code = 0; (code = config_next(serve->config, own));) {
        take_option(serve, code);
    }
    return config_finish(serve->config);
}

/* The end */

static void on_drained(void *user)
{
    struct serve *serve = user;

    serve->is_drained = true;
    uv_stop(&serve->workspace.loop);
}

static void on_signal(uv_signal_t *handle, int number)
{
    struct serve *serve = handle->data;

    if (serve->is_draining) {
        _Exit(128 + number); /* asked twice: at once, nothing acknowledged is lost by it */
    }
    serve->is_draining = true;
    log_event(LOG_INFO, "draining", "signal=%d", number);
    server_drain(serve->server, on_drained, serve);
}

static void watch_signals(struct serve *serve)
{
    static const int numbers[] = {SIGTERM, SIGINT};

    for (size_t i = 0; i < 2; i++) {
        uv_signal_init(&serve->workspace.loop, &serve->signals[i]);
        serve->signals[i].data = serve;
        uv_signal_start(&serve->signals[i], on_signal, numbers[i]);
    }
}

static void on_look(uv_timer_t *timer)
{
    struct serve *serve = timer->data;

    if (app_is_ready(serve->app)) {
        uv_timer_stop(timer);
        puts("ready");
        fflush(stdout);
    }
}

/* The start */

/* The first ever to claim the key prints the link, so that it is never printed twice. */
static enum err greet_admin(struct serve *serve)
{
    char mine[17];
    AUTO_BUF stands = {0};
    struct token token;

    snprintf(mine, sizeof mine, "%016llx", (unsigned long long)random_u64());
    enum err err = workspace_claim(&serve->workspace, "admin-invited", view_of(mine), &stands);

    if (err || !view_is(buf_view(&stands), mine)) {
        return err;
    }
    err = invite_make(&serve->workspace, ROLE_ADMIN, NULL, &token);
    if (err) {
        (void)!workspace_remove(&serve->workspace, "admin-invited");
        return err;
    }
    printf("Become its administrator, once, at %s/#invite=%s\n", serve->url.bytes, token.text);
    return OK;
}

static enum err greet_example(struct serve *serve)
{
    AUTO_BUF code = {0};
    enum err err = serve->has_example ? example_make(&serve->workspace, &code) : OK;

    if (!err && code.len == 6) {
        printf("The example board is at %s/b/%s; its join code is %.3s %s\n", serve->url.bytes,
               EXAMPLE_SLUG, code.bytes, code.bytes + 3);
    }
    return err;
}

static void make_url(struct serve *serve)
{
    const char *host = listen_is_any(serve->listen.host) ? "localhost" : serve->listen.host;
    struct view given = view_of(serve->public_url);
    bool is_ip6 = strchr(host, ':') != NULL;

    while (given.len && given.ptr[given.len - 1] == '/') {
        given.len--;
    }
    if (given.len) {
        buf_add_view(&serve->url, given);
        return;
    }
    buf_printf(&serve->url, "http://%s%s%s:%d", is_ip6 ? "[" : "", host, is_ip6 ? "]" : "",
               serve->listen.port);
    if (listen_is_any(serve->listen.host)) {
        listen_add_lan(serve->listen.port, &serve->lan_url);
    }
}

/* How this program plays a crowd against itself. */
static void make_rehearse(struct serve *serve)
{
    const struct config *config = serve->config;
    bool any = listen_is_any(serve->listen.host);
    const char *host = any ? "127.0.0.1" : serve->listen.host;
    bool is_ip6 = strchr(host, ':') != NULL;
    const char *const args[] = {"/proc/self/exe", "rehearse",
                                config->redis ? "--redis" : "--data",
                                config->redis ? config->redis : config->data, "--url"};
    size_t count = sizeof args / sizeof *args;

    buf_printf(&serve->own_url, "http://%s%s%s:%d", is_ip6 ? "[" : "", host, is_ip6 ? "]" : "",
               serve->listen.port);
    memcpy(serve->rehearse, args, sizeof args);
    serve->rehearse[count] = serve->own_url.bytes;
}

static enum status start_metrics(struct serve *serve)
{
    const struct listen_address *at = &serve->metrics_at;
    AUTO_BUF why = {0};

    struct metrics_place place = {at->host[0] ? at->host : "0.0.0.0", at->port};

    if (!at->port ||
        !metrics_open(&serve->workspace.loop, serve->app, place, &serve->metrics, &why)) {
        return STATUS_DONE;
    }
    server_destroy(serve->server);
    return refuse("%s; name another with --metrics", why.bytes);
}

static enum status start_server(struct serve *serve)
{
    char why[WHY_BYTES] = "";
    struct app_config app = {
        .loop = &serve->workspace.loop,
        .store = serve->workspace.store,
        .public_url = serve->url.bytes,
        .responsible = serve->responsible,
        .contact = serve->contact,
        .keep_months = (uint32_t)serve->keep_months,
        .limits_factor = (double)serve->limits_ppm / 1000000.0,
        .marks_path = serve->marks_path.bytes,
        .rehearse = serve->rehearse,
        .durable = redis_store_is_durable(serve->workspace.store),
    };
    struct server_config server = {
        .loop = &serve->workspace.loop,
        .host = serve->listen.host,
        .port = serve->listen.port,
        .public_url = serve->public_url ? serve->url.bytes : NULL,
        .lan_url = serve->lan_url.bytes,
        .allow_origins = serve->origins,
        .allow_origins_count = serve->origins_count,
        .hosts = serve->hosts,
        .hosts_count = serve->hosts_count,
        .trusted_proxy = serve->trusted_proxy,
    };

    contents_give(&serve->contents, &app);
    serve->app = app_create(&app);
    server.app = serve->app;
    if (server_create(&server, &serve->server, why, sizeof why)) {
        return refuse("%s", why);
    }
    return start_metrics(serve);
}

static void print_addresses(const struct serve *serve)
{
    printf("Pinson is at %s\n", serve->url.bytes);
    if (listen_is_any(serve->listen.host)) {
        listen_print_lan(server_port(serve->server));
    }
}

/* The store answers all that it owes to the app, and then there is nobody to answer to. */
static void end_app(struct serve *serve)
{
    store_destroy(serve->workspace.store);
    serve->workspace.store = NULL;
    app_destroy(serve->app);
}

static void stop(struct serve *serve)
{
    metrics_close(serve->metrics);
    server_destroy(serve->server);
    end_app(serve);
    uv_close((uv_handle_t *)&serve->look, NULL);
    for (size_t i = 0; i < 2; i++) {
        uv_close((uv_handle_t *)&serve->signals[i], NULL);
    }
}

static enum status serve_until_told(struct serve *serve)
{
    serve->look.data = serve;
    uv_timer_init(&serve->workspace.loop, &serve->look);
    watch_signals(serve);
    print_addresses(serve);
    enum err err = greet_example(serve);

    err = err ? err : greet_admin(serve);
    fflush(stdout);
    uv_timer_start(&serve->look, on_look, 0, LOOK_MS);
    while (!err && !serve->is_drained) {
        uv_run(&serve->workspace.loop, UV_RUN_DEFAULT);
    }
    stop(serve);
    return err ? refuse_store(err) : STATUS_DONE;
}

static enum status run(struct serve *serve)
{
    if (!serve->listen.port) {
        serve->listen.port = listen_free_port(serve->listen.host);
    }
    make_url(serve);
    make_rehearse(serve);
    if (serve->workspace.data) {
        buf_printf(&serve->marks_path, "%s/marks", serve->workspace.data);
    }
    if (serve->is_strict && !redis_store_is_durable(serve->workspace.store)) {
        return refuse("this Redis may lose what it acknowledged; set appendonly yes and "
                      "appendfsync always, or leave --strict out");
    }
    if (!contents_read(&serve->contents, serve->content, serve->workspace.data)) {
        end_app(serve);
        return STATUS_REFUSED;
    }
    enum status status = start_server(serve);

    if (status) {
        end_app(serve);
        return status;
    }
    return serve_until_told(serve);
}

enum status serve_command(struct config *config)
{
    struct serve *serve = mem_alloc(sizeof *serve);
    enum status status = STATUS_REFUSED;

    log_set_level(LOG_INFO);
    serve->config = config;
    serve->limits_ppm = 1000000;
    serve->listen = (struct listen_address){.host = "127.0.0.1", .port = 8080};
    if (!read_options(serve)) {
        status = config->status;
    } else if (workspace_open(&serve->workspace, config, WORKSPACE_OWNS)) {
        status = run(serve);
        workspace_close(&serve->workspace);
    }
    buf_finish(&serve->url);
    buf_finish(&serve->lan_url);
    buf_finish(&serve->own_url);
    buf_finish(&serve->marks_path);
    contents_finish(&serve->contents);
    mem_free(serve);
    return status;
}
