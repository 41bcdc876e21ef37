#include "auth/random.h"
#include "base/mem.h"
#include "base/time.h"
#include "cli/commands.h"
#include "cli/crowd.h"
#include "cli/progress.h"
#include "cli/writer.h"

#include <stdio.h>
#include <string.h>

const char rehearse_help[] =
    "pinson rehearse [DIR] --board SLUG [options]\n"
    "Plays a crowd against a running server: every ballot of a Polis export, or of an "
    "invented\n"
    "crowd without DIR, through a connection of its person's own.\n\n"
    "  --board SLUG   address of the new board\n"
    "  --url URL      where the server is (http://127.0.0.1:8080)\n"
    "  --speed X|max  times real time (max: as fast as is allowed)\n"
    "  --people N     of an invented crowd (100)\n"
    "  --ideas N      that it has (40)\n"
    "  --repeat P     share of calls that are sent twice, 0 to 1 (0)\n"
    "  --cut P        share of calls after which the connection is cut, 0 to 1 (0)\n"
    "  --seed S       of chance (1)\n"
    "  --data DIR     directory of the server's installation (./data)\n"
    "  --redis URL    or the Redis that it is on\n"
    "  --json         print the figures as JSON\n\n"
    "  pinson rehearse 15-per-hour-seattle --board seattle --repeat 0.1 --cut 0.02\n";

enum {
    OPTION_BOARD = 1,
    OPTION_URL,
    OPTION_SPEED,
    OPTION_PEOPLE,
    OPTION_IDEAS,
    OPTION_REPEAT,
    OPTION_CUT,
    OPTION_SEED,
    PEOPLE_MOST = 100000,
    IDEAS_MOST = 100000,
    SPEED_MOST = 1000000,
    KEYS_IN_FLIGHT = 2000
};

#define SESSION_TTL_MS (UINT64_C(24) * 3600 * 1000)

struct rehearsal {
    struct config *config;
    const char *dir;
    const char *slug;
    uint64_t people;
    uint64_t ideas;
    struct crowd_config crowd;
    struct deck deck;
    struct new_board board;
    struct workspace workspace;
    struct writer writer;
    struct token *tokens;
    uint64_t *keys; /* of each person on the board */
    size_t in_flight;
    enum err err;
};

/* Options */

static void read_speed(struct rehearsal *rehearsal)
{
    if (strcmp(optarg, "max") == 0) {
        rehearsal->crowd.speed_ppm = 0;
    } else {
        (void)config_millionths(rehearsal->config, "speed", SPEED_MOST,
                                &rehearsal->crowd.speed_ppm);
    }
}

static void take_option(struct rehearsal *rehearsal, int code)
{
    struct config *config = rehearsal->config;

    switch (code) {
    case OPTION_BOARD:
        rehearsal->slug = optarg;
        break;
    case OPTION_URL:
        rehearsal->crowd.url = optarg;
        break;
    case OPTION_SPEED:
        read_speed(rehearsal);
        break;
    case OPTION_PEOPLE:
        (void)config_number(config, "people", 1, PEOPLE_MOST, &rehearsal->people);
        break;
    case OPTION_IDEAS:
        (void)config_number(config, "ideas", 1, IDEAS_MOST, &rehearsal->ideas);
        break;
    case OPTION_REPEAT:
        (void)config_millionths(config, "repeat", 1, &rehearsal->crowd.repeat_ppm);
        break;
    case OPTION_CUT:
        (void)config_millionths(config, "cut", 1, &rehearsal->crowd.cut_ppm);
        break;
    default:
        (void)config_number(config, "seed", 0, UINT64_MAX, &rehearsal->crowd.seed);
        break;
    }
}

