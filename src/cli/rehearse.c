#include "cli/rehearse.h"

#include "auth/random.h"
#include "base/time.h"
#include "wire/template.h"

#include <stdio.h>
#include <string.h>

const char rehearse_help[] =
    "pinson rehearse [DIR] --board SLUG [options]\n"
    "Plays a crowd against a running server: every ballot of a Polis export, or of an "
    "invented\n"
    "crowd without DIR, through a connection of its person's own.\n\n"
    "  --board SLUG   address of the new board\n"
    "  --like SLUG    a copy of that board: its rounds, words and seeds; found by its link\n"
    "                 alone, and its rounds end when the crowd has done\n"
    "  --template T   with the rounds of atelier, consultation or mmowgli: a lead opens one\n"
    "                 after the other, and closes the last\n"
    "  --url URL      where the server is (http://127.0.0.1:8080)\n"
    "  --speed X|max  times real time (max: as fast as is allowed)\n"
    "  --people N     of an invented crowd (100)\n"
    "  --ideas N      that it has (40)\n"
    "  --repeat P     share of calls that are sent twice, 0 to 1 (0)\n"
    "  --cut P        share of calls after which the connection is cut, 0 to 1 (0)\n"
    "  --seed S       of chance (1)\n"
    "  --lead HASH    of the account that may steer the new board, too\n"
    "  --data DIR     directory of the server's installation (./data)\n"
    "  --redis URL    or the Redis that it is on\n"
    "  --json         print the figures as JSON\n\n"
    "With a template people judge what the queue serves them as the file does, and put the\n"
    "rest off; in rounds where any ballot counts, and in the final, they cast all that they\n"
    "have on what is still in the running. What the export rejected is hidden after the\n"
    "ballots; with a template right before the first round that judges is closed, so that it\n"
    "takes nobody's place. Ends with 1 when the log lacks something that was acknowledged.\n\n"
    "  pinson rehearse 15-per-hour-seattle --board seattle --repeat 0.1 --cut 0.02\n"
    "  pinson rehearse --board essai --template atelier --people 60 --speed max\n";

