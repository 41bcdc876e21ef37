#include "cli/archive_replay.h"

#include "base/mem.h"
#include "cli/replay.h"

#include <string.h>

enum {
    CREATED = 1 /* the version of a board that has been created */
};

const struct round_definition *replay_round(const struct replay *replay, uint32_t round)
{
    return &replay->archive->definition.rounds[round - 1];
}

bool replay_drafts(const struct replay *replay, uint64_t version)
{
    return !replay->archive->round || version < replay->more->rounds[0].opened_version;
}

static void name_rounds(struct replay *replay, struct definition *definition)
{
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        const char *title = replay->more->rounds[i].title;

        definition->rounds[i].allows = ALLOW_POST | ALLOW_BUILD | ALLOW_VOTE;
        if (title) {
            definition->rounds[i].title = replica_text(replay->replica, view_of(title));
        }
    }
}

static void create(struct replay *replay, struct board_key key, const char *slug)
{
    const struct archive_more *more = replay->more;
    struct command command = {.kind = CMD_CREATE};
    struct definition *definition = mem_alloc(sizeof *definition);

    *definition = replay->archive->definition;
    memcpy(definition->key_id, key.id, sizeof definition->key_id);
    memset(definition->slug, 0, sizeof definition->slug);
    memcpy(definition->slug, slug, strlen(slug));
    memcpy(definition->lang, more->lang, sizeof definition->lang);
    definition->draft = replay_drafts(replay, CREATED);
    if (more->title) {
        definition->title = replica_text(replay->replica, view_of(more->title));
    }
    if (more->question) {
        definition->question = replica_text(replay->replica, view_of(more->question));
    }
    name_rounds(replay, definition);
    command.definition = definition;
    replay_system(replay, &command);
}

/* What became of its ideas until it closed, and then their ballots: an archive has these on
   what was an idea of its own in the end. */
static void play_round(struct replay *replay, uint32_t round)
{
    const struct more_round *more = &replay->more->rounds[round - 1];

    replay_moderate(replay, more->closed_version);
    replay_settle(replay, round);
    replay_cast(replay, round);
    if (replay_round(replay, round)->final) {
        replay_tell_groups(replay, round);
    }
    replay_fill_up(replay, round);
    replay_change_end(replay, round);
}

/* What staff put in and did before the first round was opened. */
static void begin(struct replay *replay)
{
    if (!replay_drafts(replay, CREATED)) {
        return;
    }
    replay_post(replay, replay_slot_before(1));
    if (replay->archive->round) {
        replay_moderate(replay, replay->more->rounds[0].opened_version);
        replay_keep_out(replay, 1);
        return;
    }
    replay_moderate(replay, 0);
    replay_settle_last(replay);
}

static void begin_round(struct replay *replay, uint32_t round)
{
    replica_at(replay->replica, replay->more->rounds[round - 1].opened_ms);
    if (replay_board(replay)->round < round) {
        replay_open(replay, round);
    }
    replay_change_course(replay, round);
    replay_post(replay, replay_slot(round));
}

/* And what was done until the next one began, or until now. */
static void end_round(struct replay *replay, uint32_t round)
{
    const struct more_round *more = &replay->more->rounds[round - 1];

    if (more->closed_ms && !more->closed_by_next) {
        replica_at(replay->replica, more->closed_ms);
        replay_close(replay, round);
    }
    if (round == replay->archive->round) {
        replay_post(replay, replay_slot(round + 1));
        replay_moderate(replay, 0);
        replay_settle_last(replay);
        return;
    }
    if (!more->closed_by_next) {
        replay_post(replay, replay_slot_before(round + 1));
    }
    replay_moderate(replay, more[1].opened_version);
    if (!more->closed_by_next) {
        replay_keep_out(replay, round + 1);
    }
}

/* What was refused once is not played on from. */
static void play(struct replay *replay)
{
    static void (*const parts[])(struct replay *, uint32_t) = {begin_round, play_round,
                                                               end_round};
    size_t count = sizeof parts / sizeof *parts;

    for (size_t i = 0; i < replay->archive->round * count && !replay->replica->refused; i++) {
        parts[i % count](replay, (uint32_t)(i / count) + 1);
    }
}

static void finish(struct replay *replay)
{
    mem_free(replay->actors);
    mem_free(replay->slots);
    mem_free(replay->authors);
    mem_free(replay->pool);
    mem_free(replay->apart);
    map_finish(&replay->voters);
    map_finish(&replay->standing);
}

void archive_replay(struct replica *replica, const struct archive_read *archive,
                    const struct archive_more *more, struct board_key key, const char *slug)
{
    struct replay replay = {.replica = replica, .archive = archive, .more = more};

    replay_find_voters(&replay);
    replay_find_slots(&replay);
    replay_find_authors(&replay);
    replica_at(replica, replay_drafts(&replay, CREATED) ? 1 : more->rounds[0].opened_ms);
    create(&replay, key, slug);
    begin(&replay);
    play(&replay);
    finish(&replay);
}