static bool read_options(struct rehearsal *rehearsal)
{
    static const struct option own[] = {{"board", required_argument, NULL, OPTION_BOARD},
                                        {"url", required_argument, NULL, OPTION_URL},
                                        {"speed", required_argument, NULL, OPTION_SPEED},
                                        {"people", required_argument, NULL, OPTION_PEOPLE},
                                        {"ideas", required_argument, NULL, OPTION_IDEAS},
                                        {"repeat", required_argument, NULL, OPTION_REPEAT},
                                        {"cut", required_argument, NULL, OPTION_CUT},
                                        {"seed", required_argument, NULL, OPTION_SEED},
                                        {0}};

    for (int code = 0; (code = config_next(rehearsal->config, own));) {
        take_option(rehearsal, code);
    }
    rehearsal->dir = config_optional_word(rehearsal->config);
    if (!rehearsal->config->ended && !rehearsal->slug) {
        config_misuse(rehearsal->config, "--board SLUG is missing");
    }
    if (!rehearsal->config->ended && rehearsal->crowd.cut_ppm == 1000000) {
        config_misuse(rehearsal->config, "with --cut 1 nobody would ever be answered");
    }
    return config_finish(rehearsal->config);
}

static bool read_deck(struct rehearsal *rehearsal)
{
    struct polis polis;
    AUTO_BUF why = {0};

    if (!rehearsal->dir) {
        deck_invent(&rehearsal->deck, (uint32_t)rehearsal->people, (uint32_t)rehearsal->ideas,
                    rehearsal->crowd.seed);
        return true;
    }
    if (polis_read(rehearsal->dir, &polis, &why)) {
        (void)refuse("%s; nothing was played, mend the file and try again", why.bytes);
        return false;
    }
    deck_of_polis(&rehearsal->deck, &polis);
    polis_finish(&polis);
    return true;
}

static bool set_words(struct rehearsal *rehearsal)
{
    const char *topic = rehearsal->deck.topic;

    definition_init(&rehearsal->board.definition);
    rehearsal->board.definition.own_ballots_count = true;
    rehearsal->board.definition.rounds[0].compete = 1u << RELATION_IDEA;
    rehearsal->board.question = view_of(topic);
    return writer_words(&rehearsal->board, rehearsal->slug,
                        rehearsal->deck.is_polis ? "en" : "fr",
                        topic ? topic : rehearsal->slug);
}

/* Sessions: as the server keeps them once their person has acted */

static void on_done(void *user, enum err err)
{
    struct rehearsal *rehearsal = user;

    rehearsal->in_flight--;
    rehearsal->err = rehearsal->err ? rehearsal->err : err;
}

struct key_request {
    struct rehearsal *rehearsal;
    uint32_t person;
};

static void on_key(void *user, enum err err, uint64_t key)
{
    struct key_request *request = user;

    request->rehearsal->keys[request->person] = key;
    on_done(request->rehearsal, err);
    mem_free(request);
}

static void make_session(struct rehearsal *rehearsal, uint32_t person)
{
    unsigned char account[16];
    struct view none = {NULL, 0};
    struct key_request *request = mem_alloc(sizeof *request);
    AUTO_BUF name = {0};
    AUTO_BUF value = {0};

    *request = (struct key_request){.rehearsal = rehearsal, .person = person};
    random_bytes(account, sizeof account);
    struct digest digest =
        hash_blake2b((struct view){(const char *)account, sizeof account}, none, none);

    rehearsal->tokens[person] = token_create();
    struct token_hash hash = token_hash(view_of(rehearsal->tokens[person].text));

    buf_printf(&name, "session:%s", hash.text);
    buf_add_text(&value, "{\"account\":\"");
    buf_add_hex(&value, account, sizeof account);
    buf_printf(&value, "\",\"role\":null,\"lang\":\"en\",\"at\":%llu}",
               (unsigned long long)time_now_ms());
    rehearsal->in_flight += 2;
    store_put(rehearsal->workspace.store, buf_view(&name), buf_view(&value), SESSION_TTL_MS,
              on_done, rehearsal);
    store_person(rehearsal->workspace.store, rehearsal->writer.board.key, &digest, random_u64(),
                 on_key, request);
}

