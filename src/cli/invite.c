#include "cli/invite.h"

#include "app/invitation.h"
#include "auth/random.h"
#include "cli/commands.h"
#include "cli/file.h"
#include "cli/fold.h"
#include "cli/index.h"
#include "export/slips.h"
#include "wire/json.h"
#include "wire/names.h"

#include <stdio.h>

const char invite_help[] =
    "pinson invite --role participant|moderator|lead|admin [options]\n"
    "Makes links that give a role to whoever opens them first, within 30 days. A\n"
    "participant's is a ticket: one person on whatever number of phones, within 180 days.\n\n"
    "  --board SLUG       on this board; an admin is of the whole installation\n"
    "  --count N          how many (1)\n"
    "  --print FILE.html  tickets as slips, ten on an A4 sheet, to be printed and cut\n"
    "  --public-url URL   how the server is reached (http://localhost:8080)\n"
    "  --data DIR         directory of the installation (./data)\n"
    "  --redis URL        or the Redis that it is on\n"
    "  --json             {\"link\",\"token\"}, or a list of them\n\n"
    "  pinson invite --board mobilite --role moderator --public-url https://idees.ville.fr\n"
    "  pinson invite --board mobilite --role participant --count 300 --print tickets.html\n";

enum {
    OPTION_BOARD = 1,
    OPTION_ROLE,
    OPTION_COUNT,
    OPTION_PUBLIC_URL,
    OPTION_PRINT,
    MOST = 10000
};

struct invite {
    const char *board;
    enum role role;
    uint64_t count;
    const char *public_url;
    const char *print; /* a file of slips; NULL: none */
};

/* What becomes of the links. */
struct made {
    struct slips slips;
    struct buf lines; /* for the standard output */
    struct buf sheet; /* for the file */
};

enum err invite_make(struct workspace *workspace, enum role role, const struct board_key *key,
                     struct token *out)
{
    struct invitation invitation = {.role = role, .board = key};
    AUTO_BUF name = {0};
    AUTO_BUF value = {0};

    random_bytes(invitation.secret.bytes, DIGEST_BYTES);
    *out = invitation_token(&invitation);
    invitation_write(&invitation, &name, &value);
    return workspace_put(workspace, name.bytes, buf_view(&value),
                         invitation_ttl_ms(&invitation));
}

static void read_role(struct config *config, struct invite *out)
{
    if (!role_of_name(view_of(optarg), &out->role) || out->role < ROLE_PARTICIPANT) {
        config_misuse(config, "there is no role \"%s\"", optarg);
    }
}

static bool read_options(struct config *config, struct invite *out)
{
    static const struct option own[] = {
        {"board", required_argument, NULL, OPTION_BOARD},
        {"role", required_argument, NULL, OPTION_ROLE},
        {"count", required_argument, NULL, OPTION_COUNT},
        {"public-url", required_argument, NULL, OPTION_PUBLIC_URL},
        {"print", required_argument, NULL, OPTION_PRINT},
        {0}};

    for (int code = 0; (code = config_next(config, own));) {
        switch (code) {
        case OPTION_BOARD:
            out->board = optarg;
            break;
        case OPTION_ROLE:
            read_role(config, out);
            break;
        case OPTION_COUNT:
            (void)config_number(config, "count", 1, MOST, &out->count);
            break;
        case OPTION_PRINT:
            out->print = optarg;
            break;
        default:
            out->public_url = optarg;
            break;
        }
    }
    if (!config->ended && out->print && out->role != ROLE_PARTICIPANT) {
        config_misuse(config,
                      "--print makes slips of tickets: they are for --role participant");
    }
    if (!config->ended && out->role == ROLE_VISITOR) {
        config_misuse(config, "--role is missing");
    }
    if (!config->ended && !out->board && out->role < ROLE_LEAD) {
        config_misuse(config, "--board SLUG is missing: only leads and admins have none");
    }
    if (!config->ended && out->board && out->role == ROLE_ADMIN) {
        config_misuse(config, "an admin is of the whole installation: leave --board out");
    }
    return config_finish(config);
}

