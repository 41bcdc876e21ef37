#include "export/audit.h"

#include "wire/json.h"
#include "wire/member.h"
#include "wire/words.h"

#include <string.h>

void audit_write_text(struct buf *to, struct ref ref, struct view json)
{
    buf_add_text(to, "{\"ref\":\"");
    buf_add_hex(to, ref.bytes, sizeof ref.bytes);
    buf_add_text(to, "\",");
    buf_add(to, json.ptr + 1, json.len - 1); /* the rest of the object */
    buf_add_char(to, '\n');
}

static void write_head(struct buf *to, const struct digest *head)
{
    member_hex(to, "head", head);
    buf_add_text(to, ",\"words\":\"");
    words_write(to, head);
    buf_add_char(to, '"');
}

void audit_write_close(struct buf *to, const struct board *board, uint32_t round)
{
    const struct round *closed = &board->rounds[round - 1];

    buf_printf(to, "{\"round\":%u", round);
    member_uint(to, "version", closed->closed_version);
    member_time_or_null(to, "at", closed->closed_ms);
    write_head(to, &closed->closed_head);
    buf_add_char(to, '}');
}

void audit_write_manifest(struct buf *to, const struct board *board)
{
    bool first = true;

    buf_add_text(to, "{\"format\":\"pinson.audit/1\",\"b\":");
    json_write_string(to, view_of(board->definition.key_id));
    member_text(to, "slug", view_of(board->definition.slug));
    buf_add_text(to, ",\"epoch\":\"");
    buf_add_hex64(to, board->epoch);
    buf_add_char(to, '"');
    member_uint(to, "version", board->version);
    write_head(to, &board->head);
    buf_add_text(to, ",\"closes\":[");
    for (uint32_t round = 1; round <= board->round; round++) {
        if (board->rounds[round - 1].closed_version) {
            buf_add_text(to, first ? "\n" : ",\n");
            audit_write_close(to, board, round);
            first = false;
        }
    }
    buf_add_text(to, "]}\n");
}

void audit_write_readme(struct buf *to, const struct board *board)
{
    bool french = strcmp(board->definition.lang, "fr") == 0;

    buf_add_text(
        to,
        french
            ? "# Journal complet, pour audit\n\n"
              "**Confidentiel.** Ces fichiers disent qui a donné quel avis, sous un numéro, "
              "et contiennent les textes masqués. Ils sont remis à une personne tenue au "
              "secret, et détruits après l’audit.\n\n"
              "    pinson verify --archive .\n\n"
              "* `log.ndjson` – chaque entrée du journal, dans l’ordre\n"
              "* `texts.ndjson` – les textes, avec le sel de leur engagement dans le journal\n"
              "* `manifest.json` – identifiant, version, tête de la chaîne et ses huit mots "
              "à chaque clôture : à comparer avec ce qui a été lu ce jour-là\n"
            : "# The whole log, for an audit\n\n"
              "**Confidential.** These files say who cast which ballot, under a number, and "
              "hold hidden texts. They are handed to somebody sworn to silence, and "
              "destroyed after the audit.\n\n"
              "    pinson verify --archive .\n\n"
              "* `log.ndjson` – every entry of the log, in order\n"
              "* `texts.ndjson` – the texts, with the salt of their commitment in the log\n"
              "* `manifest.json` – id, version, head of the chain and its eight words at "
              "each close: to be compared with what was read that day\n");
}
