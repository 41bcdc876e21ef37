/* create — board.create: an admin, or a lead of the installation, makes a board. */
#include "app/create.h"
#include "app/state.h"

#include "base/log.h"
#include "wire/json.h"
#include "wire/names.h"
#include "wire/template.h"

#include <string.h>

/* A board on its way into the index. */
struct creation {
    struct list link; /* in app->creations, once it is published */
    struct app *app;
    uint64_t client_id;
    struct session *session;
    struct buf id;
    struct op op;
    struct begun_board begun;
    char slug[LIMIT_SLUG_MAX_BYTES + 1];
};

static void creation_finish(struct creation *creation)
{
    session_release(creation->app, creation->session);
    creation->app->owed--;
    buf_finish(&creation->id);
    mem_free(creation);
}

static void creation_refused(struct creation *creation, enum err err)
{
    struct client *client = client_find(creation->app, creation->client_id);

    if (client) {
        client_refuse(client, buf_view(&creation->id), err,
                      err == ERR_CONFLICT ? "slug" : NULL);
    }
    creation_finish(creation);
}

static void creation_done(struct creation *creation)
{
    struct client *client = client_find(creation->app, creation->client_id);
    AUTO_BUF result = {0};

    if (client) {
        buf_printf(&result, "{\"board\":\"%s\",\"join_code\":\"%s\"}", creation->slug,
                   creation->begun.code);
        client_reply(client, buf_view(&creation->id), buf_view(&result));
    }
    creation_finish(creation);
}

void creations_settle(struct app *app)
{
    struct list *next = NULL;

    for (struct list *at = app->creations.next; at != &app->creations; at = next) {
        struct creation *creation = LIST_ITEM(at, struct creation, link);
        const struct app_board *board = app_board_by_key(app, creation->begun.key);

        next = at->next;
        if (board && board->live) {
            list_remove(&creation->link);
            creation_done(creation);
        }
    }
}

/* Whoever is told of the board can join it: it must have come round by the index. */
static void on_published(void *user, enum err err, struct entry_id id)
{
    struct creation *creation = user;

    (void)id;
    if (err) {
        creation_refused(creation, err);
        return;
    }
    list_add(&creation->app->creations, &creation->link);
    creations_settle(creation->app);
}

static void on_code(void *user, enum err err, struct view code)
{
    struct creation *creation = user;

    if (err || code.len > JOIN_CODE_MAX_CHARS) {
        creation_refused(creation, err ? err : ERR_UNAVAILABLE);
        return;
    }
    if (code.len) {
        memcpy(creation->begun.code, code.ptr, code.len);
    }
    creation_done(creation);
}

/* The address is taken; by this very gesture, perhaps, when it was sent before. */
static void on_taken(struct creation *creation)
{
    const struct app_board *board = app_board_find(creation->app, view_of(creation->slug));
    const struct op *by = board && board->live ? &board->fold->created_by : NULL;
    AUTO_BUF name = {0};

    if (!by || by->high != creation->op.high || by->low != creation->op.low) {
        creation_refused(creation, ERR_CONFLICT);
        return;
    }
    buf_printf(&name, "code-of:%s", board->key.id);
    store_get(creation->app->store, buf_view(&name), on_code, creation);
}

static void on_begun(void *user, enum err err, const struct begun_board *begun)
{
    struct creation *creation = user;

    if (err == ERR_CONFLICT) {
        on_taken(creation);
        return;
    }
    if (err) {
        creation_refused(creation, err);
        return;
    }
    creation->begun = *begun;
    publish_end(creation->app->store, begun->key, creation->slug, on_published, creation);
}

void create_read_names(struct params *params, const char *name,
                       char (*out)[LIMIT_THEME_MAX_BYTES + 1], size_t max, uint32_t *count)
{
    const json_t *list = params_any(params, name);

    if (!list) {
        return;
    }
    if (!json_is_array(list) || json_array_size(list) > max) {
        params_wrong(params, name);
        return;
    }
    *count = 0;
    for (size_t i = 0; i < json_array_size(list); i++) {
        struct view text = json_view(json_array_get(list, i));

        if (!text.len || text.len > LIMIT_THEME_MAX_BYTES || !text_is_clean_name(text)) {
            params_wrong(params, name);
            return;
        }
        memcpy(out[i], text.ptr, text.len);
        out[i][text.len] = '\0';
        (*count)++;
    }
}

