/*
 * limits — the bound of everything that a user can make grow.
 *
 * Bytes, counts and milliseconds as the names say. The browser's constants are
 * generated from this list.
 */
#ifndef PINSON_LIMITS_H
#define PINSON_LIMITS_H

enum limit {
    /* texts: graphemes as a person counts them, and bytes of UTF-8 */
    LIMIT_IDEA_MIN_DEFAULT = 5,
    LIMIT_IDEA_MAX_DEFAULT = 280,
    LIMIT_TEXT_MAX_GRAPHEMES = 2000, /* hard bound, imports included */
    LIMIT_TEXT_MAX_BYTES = 12000,
    LIMIT_NAME_MAX_GRAPHEMES = 40,
    LIMIT_TITLE_MAX_GRAPHEMES = 200,
    LIMIT_NOTE_MAX_GRAPHEMES = 500,
    LIMIT_ANSWER_MAX_GRAPHEMES = 1000,
    LIMIT_URL_MAX_BYTES = 500,
    LIMIT_SLUG_MAX_BYTES = 32,
    LIMIT_COMBINING_IN_A_ROW = 4,
    LIMIT_CONTENT_MAX_BYTES = 65536, /* of a page of the installation */

    /* a board */
    LIMIT_IDEAS = 1 << 20,
    LIMIT_PEOPLE = 1 << 24,
    LIMIT_ROUNDS = 16,
    LIMIT_THEMES = 32,
    LIMIT_GROUPS = 64,
    LIMIT_THEME_MAX_BYTES = 64,
    LIMIT_DEPTH = 200,
    LIMIT_SERVE_COUNT = 10,
    LIMIT_MERGE_COUNT = 20,
    LIMIT_COMMAND_NUMBERS = 64,
    LIMIT_ROUND_MINUTES = 100000,
    LIMIT_POST_GRACE_MS = 30000,
    LIMIT_OPS_REMEMBERED = 128,
    LIMIT_FOLLOWUPS = 20, /* of an idea */
    LIMIT_FOLLOWS = 1000, /* of a person, as the next */
    LIMIT_NOTES = 1000,
    LIMIT_REPORTS = 1 << 20,   /* of a board */
    LIMIT_REPORTS_SHOWN = 100, /* of a case */
    LIMIT_SUSPEND_DAYS = 366,
    LIMIT_IMPORTS = 100, /* of a board */
    LIMIT_ENTRY_MAX_BYTES = 16384,
    LIMIT_REHEARSAL_PEOPLE = 500,
    LIMIT_REHEARSAL_IDEAS = 200,
    LIMIT_REHEARSAL_SPEED = 100,
    LIMIT_REHEARSAL_MS = 1200000,
    LIMIT_HANDS = 100000,    /* raised for one choice, in one room */
    LIMIT_INVITATIONS = 300, /* made at once */

    /* a file that is imported */
    LIMIT_IMPORT_WEB_BYTES = 8 << 20, /* as the body of a request */
    LIMIT_IMPORT_WEB_ROWS = 5000,
    LIMIT_IMPORT_BYTES = 32 << 20, /* by the command line */
    LIMIT_IMPORT_ROWS = 20000,
    LIMIT_IMPORT_COLUMNS = 256,
    LIMIT_IMPORT_PROBLEMS = 500, /* that are listed one by one */
    LIMIT_IMPORT_SHOWN = 20,     /* rows of a preview */
    LIMIT_PLACE_MAX_GRAPHEMES = 80,
    LIMIT_RESULT_MAX_GRAPHEMES = 140,

    /* the protocol */
    LIMIT_MESSAGE_MAX_BYTES = 16384,
    LIMIT_BODY_MAX_BYTES = 1024, /* of a POST */
    LIMIT_JSON_DEPTH = 8,
    LIMIT_JSON_KEYS = 32,
    LIMIT_IN_FLIGHT = 64,
    LIMIT_BAD_MESSAGES = 20,
    LIMIT_BAD_WINDOW_MS = 10000,
    LIMIT_SNAPSHOT_IDEAS = 500,
    LIMIT_LIST_COUNT = 200,
    LIMIT_BOARDS_JOINED = 16,
    LIMIT_QUERY_MAX_BYTES = 400,

    /* rates: tokens in a burst, then one each so many milliseconds */
    LIMIT_COMMAND_BURST = 20,
    LIMIT_COMMAND_EACH_MS = 200,
    LIMIT_POST_BURST = 5,
    LIMIT_POST_EACH_MS = 10000,
    LIMIT_TRANSFER_BURST = 5,
    LIMIT_TRANSFER_EACH_MS = 60000,
    LIMIT_PEOPLE_BURST = 600,
    LIMIT_PEOPLE_EACH_MS = 1000,
    LIMIT_ADDRESS_BURST = 400,
    LIMIT_ADDRESS_EACH_US = 2500,
    LIMIT_GUESS_BURST = 30, /* codes that are none, from one address */
    LIMIT_GUESS_EACH_MS = 10000,

    /* a connection */
    LIMIT_PEER_QUEUE_FRAMES = 256,
    LIMIT_PEER_QUEUE_BYTES = 262144,
    LIMIT_HANDSHAKE_MS = 10000,
    LIMIT_PING_MS = 25000
};

#endif
