#include "core/queue.h"

#include "wire/case_read.h"
#include "wire/case_round.h"
#include "wire/json.h"

enum {
    CAP = 30,
    SHOWN = 10 /* of the order */
};

/* What a person is, and what they are offered. */
struct serving {
    struct case_round round;
    struct selection selection;
    struct map exposures; /* id → servings, where they are given */
    struct map judged;    /* ids */
    struct view participant;
    uint32_t person; /* number among the authors; 0: wrote nothing */
    uint32_t k0;
    uint32_t n_min;
    uint32_t served;
    uint32_t cap;
    uint64_t seed;
    uint64_t places;
    bool has_line;
    uint32_t line;
    struct queue_key keys[SHOWN];
    uint32_t found;
};

static void finish(struct serving *serving)
{
    map_finish(&serving->exposures);
    map_finish(&serving->judged);
    selection_finish(&serving->selection);
    case_round_finish(&serving->round);
}

static void read_fields(struct serving *serving, struct case_read *read)
{
    const json_t *root = read->root;
    struct bounds small = {.max = UINT32_MAX};
    struct bounds cap = {.max = UINT32_MAX, .otherwise = CAP};
    struct bounds needed = {.max = UINT32_MAX, .needed = true};
    struct bounds large = {.max = UINT64_MAX, .needed = true};

    serving->k0 = case_k0(read);
    serving->participant = case_text(read, root, "participant", true);
    serving->seed = case_uint(read, root, "seed", large);
    serving->n_min = (uint32_t)case_uint(read, root, "n_min", needed);
    serving->places = case_uint(read, root, "places", large);
    serving->served = (uint32_t)case_uint(read, root, "served", small);
    serving->cap = (uint32_t)case_uint(read, root, "cap", cap);
}

static void read_judged(struct serving *serving, struct case_read *read)
{
    const json_t *list = case_list(read, read->root, "judged", false);
    const json_t *id = NULL;

    while ((id = case_next_item(read, "judged", list))) {
        if (json_is_integer(id)) {
            map_put(&serving->judged, (uint64_t)json_integer_value(id), 1);
        } else {
            case_complain(read, NULL, "be an idea");
        }
    }
}

/* The second reading of the ideas: what each has gathered. */
static void read_tallies(struct serving *serving, struct case_read *read)
{
    const json_t *list = json_object_get(read->root, "ideas");
    const json_t *row = NULL;
    size_t i = 0;

    while ((row = case_next_row(read, "ideas", list))) {
        struct case_idea *idea = &serving->round.ideas[i++];

        case_add_tally(read, row, &idea->tally);
        if (json_object_get(row, "e")) {
            map_put(&serving->exposures, idea->id, case_count(read, row, "e"));
        }
    }
}

static bool is_candidate(const struct serving *serving, const struct case_idea *idea)
{
    bool own = idea->author && idea->author == serving->person;

    return !idea->hidden && !own && !map_find(&serving->judged, idea->id);
}

static struct queue_key key_of(const struct serving *serving, const struct standing *item)
{
    const uint64_t *exposures = map_find(&serving->exposures, item->idea);
    uint32_t judged = tally_judged(&item->tally);
    struct queue_key key = {
        .exposures = exposures ? (uint32_t)*exposures : judged,
        .hash = queue_hash(serving->seed, serving->participant, item->idea),
        .idea = item->idea,
    };

    key.stage = key.exposures >= serving->n_min;
    if (key.stage && serving->has_line) {
        key.distance = queue_distance(item->score, serving->line, judged, serving->k0);
    }
    return key;
}

static void choose(struct serving *serving)
{
    const struct rule everything = {.keep = KEEP_ALL};
    struct selection *selection = &serving->selection;

    case_round_select(&serving->round, selection);
    selection_run(selection, &everything, serving->k0);
    serving->has_line = selection_line(selection, serving->places, &serving->line);
    for (size_t i = 0; i < selection->count && serving->served < serving->cap; i++) {
        const struct standing *item = &selection->items[i];

        if (is_candidate(serving, case_find_idea(&serving->round, item->idea))) {
            struct queue_key key = key_of(serving, item);

            serving->found = queue_insert(serving->keys, serving->found, SHOWN, &key);
        }
    }
}

static const char *stage_of(const struct serving *serving)
{
    if (serving->served >= serving->cap) {
        return "cap";
    }
    if (!serving->found) {
        return "nothing_left";
    }
    return serving->keys[0].stage ? "refine" : "explore";
}

static void write(struct buf *to, const struct serving *serving)
{
    if (serving->has_line) {
        buf_printf(to, "{\"cut_ppm\":%u,", serving->line);
    } else {
        buf_add_text(to, "{\"cut_ppm\":null,");
    }
    if (serving->found) {
        buf_printf(to, "\"next\":%u,\"order\":[", serving->keys[0].idea);
    } else {
        buf_add_text(to, "\"next\":null,\"order\":[");
    }
    for (uint32_t i = 0; i < serving->found; i++) {
        buf_printf(to, "%s%u", i ? "," : "", serving->keys[i].idea);
    }
    buf_printf(to, "],\"stage\":\"%s\"}", stage_of(serving));
}

void case_serve(struct case_read *read, struct buf *out)
{
    struct serving serving = {0};

    read_fields(&serving, read);
    read_judged(&serving, read);
    case_round_read_ideas(&serving.round, read);
    read_tallies(&serving, read);
    if (!case_is_wrong(read)) {
        serving.person = intern_find(&serving.round.people, serving.participant);
        choose(&serving);
        write(out, &serving);
    }
    finish(&serving);
}