static struct view base_of(const struct invite *invitation)
{
    struct view url = view_of(invitation->public_url);

    while (url.len && url.ptr[url.len - 1] == '/') {
        url.len--;
    }
    return url;
}

static void write_line(const struct config *config, struct view link, const struct token *token,
                       struct buf *to)
{
    if (!config->json) {
        buf_add_view(to, link);
        buf_add_char(to, '\n');
        return;
    }
    buf_add_text(to, to->len ? ",\n{\"link\":" : "{\"link\":");
    json_write_string(to, link);
    buf_printf(to, ",\"token\":\"%s\"}", token->text);
}

static bool write_link(const struct config *config, const struct invite *invitation,
                       const struct token *token, struct made *made)
{
    AUTO_BUF link = {0};

    buf_add_view(&link, base_of(invitation));
    buf_printf(&link, "/#invite=%s", token->text);
    write_line(config, buf_view(&link), token, &made->lines);
    return !invitation->print ||
           !slips_add(&made->slips, buf_view(&link), view_of(token->text), &made->sheet);
}

/* The slips say what they are for. */
static bool begin_sheet(const struct fold *fold, const struct invite *invitation,
                        struct made *made)
{
    const struct definition *definition = &fold->board->definition;

    made->slips = (struct slips){.tongue = tongue_of(view_of(definition->lang)),
                                 .title = texts_find(&fold->texts, definition->title.ref),
                                 .base = base_of(invitation)};
    slips_begin(&made->slips, &made->sheet);
    return true;
}

static bool end_sheet(const struct invite *invitation, struct made *made)
{
    AUTO_BUF why = {0};

    slips_end(&made->sheet);
    if (file_write(invitation->print, buf_view(&made->sheet), &why)) {
        (void)refuse("%s; name another file with --print", why.bytes);
        return false;
    }
    return true;
}

static enum status make_links(struct workspace *workspace, const struct config *config,
                              const struct invite *invitation, const struct board_key *key,
                              struct made *made)
{
    for (uint64_t i = 0; i < invitation->count; i++) {
        struct token token;
        enum err err = invite_make(workspace, invitation->role, key, &token);

        if (err) {
            return refuse_store(err);
        }
        if (!write_link(config, invitation, &token, made)) {
            return refuse("a link has no room on a slip; give a shorter --public-url");
        }
    }
    return STATUS_DONE;
}

static enum status make_all(struct workspace *workspace, const struct config *config,
                            const struct invite *invitation, struct made *made)
{
    struct board_key key;
    struct fold fold;
    enum status status = STATUS_REFUSED;

    if (invitation->board && !index_find(workspace, invitation->board, &key)) {
        return STATUS_REFUSED;
    }
    fold_init(&fold);
    if (!invitation->print || (fold_board(&fold, workspace, invitation->board) &&
                               begin_sheet(&fold, invitation, made))) {
        status =
            make_links(workspace, config, invitation, invitation->board ? &key : NULL, made);
    }
    if (status == STATUS_DONE && invitation->print && !end_sheet(invitation, made)) {
        status = STATUS_REFUSED;
    }
    fold_finish(&fold);
    return status;
}

enum status invite_command(struct config *config)
{
    struct invite invitation = {
        .role = ROLE_VISITOR, .count = 1, .public_url = "http://localhost:8080"};
    struct workspace workspace;
    struct made made = {0};

    if (!read_options(config, &invitation)) {
        return config->status;
    }
    if (!workspace_open(&workspace, config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    enum status status = make_all(&workspace, config, &invitation, &made);

    workspace_close(&workspace);
    if (status == STATUS_DONE) {
        bool is_list = config->json && invitation.count > 1;

        printf("%s%s%s%s", is_list ? "[" : "", made.lines.bytes, is_list ? "]" : "",
               config->json ? "\n" : "");
    }
    buf_finish(&made.lines);
    buf_finish(&made.sheet);
    return status;
}
