#include "wire/view.h"

#include "base/time.h"
#include "core/round.h"
#include "core/serve.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/moderation.h"
#include "wire/names.h"
#include "wire/pseudonym.h"

bool view_shows_code(const struct viewer *viewer)
{
    return viewer->join_code && viewer->join_code[0] &&
           (viewer->board->definition.visibility == VISIBILITY_PUBLIC ||
            viewer->role >= ROLE_MODERATOR);
}

bool view_shows_scores(const struct viewer *viewer)
{
    const struct round_definition *round = board_round(viewer->board);

    return !round || round->scores == SCORES_LIVE || viewer->role >= ROLE_LEAD ||
           viewer->board->rounds[viewer->board->round - 1].state == ROUND_REVEALED;
}

bool view_shows_result(const struct viewer *viewer, uint32_t round)
{
    return round_result(viewer->board, round) &&
           (viewer->role >= ROLE_LEAD ||
            viewer->board->rounds[round - 1].state == ROUND_REVEALED);
}

bool view_shows_score(const struct viewer *viewer, const struct idea *idea)
{
    const struct round_definition *round = board_round(viewer->board);

    return view_shows_scores(viewer) || (viewer->person && round->scores == SCORES_AFTER_VOTE &&
                                         board_competes(viewer->board, idea) &&
                                         board_counted(viewer->board, viewer->person, idea));
}

bool view_shows_text(const struct viewer *viewer, const struct idea *idea)
{
    if (idea->state == IDEA_WITHDRAWN) {
        return false;
    }
    return idea->state == IDEA_SHOWN || viewer->role >= ROLE_MODERATOR ||
           (viewer->person && viewer->person->number == idea->author);
}

/* Those that compete go first, ranked; the others follow by number. */
uint32_t *view_order(const struct viewer *viewer, size_t *count)
{
    const struct board *board = viewer->board;
    struct selection selection = {0};
    uint32_t *order = mem_array(board->ideas_count, sizeof *order);

    *count = 0;
    round_candidates(board, &selection);
    if (view_shows_scores(viewer)) {
        round_order(board, &selection);
    }
    for (size_t i = 0; i < selection.count; i++) {
        order[(*count)++] = selection.items[i].idea;
    }
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (!board_competes(board, &board->ideas[i])) {
            order[(*count)++] = board->ideas[i].number;
        }
    }
    selection_finish(&selection);
    return order;
}

void person_write_name(struct buf *to, const struct viewer *viewer, uint32_t number)
{
    const struct person *person = board_person(viewer->board, number);
    struct view name =
        person ? texts_find(viewer->texts, person->name) : (struct view){NULL, 0};

    if (!person || person->erased) {
        buf_add_text(to, "null");
    } else if (name.ptr) {
        json_write_string(to, name);
    } else {
        AUTO_BUF given = {0};

        pseudonym_write(&given, number, viewer->board->definition.lang);
        json_write_string(to, buf_view(&given));
    }
}

/* {"system","id"} of an import, with or instead of the {"title","url"} that were given. */
static void write_source(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    struct view given = texts_find(viewer->texts, idea->source_text);

    bool shows = given.len > 2 && view_shows_text(viewer, idea);

    buf_add_text(to, ",\"source\":");
    if (idea->source.system[0]) {
        buf_printf(to, "{\"system\":\"%s\",\"id\":\"%s\"%s", idea->source.system,
                   idea->source.id, shows ? "," : "}");
        if (shows) {
            buf_add(to, given.ptr + 1, given.len - 1); /* the rest of the object */
        }
    } else if (shows) {
        buf_add_view(to, given);
    } else {
        buf_add_text(to, "null");
    }
}

static void write_place(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    const struct definition *definition = &viewer->board->definition;

    buf_add_text(to, ",\"theme\":");
    json_write_text_or_null(to,
                            view_of(idea->theme ? definition->themes[idea->theme - 1] : NULL));
    member_text(to, "kind", view_of(name_of_relation(idea->relation)));
    member_uint_or_null(to, "parent", idea->parent);
    member_uint_or_null(to, "with", idea->with);
    buf_printf(to, ",\"root\":%u,\"depth\":%u", idea->root, idea->depth);
    write_source(to, viewer, idea);
}

