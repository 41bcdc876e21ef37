#include "app/invitation.h"

#include "wire/names.h"

enum {
    ACCOUNT_PART = 16 /* bytes of a digest that are an account */
};

#define DAY_MS (UINT64_C(24) * 3600 * 1000)

/* A slip is kept in a drawer for as long as a consultation goes on. */
#define TICKET_DAYS     180
#define INVITATION_DAYS 30

static bool is_ticket(const struct invitation *invitation)
{
    return invitation->board && invitation->role == ROLE_PARTICIPANT;
}

/* The secret is used for more than one thing: none tells of the others. */
static struct digest derive(const struct invitation *invitation, const char *what)
{
    struct view key = {(const char *)invitation->secret.bytes, DIGEST_BYTES};

    return hash_keyed(key, view_of(what));
}

struct token invitation_token(const struct invitation *invitation)
{
    struct digest digest = derive(invitation, "token");

    return is_ticket(invitation) ? token_code_of_digest(&digest) : token_of_digest(&digest);
}

void invitation_write(const struct invitation *invitation, struct buf *name, struct buf *value)
{
    struct token token = invitation_token(invitation);
    struct token_hash hash = token_hash(view_of(token.text));

    buf_printf(name, "invite:%s", hash.text);
    buf_printf(value, "{\"role\":\"%s\",\"board\":", name_of_role(invitation->role));
    if (invitation->board) {
        buf_printf(value, "\"%s\"", invitation->board->id);
    } else {
        buf_add_text(value, "null");
    }
    if (invitation->by && !is_ticket(invitation)) {
        buf_printf(value, ",\"by\":\"%016llx\"", (unsigned long long)invitation->by);
    }
    if (is_ticket(invitation)) {
        struct digest account = derive(invitation, "account");

        buf_add_text(value, ",\"ticket\":\"");
        buf_add_hex(value, account.bytes, ACCOUNT_PART);
        buf_add_char(value, '"');
    }
    buf_add_char(value, '}');
}

uint64_t invitation_ttl_ms(const struct invitation *invitation)
{
    return (is_ticket(invitation) ? TICKET_DAYS : INVITATION_DAYS) * DAY_MS;
}