void create_read_rounds(struct params *params, struct new_board *out, json_t **json,
                        struct field *field)
{
    struct view name = params_string(params, "template", OPTIONAL);
    bool from_list = params_any(params, "rounds") != NULL;
    bool from_template = params_has(params, "template");

    if (from_template && from_list) {
        params_wrong(params, "template"); /* which of the two is meant? */
        return;
    }
    if (from_template) {
        *json = template_rounds(name, view_of(out->definition.lang));
    } else if (from_list) {
        *json = json_incref(json_object_get(params->object, "rounds"));
    }
    if (from_template && !*json) {
        params_wrong(params, "template");
    } else if (*json && rounds_parse(*json, &out->definition, out->round_words, field)) {
        params_wrong(params, field->path);
    }
}

void create_read_title(struct params *params, const char *name, enum need need,
                       struct view *out)
{
    *out = view_trim(params_string(params, name, need));
    if (text_graphemes(*out) > LIMIT_TITLE_MAX_GRAPHEMES || !text_is_clean(*out) ||
        (need == REQUIRED && !out->len)) {
        params_wrong(params, name);
    }
}

static void read_licence(struct params *params, struct definition *out)
{
    struct view licence = params_string(params, "licence", OPTIONAL);

    if (licence.len && !licence_of_name(licence, &out->licence)) {
        params_wrong(params, "licence");
    }
}

static void read_words(struct params *params, struct new_board *out)
{
    struct definition *definition = &out->definition;
    struct view slug = params_string(params, "slug", REQUIRED);
    struct view lang = params_string(params, "lang", OPTIONAL);

    create_read_title(params, "title", REQUIRED, &out->title);
    create_read_title(params, "question", OPTIONAL, &out->question);
    create_read_title(params, "about", OPTIONAL, &out->about);
    if (!text_is_slug(slug)) {
        params_wrong(params, "slug");
    } else {
        memcpy(definition->slug, slug.ptr, slug.len);
    }
    if (lang.len && !view_is(lang, "fr") && !view_is(lang, "en")) {
        params_wrong(params, "lang");
    } else if (lang.len) {
        memcpy(definition->lang, lang.ptr, lang.len);
    }
}

void method_board_create(struct client *client, struct rpc_request *request,
                         struct app_board *board)
{
    struct params params;
    struct new_board *made = mem_alloc(sizeof *made);
    json_auto_t *rounds = NULL;
    struct field field;

    (void)board;
    definition_init(&made->definition);
    params_init(&params, request->params);
    made->op = params_op(&params);
    read_words(&params, made);
    create_read_names(&params, "themes", made->definition.themes, LIMIT_THEMES,
                      &made->definition.themes_count);
    create_read_names(&params, "groups", made->definition.groups, LIMIT_GROUPS,
                      &made->definition.groups_count);
    create_read_rounds(&params, made, &rounds, &field);
    read_licence(&params, &made->definition);
    if (params_has(&params, "entry") &&
        !entry_rule_of_name(params_string(&params, "entry", REQUIRED),
                            &made->definition.entry)) {
        params_wrong(&params, "entry");
    }
    if (params_has(&params, "visibility") &&
        !visibility_of_name(params_string(&params, "visibility", REQUIRED),
                            &made->definition.visibility)) {
        params_wrong(&params, "visibility");
    }
    made->definition.draft = params_bool(&params, "draft", OPTIONAL);
    made->definition.publish_log = params_bool(&params, "publish_log", OPTIONAL);
    if (params_done(&params)) {
        client_refuse(client, buf_view(&request->id), ERR_PARAMS, params.field);
    } else if (client->app->draining || !client->app->available) {
        client_refuse(client, buf_view(&request->id), ERR_UNAVAILABLE, NULL);
    } else {
        struct creation *creation = mem_alloc(sizeof *creation);

        *creation = (struct creation){.app = client->app,
                                      .client_id = client->id,
                                      .session = client->session,
                                      .op = made->op};
        memcpy(creation->slug, made->definition.slug, sizeof creation->slug);
        buf_add_view(&creation->id, buf_view(&request->id));
        creation->session->holders++;
        creation->app->owed++;
        publish_begin(client->app->store, made, on_begun, creation);
    }
    mem_free(made);
}