static enum err make_sessions(struct rehearsal *rehearsal)
{
    for (uint32_t i = 0; i < rehearsal->deck.people; i++) {
        while (rehearsal->in_flight > KEYS_IN_FLIGHT) {
            uv_run(&rehearsal->workspace.loop, UV_RUN_ONCE);
        }
        make_session(rehearsal, i);
    }
    while (rehearsal->in_flight) {
        uv_run(&rehearsal->workspace.loop, UV_RUN_ONCE);
    }
    return rehearsal->err;
}

/* The board */

static void write_entries(struct rehearsal *rehearsal)
{
    const struct deck *deck = &rehearsal->deck;
    struct source source = writer_import_source(deck->is_polis ? "polis" : "rehearsal");

    writer_import(&rehearsal->writer, &source, false);
    for (uint32_t i = 0; i < deck->people; i++) {
        writer_person(&rehearsal->writer, rehearsal->keys[i], ASSURANCE_GUEST);
    }
    for (size_t i = 0; i < deck->ideas_count; i++) {
        struct new_idea idea = {.text = view_of(deck->ideas[i].text),
                                .person = rehearsal->keys[deck->ideas[i].author],
                                .lang = rehearsal->board.definition.lang,
                                .at_ms = deck->ideas[i].at_ms};

        if (deck->is_polis) {
            snprintf(idea.source.system, sizeof idea.source.system, "polis");
            snprintf(idea.source.id, sizeof idea.source.id, "%llu",
                     (unsigned long long)deck->ideas[i].source);
        }
        writer_post(&rehearsal->writer, &idea);
    }
    writer_import(&rehearsal->writer, &source, true);
}

static bool make_board(struct rehearsal *rehearsal)
{
    struct fold fold;

    if (!writer_begin(&rehearsal->writer, &rehearsal->workspace, &rehearsal->board)) {
        return false;
    }
    rehearsal->tokens = mem_array(rehearsal->deck.people, sizeof *rehearsal->tokens);
    rehearsal->keys = mem_array(rehearsal->deck.people, sizeof *rehearsal->keys);
    enum err err = make_sessions(rehearsal);

    if (err) {
        writer_abandon(&rehearsal->writer);
        (void)refuse_store(err);
        return false;
    }
    write_entries(rehearsal);
    fold_init(&fold);
    bool ok = writer_finish(&rehearsal->writer, &fold);

    fold_finish(&fold);
    return ok;
}

/* Last, as the source rejected them: whoever judged them before has their ballots kept. */
static enum err hide_rejected(struct rehearsal *rehearsal)
{
    for (size_t i = 0; i < rehearsal->deck.ideas_count; i++) {
        if (rehearsal->deck.ideas[i].is_rejected) {
            writer_hide(&rehearsal->writer, (uint32_t)i + 1);
        }
    }
    return pipeline_finish(&rehearsal->writer.pipeline);
}

/* The report */

static double percentile_ms(const struct crowd_result *result, unsigned percent)
{
    size_t count = result->latencies_count;
    size_t at = count ? (count - 1) * percent / 100 : 0;

    return count ? (double)result->latencies_us[at] / 1000.0 : 0.0;
}

static void print_json(const struct rehearsal *rehearsal, const struct crowd_result *result)
{
    printf("{\"slug\":\"%s\",\"b\":\"%s\",\"people\":%u,\"ideas\":%zu,\"calls\":%llu,"
           "\"acknowledged\":%llu,\"refused\":%llu,\"repeated\":%llu,\"resent\":%llu,",
           rehearsal->slug, rehearsal->writer.board.key.id, rehearsal->deck.people,
           rehearsal->deck.ideas_count, (unsigned long long)result->calls,
           (unsigned long long)result->acknowledged, (unsigned long long)result->refused,
           (unsigned long long)result->repeated, (unsigned long long)result->resent);
    printf("\"cut\":%llu,\"lost\":%llu,\"too_fast\":%llu,\"unavailable\":%llu,\"seconds\":%.3f,"
           "\"p50_ms\":%.3f,\"p99_ms\":%.3f,\"reasons\":{",
           (unsigned long long)result->cut, (unsigned long long)result->lost,
           (unsigned long long)result->too_fast, (unsigned long long)result->unavailable,
           result->seconds, percentile_ms(result, 50), percentile_ms(result, 99));
    for (size_t i = 0; i < CROWD_REASONS && result->reasons[i].count; i++) {
        printf("%s\"%s\":%llu", i ? "," : "", result->reasons[i].name,
               (unsigned long long)result->reasons[i].count);
    }
    puts("}}");
}