enum {
    OPTION_BOARD = 1,
    OPTION_TEMPLATE,
    OPTION_LIKE,
    OPTION_LEAD,
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

static void read_lead(struct rehearsal *rehearsal)
{
    unsigned char *bytes = rehearsal->watcher.bytes;

    rehearsal->has_watcher =
        view_to_bytes(view_of(optarg), bytes, sizeof rehearsal->watcher.bytes);
    if (!rehearsal->has_watcher) {
        config_misuse(rehearsal->config, "--lead takes 64 hexadecimal digits");
    }
}

static void take_option(struct rehearsal *rehearsal, int code)
{
    struct config *config = rehearsal->config;

    switch (code) {
    case OPTION_BOARD:
        rehearsal->slug = optarg;
        break;
    case OPTION_TEMPLATE:
        rehearsal->template = optarg;
        break;
    case OPTION_LIKE:
        rehearsal->like = optarg;
        break;
    case OPTION_LEAD:
        read_lead(rehearsal);
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
                                        {"template", required_argument, NULL, OPTION_TEMPLATE},
                                        {"like", required_argument, NULL, OPTION_LIKE},
                                        {"lead", required_argument, NULL, OPTION_LEAD},
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
    if (!rehearsal->config->ended && rehearsal->like &&
        (rehearsal->template || rehearsal->dir)) {
        config_misuse(rehearsal->config, "--like brings rounds and ideas of its own");
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

static bool read_template(struct rehearsal *rehearsal, const char *lang)
{
    struct definition *definition = &rehearsal->board.definition;
    struct field field;
    AUTO_BUF names = {0};

    rehearsal->rounds = template_rounds(view_of(rehearsal->template), view_of(lang));
    if (!rehearsal->rounds) {
        template_write_names(&names);
        (void)refuse("there is no template \"%s\"; use one of %s", rehearsal->template,
                     names.bytes);
        return false;
    }
    if (rounds_parse(rehearsal->rounds, definition, rehearsal->board.round_words, &field)) {
        (void)refuse("the template %s is wrong at %s; use another", rehearsal->template,
                     field.path);
        return false;
    }
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        rehearsal->moves += definition->rounds[i].allows & ALLOW_POST ? 1 : 0;
    }
    if (!rehearsal->deck.is_polis) {
        deck_spread(&rehearsal->deck, rehearsal->moves, rehearsal->crowd.seed);
    }
    return true;
}

static bool set_words(struct rehearsal *rehearsal)
{
    const char *topic = rehearsal->deck.topic;
    const char *lang = rehearsal->deck.is_polis ? "en" : "fr";

    definition_init(&rehearsal->board.definition);
    rehearsal->board.definition.own_ballots_count = true;
    rehearsal->board.definition.rounds[0].compete = 1u << RELATION_IDEA;
    rehearsal->board.question = view_of(topic);
    return (!rehearsal->template || read_template(rehearsal, lang)) &&
           writer_words(&rehearsal->board, rehearsal->slug, lang,
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

static void on_watcher(void *user, enum err err, uint64_t key)
{
    struct rehearsal *rehearsal = user;

    rehearsal->watcher_key = key;
    on_done(rehearsal, err);
}

static enum err make_sessions(struct rehearsal *rehearsal)
{
    if (rehearsal->has_watcher) {
        rehearsal->in_flight++;
        store_person(rehearsal->workspace.store, rehearsal->writer.board.key,
                     &rehearsal->watcher, random_u64(), on_watcher, rehearsal);
    }
    for (uint32_t i = 0; i <= rehearsal->deck.people; i++) { /* and the lead */
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

/* The first so many of the deck. */
static void write_ideas(struct rehearsal *rehearsal, size_t count)
{
    const struct deck *deck = &rehearsal->deck;

    for (size_t i = 0; i < count; i++) {
        bool seed = i < rehearsal->seeds;
        struct new_idea idea = {.text = view_of(deck->ideas[i].text),
                                .person = seed ? 0 : rehearsal->keys[deck->ideas[i].author],
                                .seed = seed,
                                .lang = rehearsal->board.definition.lang,
                                .at_ms = deck->ideas[i].at_ms};

        if (deck->is_polis) {
            snprintf(idea.source.system, sizeof idea.source.system, "polis");
            snprintf(idea.source.id, sizeof idea.source.id, "%llu",
                     (unsigned long long)deck->ideas[i].source);
        }
        writer_post(&rehearsal->writer, &idea);
    }
}

bool rehearse_is_led(const struct rehearsal *rehearsal)
{
    return rehearsal->template || rehearsal->like;
}

/* The ideas of an invented crowd are posted in the rounds that take some; seeds before. */
static size_t posted_before(const struct rehearsal *rehearsal)
{
    bool later = !rehearsal->deck.is_polis && rehearsal->moves;

    return later ? rehearsal->seeds : rehearsal->deck.ideas_count;
}

static void write_lead(struct rehearsal *rehearsal, uint64_t key)
{
    struct command leads = {.kind = CMD_ROLE, .role = ROLE_LEAD, .target = key};

    writer_add(&rehearsal->writer, &leads);
}

static void write_entries(struct rehearsal *rehearsal)
{
    const struct deck *deck = &rehearsal->deck;
    struct source source = writer_import_source(deck->is_polis ? "polis" : "rehearsal");

    writer_import(&rehearsal->writer, &source, false);
    for (uint32_t i = 0; i < deck->people; i++) {
        writer_person(&rehearsal->writer, rehearsal->keys[i], ASSURANCE_GUEST);
    }
    write_ideas(rehearsal, posted_before(rehearsal));
    writer_import(&rehearsal->writer, &source, true);
    if (rehearse_is_led(rehearsal)) {
        write_lead(rehearsal, rehearsal->keys[deck->people]);
    }
    if (rehearsal->has_watcher) {
        write_lead(rehearsal, rehearsal->watcher_key);
    }
}

static bool make_board(struct rehearsal *rehearsal)
{
    struct fold fold;

    if (!writer_begin(&rehearsal->writer, &rehearsal->workspace, &rehearsal->board)) {
        return false;
    }
    rehearsal->tokens =
        mem_array((size_t)rehearsal->deck.people + 1, sizeof *rehearsal->tokens);
    rehearsal->keys = mem_array((size_t)rehearsal->deck.people + 1, sizeof *rehearsal->keys);
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

static enum status play(struct rehearsal *rehearsal)
{
    table_init(&rehearsal->table, &rehearsal->deck, posted_before(rehearsal));
    enum status status = rehearse_play(rehearsal);

    if (status == STATUS_DONE) {
        for (uint32_t i = 0; i < rehearsal->board.definition.rounds_count; i++) {
            crowd_result_add(&rehearsal->result, &rehearsal->played[i].result);
        }
        status = rehearse_report(rehearsal);
    }
    table_finish(&rehearsal->table);
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
    } else if ((!rehearsal->like || rehearse_read_model(rehearsal)) && make_board(rehearsal)) {
        status = play(rehearsal);
    }
    workspace_close(&rehearsal->workspace);
    return status;
}

static void forget(struct rehearsal *rehearsal)
{
    for (size_t i = 0; i < LIMIT_ROUNDS; i++) {
        crowd_result_finish(&rehearsal->played[i].result);
        json_decref(rehearsal->played[i].outcomes);
        json_decref(rehearsal->played[i].ranking);
    }
    crowd_result_finish(&rehearsal->result);
    json_decref(rehearsal->rounds);
    if (rehearsal->like) {
        fold_finish(&rehearsal->model);
    }
    deck_finish(&rehearsal->deck);
    buf_finish(&rehearsal->title);
    mem_free(rehearsal->tokens);
    mem_free(rehearsal->keys);
    mem_free(rehearsal);
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
    } else if (rehearsal->like || (read_deck(rehearsal) && set_words(rehearsal))) {
        status = run(rehearsal);
    }
    forget(rehearsal);
    return status;
}