static void write_author(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    buf_add_text(to, ",\"author\":");
    if (!idea->author) {
        buf_add_text(to, "null");
        return;
    }
    buf_printf(to, "{\"n\":%u,\"name\":", idea->author);
    person_write_name(to, viewer, idea->author);
    buf_add_char(to, '}');
}

/* The outcome of the last closed round it was in, once that may be seen. */
static void write_fate(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    bool decided = idea->candidate && round_result(viewer->board, idea->candidate);
    bool shown = !decided || view_shows_result(viewer, idea->candidate);
    const char *reason = shown ? name_of_ground(idea->ground) : NULL;

    buf_add_text(to, ",\"round_state\":");
    json_write_text_or_null(to, view_of(shown ? name_of_outcome(idea->outcome) : NULL));
    buf_add_text(to, ",\"reason\":");
    json_write_text_or_null(
        to, view_of(idea->reason == REASON_NONE ? reason : name_of_reason(idea->reason)));
}

static void write_date(struct buf *to, uint32_t date)
{
    if (!date) {
        buf_add_text(to, "null");
        return;
    }
    buf_add_char(to, '"');
    date_write(to, date);
    buf_add_char(to, '"');
}

/* The answers are about its words, and are read with them or not at all. */
static void write_followups(struct buf *to, const struct viewer *viewer,
                            const struct idea *idea)
{
    bool readable = view_shows_text(viewer, idea);
    const struct followup *item = NULL;
    const char *comma = "";

    buf_add_text(to, ",\"followup\":[");
    while ((item = board_next_followup(viewer->board, idea, item)) != NULL) {
        buf_printf(to, "%s{\"status\":\"%s\",\"answer\":", comma,
                   name_of_followup_status(item->status));
        comma = ",";
        json_write_text_or_null(to, readable ? texts_find(viewer->texts, item->answer)
                                             : (struct view){NULL, 0});
        member_time_or_null(to, "at", item->at_ms);
        member_key(to, "next_by");
        write_date(to, item->next_by);
        member_uint(to, "v", item->version);
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}

/* Beside the ballots, and told where theirs are: a room's hands would sway who judges. */
static void write_hands(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    if (!idea->hands_ms || !view_shows_score(viewer, idea)) {
        member_text(to, "hands", view_of(NULL));
        return;
    }
    buf_printf(to, ",\"hands\":{\"agree\":%u,\"disagree\":%u,\"pass\":%u", idea->hands.agree,
               idea->hands.disagree, idea->hands.pass);
    member_time_or_null(to, "at", idea->hands_ms);
    buf_add_char(to, '}');
}

void idea_write(struct buf *to, const struct viewer *viewer, const struct idea *idea)
{
    struct view text = view_shows_text(viewer, idea) ? texts_find(viewer->texts, idea->text)
                                                     : (struct view){NULL, 0};

    buf_printf(to, "{\"n\":%u,\"text\":", idea->number);
    json_write_text_or_null(to, text);
    member_text(to, "lang",
                view_of(idea->lang[0] ? idea->lang : viewer->board->definition.lang));
    write_place(to, viewer, idea);
    write_author(to, viewer, idea);
    buf_add_text(to, ",\"at\":\"");
    time_write(to, idea->at_ms);
    buf_add_char(to, '"');
    member_text(to, "state", view_of(name_of_idea_state(idea->state)));
    member_bool(to, "seed", idea->seed);
    member_bool(to, "proxy", idea->proxy);
    member_uint(to, "replies", idea->replies);
    member_uint_or_null(to, "merged_into", idea->merged_into);
    member_uint_or_null(to, "round", idea->candidate);
    write_fate(to, viewer, idea);
    member_bool(to, "vetted", board_is_vetted(viewer->board, idea));
    write_hands(to, viewer, idea);
    write_followups(to, viewer, idea);
    idea_write_moderation(to, viewer, idea);
    if (view_shows_score(viewer, idea)) {
        buf_printf(to, ",\"judges\":%u}", tally_judged(&idea->tally));
    } else {
        buf_add_text(to, ",\"judges\":null}");
    }
}

void score_write(struct buf *to, const struct board *board, const struct idea *idea)
{
    buf_add_char(to, '[');
    buf_add_uint(to, idea->number);
    buf_add_char(to, ',');
    buf_add_uint(to, idea->tally.agree);
    buf_add_char(to, ',');
    buf_add_uint(to, idea->tally.disagree);
    buf_add_char(to, ',');
    buf_add_uint(to, idea->tally.pass);
    buf_add_char(to, ',');
    buf_add_uint(to, board_score(board, idea));
    buf_add_char(to, ']');
}

void pool_write(struct buf *to, const struct viewer *viewer)
{
    if (!view_shows_scores(viewer)) {
        buf_add_text(to, "null");
        return;
    }
    buf_add_char(to, '[');
    buf_add_uint(to, viewer->board->pool.agree);
    buf_add_char(to, ',');
    buf_add_uint(to, viewer->board->pool.judged);
    buf_add_char(to, ']');
}

static void write_left(struct buf *to, const char *key, uint32_t budget, uint32_t used)
{
    buf_printf(to, ",\"%s\":", key);
    if (budget) {
        buf_add_uint(to, budget > used ? budget - used : 0);
    } else {
        buf_add_text(to, "null");
    }
}

static void write_ballots(struct buf *to, const struct person *person)
{
    const char *comma = "";

    buf_add_text(to, ",\"ballots\":{");
    for (uint32_t i = 0; person && i < person->ballots_room; i++) {
        const struct ballot *ballot = &person->ballots[i];

        if (ballot->idea && ballot->choice != CHOICE_NONE) {
            buf_printf(to, "%s\"%u\":\"%s\"", comma, (unsigned)ballot->idea,
                       name_of_choice((enum choice)ballot->choice));
            comma = ",";
        }
    }
    buf_add_char(to, '}');
}

void own_scores_write(struct buf *to, const struct viewer *viewer)
{
    const struct round_definition *round = board_round(viewer->board);
    const char *comma = "";

    if (!round || round->scores != SCORES_AFTER_VOTE) {
        return;
    }
    buf_add_text(to, ",\"scores\":[");
    for (size_t i = 0; i < viewer->board->ideas_count; i++) {
        const struct idea *idea = &viewer->board->ideas[i];

        if (viewer->person && board_competes(viewer->board, idea) &&
            view_shows_score(viewer, idea)) {
            buf_add_text(to, comma);
            score_write(to, viewer->board, idea);
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

static void write_own(struct buf *to, const struct person *person)
{
    buf_add_text(to, ",\"own\":[");
    for (size_t i = 0; person && i < person->own_count; i++) {
        buf_printf(to, "%s%u", i ? "," : "", person->own[i]);
    }
    buf_add_char(to, ']');
}

/* In a final everyone judges all finalists, in an order of their own. */
static void write_finalists(struct buf *to, const struct viewer *viewer)
{
    const struct round_definition *round = board_round(viewer->board);
    const struct person *person = viewer->person ? viewer->person : &person_newcomer;

    if (!round || !round->final) {
        return;
    }
    uint32_t *order = mem_array(viewer->board->ideas_count, sizeof *order);
    size_t count = serve_order(viewer->board, person, order);

    buf_add_text(to, ",\"finalists\":[");
    for (size_t i = 0; i < count; i++) {
        buf_printf(to, "%s%u", i ? "," : "", order[i]);
    }
    buf_add_char(to, ']');
    mem_free(order);
}

void follows_write(struct buf *to, const struct person *person)
{
    buf_add_char(to, '[');
    for (size_t i = 0; person && i < person->follows_count; i++) {
        buf_printf(to, "%s%u", i ? "," : "", person->follows[i]);
    }
    buf_add_char(to, ']');
}

/* Where ideas are read one by one: how many people read what the person wrote, or do now. */
static void write_reads(struct buf *to, const struct viewer *viewer)
{
    const struct round_definition *round = board_round(viewer->board);
    const struct person *person = viewer->person;
    const char *comma = "";

    if (!person || !round || round->ballots != BALLOTS_SERVED || round->final) {
        return;
    }
    buf_add_text(to, ",\"reads\":{");
    for (size_t i = 0; i < person->own_count; i++) {
        const struct idea *idea = board_idea(viewer->board, person->own[i]);

        if (board_competes(viewer->board, idea)) {
            buf_printf(to, "%s\"%u\":%u", comma, idea->number,
                       tally_judged(&idea->tally) + idea->in_flight);
            comma = ",";
        }
    }
    buf_add_char(to, '}');
}

void me_write_round(struct buf *to, const struct viewer *viewer)
{
    const struct person *person = viewer->person;
    const struct round_definition *round = board_round(viewer->board);

    write_left(to, "posts_left", round ? round->posts_per_person : 0,
               person ? person->posts : 0);
    write_left(to, "votes_left", round ? round->votes_per_person : 0,
               person ? person->votes : 0);
    own_scores_write(to, viewer);
    write_finalists(to, viewer);
    write_reads(to, viewer);
    bool done =
        person && viewer->board->round && person->done >> (viewer->board->round - 1) & 1u;

    member_uint_or_null(to, "done", done ? viewer->board->round : 0);
}

void me_write(struct buf *to, const struct viewer *viewer)
{
    const struct person *person = viewer->person;

    buf_add_text(to, "{\"person\":");
    if (person) {
        buf_add_uint(to, person->number);
    } else {
        buf_add_text(to, "null");
    }
    buf_add_text(to, ",\"name\":");
    person_write_name(to, viewer, person ? person->number : 0);
    buf_printf(to, ",\"roles\":[\"%s\"]", name_of_role(viewer->role));
    write_ballots(to, person);
    me_write_round(to, viewer);
    write_own(to, person);
    buf_add_text(to, ",\"follows\":");
    follows_write(to, person);
    me_write_suspended(to, viewer);
    member_bool(to, "declared", person && person->declared);
    if (viewer->outside) {
        member_bool(to, "outside", true);
    }
    buf_add_char(to, '}');
}

static void write_names(struct buf *to, const char *key,
                        const char (*names)[LIMIT_THEME_MAX_BYTES + 1], uint32_t count)
{
    buf_printf(to, ",\"%s\":[", key);
    for (uint32_t i = 0; i < count; i++) {
        if (i) {
            buf_add_char(to, ',');
        }
        json_write_string(to, view_of(names[i]));
    }
    buf_add_char(to, ']');
}

/* What came in from elsewhere, for whoever can take it out again. */
static void write_imports(struct buf *to, const struct viewer *viewer)
{
    const struct board *board = viewer->board;

    buf_add_text(to, ",\"imports\":[");
    for (size_t i = 0; i < board->imports_count; i++) {
        const struct import *import = &board->imports[i];

        buf_printf(to, "%s{\"id\":", i ? "," : "");
        json_write_string(to, view_of(import->source.id));
        member_text(to, "system", view_of(import->source.system));
        member_time_or_null(to, "at", import->at_ms);
        member_uint(to, "first", import->first);
        member_uint(to, "ideas", import->ideas);
        member_bool(to, "undone", import->undone);
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}

void board_write_head(struct buf *to, const struct viewer *viewer)
{
    const struct board *board = viewer->board;
    const struct definition *definition = &board->definition;

    buf_printf(to, "\"slug\":\"%s\",\"title\":", definition->slug);
    json_write_text_or_null(to, texts_find(viewer->texts, definition->title.ref));
    buf_add_text(to, ",\"question\":");
    json_write_text_or_null(to, texts_find(viewer->texts, definition->question.ref));
    buf_add_text(to, ",\"about\":");
    json_write_text_or_null(to, texts_find(viewer->texts, definition->about.ref));
    member_text(to, "lang", view_of(definition->lang));
    member_text(to, "licence", view_of(name_of_licence(definition->licence)));
    write_names(to, "themes", definition->themes, definition->themes_count);
    write_names(to, "groups", definition->groups, definition->groups_count);
    member_text(to, "entry", view_of(name_of_entry_rule(definition->entry)));
    member_text(to, "visibility", view_of(name_of_visibility(definition->visibility)));
    buf_add_text(to, ",\"join_code\":");
    json_write_text_or_null(to, view_of(view_shows_code(viewer) ? viewer->join_code : NULL));
    buf_printf(to, ",\"idea_min\":%u,\"idea_max\":%u,\"publish_log\":%s", definition->idea_min,
               definition->idea_max, definition->publish_log ? "true" : "false");
    buf_add_text(to, ",\"rounds\":");
    rounds_write(to, viewer);
    member_uint_or_null(to, "round", board->round);
    member_text(to, "state", view_of(name_of_board_state(board->state)));
    board_write_moderation(to, viewer);
    buf_printf(to, ",\"people\":%zu,\"ballots\":", board->active_people);
    if (view_shows_scores(viewer)) {
        buf_add_uint(to, board->ballots);
    } else {
        buf_add_text(to, "null");
    }
    buf_add_text(to, ",\"pool\":");
    pool_write(to, viewer);
    if (viewer->role >= ROLE_LEAD && board->imports_count) {
        write_imports(to, viewer);
    }
}

/* What a first look shows: the strongest, the newest, one's own. */
static void choose(const struct viewer *viewer, const uint32_t *order, size_t max, bool *chosen)
{
    const struct board *board = viewer->board;
    size_t count = board->ideas_count;
    size_t left = max;

    for (size_t i = 0; viewer->person && i < viewer->person->own_count && left; i++) {
        chosen[viewer->person->own[i] - 1] = true;
        left--;
    }
    for (size_t i = 0; i < count && left > max / 2; i++) {
        left -= !chosen[order[i] - 1];
        chosen[order[i] - 1] = true;
    }
    for (size_t i = count; i > 0 && left; i--) {
        left -= !chosen[i - 1];
        chosen[i - 1] = true;
    }
}

void board_write_ideas(struct buf *to, const struct viewer *viewer, size_t max)
{
    const struct board *board = viewer->board;
    size_t count = 0;
    uint32_t *order = view_order(viewer, &count);
    bool *chosen = mem_array(count, sizeof *chosen);
    const char *comma = "";
    size_t written = 0;

    choose(viewer, order, max, chosen);
    buf_add_text(to, ",\"ideas\":[");
    for (size_t i = 0; i < count; i++) {
        if (chosen[order[i] - 1]) {
            buf_add_text(to, written++ ? "," : "");
            idea_write(to, viewer, &board->ideas[order[i] - 1]);
        }
    }
    buf_add_text(to, "],\"scores\":[");
    for (size_t i = 0; view_shows_scores(viewer) && i < count; i++) {
        if (chosen[order[i] - 1] && board_competes(board, &board->ideas[order[i] - 1])) {
            buf_add_text(to, comma);
            score_write(to, board, &board->ideas[order[i] - 1]);
            comma = ",";
        }
    }
    buf_printf(to, "],\"more\":%zu", count - written);
    mem_free(chosen);
    mem_free(order);
}

void head_write(struct buf *to, const struct digest *head)
{
    buf_add_char(to, '"');
    buf_add_hex(to, head->bytes, sizeof head->bytes);
    buf_add_char(to, '"');
}

void epoch_write(struct buf *to, uint64_t epoch)
{
    buf_add_char(to, '"');
    buf_add_hex64(to, epoch);
    buf_add_char(to, '"');
}