static void print_text(const struct rehearsal *rehearsal, const struct crowd_result *result)
{
    printf("%u people, %zu ideas: %llu calls, %llu acknowledged, %llu refused\n",
           rehearsal->deck.people, rehearsal->deck.ideas_count,
           (unsigned long long)result->calls, (unsigned long long)result->acknowledged,
           (unsigned long long)result->refused);
    printf("%llu sent twice, %llu sent again, %llu connections cut, %llu lost, %llu asked to "
           "wait\n",
           (unsigned long long)result->repeated, (unsigned long long)result->resent,
           (unsigned long long)result->cut, (unsigned long long)result->lost,
           (unsigned long long)result->too_fast);
    printf("%.1f s, %.0f a second; half answered within %.1f ms, 99 %% within %.1f ms\n",
           result->seconds,
           result->seconds > 0 ? (double)result->acknowledged / result->seconds : 0.0,
           percentile_ms(result, 50), percentile_ms(result, 99));
    for (size_t i = 0; i < CROWD_REASONS && result->reasons[i].count; i++) {
        printf("refused as %s: %llu\n", result->reasons[i].name,
               (unsigned long long)result->reasons[i].count);
    }
}

static enum status report(const struct rehearsal *rehearsal, const struct crowd_result *result)
{
    if (rehearsal->config->json) {
        print_json(rehearsal, result);
    } else {
        print_text(rehearsal, result);
    }
    return result->acknowledged == rehearsal->deck.ballots_count ? STATUS_DONE : STATUS_REFUSED;
}

static enum status play(struct rehearsal *rehearsal)
{
    struct crowd_result result;

    rehearsal->crowd.loop = &rehearsal->workspace.loop;
    rehearsal->crowd.slug = rehearsal->slug;
    rehearsal->crowd.deck = &rehearsal->deck;
    rehearsal->crowd.tokens = rehearsal->tokens;
    enum err err = crowd_play(&rehearsal->crowd, &result);

    if (err) {
        crowd_result_finish(&result);
        return refuse("no server answers at %s; start it, or name it with --url",
                      rehearsal->crowd.url);
    }
    err = hide_rejected(rehearsal);
    enum status status = err ? refuse_store(err) : report(rehearsal, &result);

    crowd_result_finish(&result);
    return status;
}

static enum status run(struct rehearsal *rehearsal)
{
    enum status status = STATUS_REFUSED;

    if (!workspace_open(&rehearsal->workspace, rehearsal->config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    if (!rehearsal->workspace.is_redis_of_others) {
        status =
            refuse("no server runs on %s; start `pinson serve` first", rehearsal->config->data);
    } else if (make_board(rehearsal)) {
        status = play(rehearsal);
    }
    workspace_close(&rehearsal->workspace);
    return status;
}

enum status rehearse_command(struct config *config)
{
    struct rehearsal *rehearsal = mem_alloc(sizeof *rehearsal);
    enum status status = STATUS_REFUSED;

    rehearsal->config = config;
    rehearsal->people = 100;
    rehearsal->ideas = 40;
    rehearsal->crowd.url = "http://127.0.0.1:8080";
    rehearsal->crowd.seed = 1;
    if (!read_options(rehearsal)) {
        status = config->status;
    } else if (read_deck(rehearsal)) {
        if (set_words(rehearsal)) {
            status = run(rehearsal);
        }
        deck_finish(&rehearsal->deck);
    }
    mem_free(rehearsal->tokens);
    mem_free(rehearsal->keys);
    mem_free(rehearsal);
    return status;
}
