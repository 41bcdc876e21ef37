#include "cli/invite.h"

#include "app/invitation.h"
#include "auth/random.h"
#include "cli/commands.h"
#include "cli/index.h"
#include "wire/json.h"
#include "wire/names.h"

#include <stdio.h>

const char invite_help[] =
    "pinson invite --role participant|moderator|lead|admin [options]\n"
    "Makes links that give a role to whoever opens them first, within 30 days.\n\n"
    "  --board SLUG       on this board; an admin is of the whole installation\n"
    "  --count N          how many (1)\n"
    "  --public-url URL   how the server is reached (http://localhost:8080)\n"
    "  --data DIR         directory of the installation (./data)\n"
    "  --redis URL        or the Redis that it is on\n"
    "  --json             {\"link\",\"token\"}, or a list of them\n\n"
    "  pinson invite --board mobilite --role moderator --public-url https://idees.ville.fr\n";

enum {
    OPTION_BOARD = 1,
    OPTION_ROLE,
    OPTION_COUNT,
    OPTION_PUBLIC_URL,
    MOST = 10000
};

struct invite {
    const char *board;
    enum role role;
    uint64_t count;
    const char *public_url;
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
        default:
            out->public_url = optarg;
            break;
        }
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

static void write_link(const struct config *config, const struct invite *invitation,
                       const struct token *token, struct buf *to)
{
    struct view url = view_of(invitation->public_url);
    AUTO_BUF link = {0};

    while (url.len && url.ptr[url.len - 1] == '/') {
        url.len--;
    }
    buf_add_view(&link, url);
    buf_printf(&link, "/#invite=%s", token->text);
    if (!config->json) {
        buf_printf(to, "%s\n", link.bytes);
        return;
    }
    buf_add_text(to, to->len ? ",\n{\"link\":" : "{\"link\":");
    json_write_string(to, buf_view(&link));
    buf_printf(to, ",\"token\":\"%s\"}", token->text);
}

static enum status make_all(struct workspace *workspace, const struct config *config,
                            const struct invite *invitation, struct buf *out)
{
    struct board_key key;

    if (invitation->board && !index_find(workspace, invitation->board, &key)) {
        return STATUS_REFUSED;
    }
    for (uint64_t i = 0; i < invitation->count; i++) {
        struct token token;
        enum err err =
            invite_make(workspace, invitation->role, invitation->board ? &key : NULL, &token);

        if (err) {
            return refuse_store(err);
        }
        write_link(config, invitation, &token, out);
    }
    return STATUS_DONE;
}

enum status invite_command(struct config *config)
{
    struct invite invitation = {
        .role = ROLE_VISITOR, .count = 1, .public_url = "http://localhost:8080"};
    struct workspace workspace;
    AUTO_BUF out = {0};

    if (!read_options(config, &invitation)) {
        return config->status;
    }
    if (!workspace_open(&workspace, config, WORKSPACE_READS)) {
        return STATUS_REFUSED;
    }
    enum status status = make_all(&workspace, config, &invitation, &out);

    workspace_close(&workspace);
    if (status == STATUS_DONE) {
        bool is_list = config->json && invitation.count > 1;

        printf("%s%s%s%s", is_list ? "[" : "", out.bytes, is_list ? "]" : "",
               config->json ? "\n" : "");
    }
    return status;
}
