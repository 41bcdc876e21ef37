#include "cli/writer.h"

#include "auth/random.h"
#include "cli/project.h"
#include "wire/entry.h"

#include <stdio.h>
#include <string.h>

/* Words */

bool writer_check_text(const char *what, struct view text, size_t max_graphemes)
{
    if (!text_is_utf8(text) || !text_is_clean(text)) {
        (void)refuse("the %s has characters that cannot be shown; write it anew", what);
        return false;
    }
    if (text_graphemes(text) > max_graphemes || text.len > LIMIT_TEXT_MAX_BYTES) {
        (void)refuse("the %s is longer than %zu characters; shorten it", what, max_graphemes);
        return false;
    }
    return true;
}

bool writer_words(struct new_board *board, const char *slug, const char *lang,
                  const char *title)
{
    if (!text_is_slug(view_of(slug))) {
        (void)refuse("\"%s\" cannot be an address; use up to %d of a-z, 0-9 and single hyphens",
                     slug, LIMIT_SLUG_MAX_BYTES);
        return false;
    }
    if (strcmp(lang, "fr") != 0 && strcmp(lang, "en") != 0) {
        (void)refuse("there is no language \"%s\" here; use fr or en", lang);
        return false;
    }
    board->title = view_trim(view_of(title));
    if (!board->title.len) {
        (void)refuse("the title is empty; give one with --title");
        return false;
    }
    snprintf(board->definition.slug, sizeof board->definition.slug, "%s", slug);
    snprintf(board->definition.lang, sizeof board->definition.lang, "%s", lang);
    return writer_check_text("title", board->title, LIMIT_TITLE_MAX_GRAPHEMES);
}

/* Creation */

struct beginning {
    struct wait wait;
    struct begun_board *out;
};

static void on_begun(void *user, enum err err, const struct begun_board *board)
{
    struct beginning *beginning = user;

    if (!err) {
        *beginning->out = *board;
    }
    wait_on_done(&beginning->wait, err);
}

static bool claimed(struct beginning *beginning, const struct writer *writer)
{
    enum err err = wait_for(&beginning->wait);

    if (err == ERR_CONFLICT) {
        (void)refuse(
            "the address %s is taken, or was within the last minute by a command that did "
            "not end; choose another slug or try again then",
            writer->slug);
    } else if (err) {
        (void)refuse_store(err);
    }
    return !err;
}

bool writer_begin(struct writer *writer, struct workspace *workspace,
                  const struct new_board *board)
{
    struct beginning beginning = {.out = &writer->board};

    *writer = (struct writer){.workspace = workspace};
    memcpy(writer->slug, board->definition.slug, sizeof writer->slug);
    pipeline_init(&writer->pipeline, &workspace->loop, workspace->store);
    wait_init(&beginning.wait, &workspace->loop);
    publish_begin(workspace->store, board, on_begun, &beginning);
    return claimed(&beginning, writer);
}

bool writer_begin_again(struct writer *writer, struct workspace *workspace,
                        struct board_key key, const struct definition *definition)
{
    struct beginning beginning = {.out = &writer->board};

    *writer = (struct writer){.workspace = workspace};
    memcpy(writer->slug, definition->slug, sizeof writer->slug);
    pipeline_init(&writer->pipeline, &workspace->loop, workspace->store);
    wait_init(&beginning.wait, &workspace->loop);
    publish_restore(workspace->store, key, definition, on_begun, &beginning);
    return claimed(&beginning, writer);
}

/* Entries */

static void append(struct writer *writer, struct command *command,
                   const struct stored_text *texts, size_t texts_count)
{
    AUTO_BUF entry = {0};

    command->epoch = writer->board.epoch;
    entry_write(&entry, command);
    pipeline_append(&writer->pipeline, writer->board.key, buf_view(&entry), texts, texts_count);
}

void writer_restore(struct writer *writer, const struct entry *entry,
                    const struct stored_text *texts, size_t texts_count)
{
    struct to_append item = {
        .id = entry->id, .bytes = entry->bytes, .texts = texts, .texts_count = texts_count};

    pipeline_append_as(&writer->pipeline, writer->board.key, &item);
}

void writer_add(struct writer *writer, struct command *command)
{
    append(writer, command, NULL, 0);
}

void writer_person(struct writer *writer, uint64_t key, enum assurance assurance)
{
    struct command command = {.kind = CMD_PERSON, .person = key, .assurance = assurance};

    writer_add(writer, &command);
}

void writer_post(struct writer *writer, const struct new_idea *idea)
{
    struct command command = {.kind = CMD_POST,
                              .person = idea->person,
                              .relation = idea->relation,
                              .parent = idea->parent,
                              .with = idea->with,
                              .theme = idea->theme,
                              .seed = idea->seed,
                              .source = idea->source,
                              .at_ms = idea->at_ms};
    struct text_seed seed;
    AUTO_BUF json = {0};

    random_bytes(&seed, sizeof seed);
    command.text = text_use_make(idea->text, &seed, &json);
    snprintf(command.lang, sizeof command.lang, "%s", idea->lang);
    struct stored_text text = {.ref = command.text.ref, .json = buf_view(&json)};

    append(writer, &command, &text, 1);
}

void writer_vote(struct writer *writer, uint64_t person, uint32_t idea, enum choice choice,
                 uint64_t at_ms)
{
    struct command command = {
        .kind = CMD_VOTE, .person = person, .idea = idea, .choice = choice, .at_ms = at_ms};

    writer_add(writer, &command);
}

void writer_hide(struct writer *writer, uint32_t idea)
{
    struct command command = {.kind = CMD_HIDE, .idea = idea, .reason = REASON_OTHER};

    writer_add(writer, &command);
}

void writer_import(struct writer *writer, const struct source *source, bool done)
{
    struct command command = {.kind = CMD_IMPORT, .source = *source, .done = done};

    writer_add(writer, &command);
}

struct source writer_import_source(const char *system)
{
    struct source source = {0};

    snprintf(source.system, sizeof source.system, "%s", system);
    snprintf(source.id, sizeof source.id, "%016llx", (unsigned long long)random_u64());
    return source;
}

/* Publication */

static void on_published(void *user, enum err err, struct entry_id id)
{
    (void)id;
    wait_on_done(user, err);
}

static enum err publish(struct writer *writer)
{
    struct wait wait;

    wait_init(&wait, &writer->workspace->loop);
    publish_end(writer->workspace->store, writer->board.key, writer->slug, on_published, &wait);
    return wait_for(&wait);
}

bool writer_finish(struct writer *writer, struct fold *fold)
{
    enum err err = pipeline_finish(&writer->pipeline);

    if (!err) {
        err = project_board(writer->workspace, writer->board.key, fold);
    }
    if (err == ERR_PARSE) {
        (void)refuse("the store does not hold what was written to it; nothing was made, try "
                     "again");
    } else if (err) {
        (void)refuse_store(err);
    }
    if (err) {
        writer_abandon(writer);
        return false;
    }
    /* Its outcome may be unknown, so nothing is taken back after it was asked for. */
    err = publish(writer);
    if (err) {
        (void)refuse("the store did not confirm the board; `pinson boards` tells whether it "
                     "is there");
    }
    return !err;
}

void writer_abandon(struct writer *writer)
{
    struct wait wait;

    (void)!pipeline_finish(&writer->pipeline);
    wait_init(&wait, &writer->workspace->loop);
    publish_abandon(writer->workspace->store, &writer->board, writer->slug, wait_on_done,
                    &wait);
    (void)!wait_for(&wait);
}
