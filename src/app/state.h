/*
 * state — the structs that the files of app/ share. Private to app/.
 *
 * Two to know: an app_board is a fold with its words and its watchers; an act is a command
 * on its way from a client through the log and back.
 */
#ifndef APP_STATE_H
#define APP_STATE_H

#include "app/app.h"
#include "app/lag.h"
#include "app/limit.h"
#include "app/publish.h"
#include "auth/token.h"
#include "base/list.h"
#include "base/map.h"
#include "core/apply.h"
#include "core/similar.h"
#include "export/content.h"
#include "export/holds.h"
#include "hub/room.h"
#include "wire/rpc.h"
#include "wire/texts.h"
#include "wire/view.h"

#include <uv.h>

#define SESSION_TTL_MS (UINT64_C(180) * 24 * 3600 * 1000)

enum {
    ACCOUNT_BYTES = 16,
    ADDRESS_BYTES = 64
};

/* Someone's session, on whatever number of connections. Owned by app->sessions. */
struct session {
    struct token_hash hash;
    unsigned char account[ACCOUNT_BYTES];
    enum role role; /* in the installation: visitor, lead or admin */
    bool durable;   /* is in the store; a reader's is only here */
    char lang[LANG_BYTES];
    struct board_key ticket; /* of the board that it holds a ticket for; "": none */
    struct map person_keys;  /* board (address) → person key */
    struct map entered;      /* boards (address) that were joined by their code → 1 */
    struct bucket commands;
    struct bucket posts;
    struct bucket transfers;
    struct list clients;  /* its connections */
    struct list arriving; /* acts that wait for their person to be known to a board */
    size_t holders;       /* clients and acts */
    uint64_t left_us;     /* when the last of them went */
};

/* What round.result tells of a round. */
struct kept_result {
    struct buf json;          /* owned */
    uint64_t version;         /* that it is of */
    uint64_t members_version; /* of the round then */
    uint64_t made_us;
    uint32_t first_place;         /* of a final: in a hundred replays of it */
    uint64_t first_place_version; /* of the round then; 0: never counted */
};

/* What idea.similar looks into: the ideas that are shown. */
struct similarity {
    struct similar index;
    struct ref *refs; /* of the text that it holds of idea n, at n - 1; owned */
    size_t room;
};

/* One board: its fold, its words, who watches it. */
struct app_board {
    struct app *app;
    struct board_key key;
    char slug[LIMIT_SLUG_MAX_BYTES + 1];
    char code[JOIN_CODE_MAX_CHARS + 1]; /* under which it is joined; "": it has none */
    bool asks_code;                     /* of the store */
    bool followed;                      /* code is known, and the log is read */
    struct board *fold;
    struct texts texts;
    struct similarity similarity;
    struct duplicates *duplicates; /* looked for; NULL: nobody has asked */
    struct effects effects;
    struct room room;
    bool live;             /* all of its log was read */
    bool poisoned;         /* an entry could not be read: what comes after it is not folded */
    bool rewound;          /* the log was found shorter than it was known to be */
    struct list acts;      /* appended and not answered yet, in order */
    struct map new_people; /* hash of address → struct bucket, owned */

    struct map said_ideas;   /* changed since the last broadcast: idea number → 1 */
    struct map said_tallies; /* likewise */
    bool said_pool;
    bool said_definition;
    bool said_round;
    bool said_moderation;
    uint64_t moderation_at_us; /* of the latest board.moderation */
    bool said_everyone;        /* what each person has left changed */
    uint64_t sent_version;     /* the end of the latest board.events */
    uint64_t scores_at_us;     /* of the latest board.scores */
    size_t presence_sent;

    struct ref *undropped; /* texts that the holder of the lease has to delete; owned */
    size_t undropped_count;
    size_t undropped_room;

    struct insight *insight; /* what was read out of the log again; or NULL */
    struct kept_result results[LIMIT_ROUNDS];

    uint64_t turn_after_us; /* not another entry of the clock before then */
    bool turning;           /* one is on its way */

    bool leased;
    bool projecting;          /* a slice is under way */
    bool projected_known;     /* what the store holds was read since the lease began */
    struct map unprojected;   /* ideas whose values changed since they were written */
    uint32_t projected_round; /* the one whose values are being written, from 1 up */
    uint64_t projected_version;
    uint64_t projected_at_us;
    struct projected_head *heads; /* not written yet; owned */
    size_t heads_count;
    size_t heads_room;
    size_t heads_sent; /* of them, in the slice that is under way */
};

struct joined {
    struct app_board *board;
    struct watcher *watcher;
};

/* One connection. */
struct client {
    struct app *app;
    uint64_t id;            /* never given again: an address in memory may be */
    struct list link;       /* in app->clients */
    struct list of_session; /* in session->clients */
    struct peer *peer;
    struct session *session;     /* NULL until session.open */
    char address[ADDRESS_BYTES]; /* "" on loopback: no limits by address */
    uint64_t address_hash;
    char *base;          /* of links for it; owned */
    struct token cookie; /* that came with it; "": none */
    size_t in_flight;
    enum role least; /* of the method that is being called */
    bool opening;    /* session.open is under way */
    uint64_t bad_since_us;
    unsigned bad_count;
    struct joined joined[LIMIT_BOARDS_JOINED];
    size_t joined_count;
    struct list acts; /* that will answer this client */
};

/* What a request of a client asks for. */
struct method {
    const char *name;
    enum role role;   /* the least that may call it */
    bool before_open; /* may be called before session.open */
    bool on_board;    /* its parameters name a board */
    void (*run)(struct client *client, struct rpc_request *request, struct app_board *board);
};

struct act;
typedef void act_answer(const struct act *act, uint64_t version, struct buf *result);
/* Last changes of the command when its person is known; an answer in result ends it here. */
typedef enum err act_prepare(struct act *act, struct buf *result);

/* A command on its way: who waits for it, and what is to be appended. */
struct act {
    struct list link;      /* in board->acts once something of it was appended */
    struct list of_client; /* in client->acts */
    struct list arriving;  /* in session->arriving */
    bool anew;             /* the store knew its person by a key that was erased */
    struct app *app;
    struct client *client; /* NULL when its connection has closed */
    struct session *session;
    struct app_board *board;
    struct buf id;              /* of the request; owned */
    bool deferred;              /* chosen for only when what its person did before is folded */
    bool introduces;            /* what was appended is the first entry of its person */
    struct command command;     /* owned */
    struct buf *texts;          /* as stored; owned */
    struct stored_text *stored; /* of them; owned */
    size_t texts_count;
    bool is_post;            /* takes of the limit of posts */
    bool once;               /* its answer is of its moment, and is not told again */
    bool staff;              /* somebody who leads the installation does it as a lead here */
    const char *field;       /* which parameter is wrong when the fold says so; NULL: none */
    uint32_t count;          /* judge.next: how many are asked for */
    enum role least;         /* asked for again when its turn comes: it may be gone meanwhile */
    bool draws;              /* staff.invite: QR codes, too */
    bool chosen;             /* mod.next: that case and no other is asked for */
    struct case_place after; /* likewise: the one before it */
    act_prepare *prepare;    /* NULL: nothing to prepare */
    size_t texts_room;
    size_t stored_room;
    act_answer *answer;
    struct entry_id entry;
    bool appended; /* entry is known */
    bool unknown;  /* whether it was appended cannot be known */
    uint64_t deadline_us;
};

struct app {
    struct app_config config;
    struct store *store;
    struct hub hub;
    struct app_board **boards; /* owned */
    size_t boards_count;
    size_t boards_room;
    bool index_read;
    bool available; /* the store */
    bool draining;
    uint64_t node;                 /* random: this process among those on one store */
    struct map sessions;           /* hash of token → struct session */
    struct map addresses;          /* hash of address → struct bucket */
    struct map movers;             /* likewise: of sessions that are kept to be carried on */
    struct map guessers;           /* likewise: of codes that were none */
    unsigned char address_key[16]; /* random: what addresses are hashed with */
    struct list clients;
    struct map clients_by_id;
    uint64_t last_client_id;
    struct list bringings;           /* imports that are on their way into the log */
    unsigned bringing;               /* imports that are not answered yet */
    unsigned working;                /* on the worker pool */
    struct list creations;           /* of boards that are published and not live here yet */
    size_t owed;                     /* answers */
    struct rehearsal_run *rehearsal; /* that is under way, or NULL */
    size_t forecasts;                /* that are being worked out beside the loop */
    uv_timer_t tick;
    uv_timer_t soon; /* scores that wait for their interval */
    uint64_t ticks;
    uv_timer_t looking;  /* for likely duplicates */
    unsigned timers;     /* open ones, and the gauge's handle */
    uint64_t compact_us; /* when what was deleted is to leave the disk; 0: nothing was */
    uint64_t compacted_us;
    unsigned compact_tries;
    struct view shell; /* of rendered pages */
    struct content contents[CONTENT_PAGES][TONGUES];
    struct marks *marks;
    struct exporter *exporter;
    struct list reports; /* exchanges that wait until it is known whether a result holds */
    struct lag lag;
};

/* boards.c */
struct app_board *app_board_find(struct app *app, struct view slug);
struct app_board *app_board_by_key(struct app *app, struct board_key key);
void boards_listen(struct app *app);
void boards_destroy(struct app *app);
/* The fold took entries, or the store told where one is: answers who can be answered. */
void board_settle(struct app_board *board);
struct viewer board_viewer(const struct app_board *board, const struct session *session);
/* Asks again for what the store could not tell of a board when it became known. */
void board_tick(struct app_board *board);
/* Who has not acted there yet may begin to: the board is open to all, or the session holds a
   ticket, came by the code where that is asked for, or leads the installation. */
/* It is somebody by a ticket for that board: one person, whatever they ask for. */
bool session_has_ticket(const struct session *session, const struct app_board *board);
/* Whether the board is there for them at all: a draft is for its staff, a private one for its
   people, its staff and who has its code or one of its tickets. session: may be NULL. */
bool session_may_read(const struct session *session, const struct app_board *board);
bool session_may_enter(const struct session *session, const struct app_board *board);
/* Key of the session's person on the board; 0: not known (yet). */
uint64_t session_person_key(const struct session *session, const struct app_board *board);

/* broadcast.c */
void board_note(struct app_board *board, const struct entry *entry);
void broadcast_flush(struct app *app);
/* board.me: who the person is on the board, to all their connections. */
void broadcast_person(struct app_board *board, uint32_t number);
void broadcast_presence(struct app *app);
void broadcast_resync(struct app_board *board, const char *reason);
void client_resync(struct client *client, const struct app_board *board, const char *reason);
void broadcast_notice(struct app *app, const char *kind);
void client_on_overflow(void *client);

/* words.c */
/* Deletes texts from the store: now, or when this node gets the lease of the board. */
void words_drop(struct app_board *board, const struct ref *refs, size_t count);
void words_settle(struct app_board *board); /* the lease has come */
/* What was deleted leaves the disk too, in a while: for many together. */
void words_compact_soon(struct app *app);
void words_tick(struct app *app);

/* person.c */
bool board_has_erased(const struct app_board *board, uint64_t key);
/* That person was erased: every session that was theirs reads on as nobody. */
void board_forget_person(struct app_board *board, uint64_t key);

/* rounds.c */
void rounds_tick(struct app_board *board);
/* A round was opened or closed: what comes next may be due at once. */
void rounds_turned(struct app_board *board);

/* result.c: what was read out of the log is read again when it is asked for. */
void insight_forget(struct app_board *board);
void results_forget(struct app_board *board);
/* Of a closed final: how often in a hundred replays its winner comes first; false: no winner.
 */
bool result_first_place(struct app_board *board, uint32_t number, uint32_t *out);
/* Of a final that is revealed, whether it holds; NULL: it is none, or is being read. */
const struct holds *result_holds(struct app_board *board, uint32_t number);

/* download.c: reports that waited go on. */
void reports_tick(struct app *app);

/* similar.c: follows the latest entry, before a text that it replaced is gone. */
void similarity_init(struct similarity *similarity);
void similarity_finish(struct similarity *similarity);
void similarity_follow(struct app_board *board);

/* duplicates.c */
void duplicates_forget(struct app_board *board);
/* Goes on looking, for some milliseconds, on each board where somebody asked. */
void duplicates_run(struct app *app);

/* project.c */
void project_tick(struct app_board *board);
/* 0: nothing waits; otherwise in how many microseconds it may go on. */
uint64_t project_run(struct app_board *board, uint64_t now_us);

/* act.c */
struct act *act_create(struct client *client, const struct rpc_request *request,
                       struct app_board *board, enum command_kind kind, act_answer *answer);
/* Stores text beside the entry and names it in use. */
void act_add_text(struct act *act, struct view text, struct text_use *use);
void act_run(struct act *act);                                     /* takes the act */
void act_refuse(struct act *act, enum err err, uint64_t retry_ms); /* takes the act */
void act_reply(struct act *act, struct view result);               /* takes the act */
void act_on_applied(struct act *act);                              /* its entry was folded */
/* Goes on with what waited until nothing of its person is on the way before it. */
void act_resume(struct act *act);
void acts_expire(struct app *app);
void acts_forget_client(struct client *client);

/* client.c */
/* The connection with that id, if it is still there: for answers that come later. */
struct client *client_find(const struct app *app, uint64_t id);
void client_reply(struct client *client, struct view id, struct view result);
void client_refuse(struct client *client, struct view id, enum err err, const char *field);
/* Too fast: again after retry_ms. */
void client_hold(struct client *client, struct view id, uint64_t retry_ms);
void client_leave(struct client *client, struct app_board *board);
struct joined *client_joined(struct client *client,
                             const struct app_board *board); /* or NULL */

/* methods: session.c transfer.c join.c read.c similar.c write.c create.c rounds.c result.c
   moderate.c person.c followup.c desk.c redefine.c rehearse.c staff.c steward.c
   console.c duplicates.c */
void method_session_open(struct client *, struct rpc_request *, struct app_board *);
void method_session_transfer(struct client *, struct rpc_request *, struct app_board *);
void method_board_list(struct client *, struct rpc_request *, struct app_board *);
void method_board_join(struct client *, struct rpc_request *, struct app_board *);
void method_board_leave(struct client *, struct rpc_request *, struct app_board *);
void method_board_create(struct client *, struct rpc_request *, struct app_board *);
void method_board_alerts(struct client *, struct rpc_request *, struct app_board *);
void method_board_archive(struct client *, struct rpc_request *, struct app_board *);
void method_board_edit(struct client *, struct rpc_request *, struct app_board *);
void method_board_participation(struct client *, struct rpc_request *, struct app_board *);
void method_board_rehearse(struct client *, struct rpc_request *, struct app_board *);
void method_board_plan(struct client *, struct rpc_request *, struct app_board *);
void method_board_proxy(struct client *, struct rpc_request *, struct app_board *);
void method_idea_list(struct client *, struct rpc_request *, struct app_board *);
void method_idea_seed(struct client *, struct rpc_request *, struct app_board *);
void method_idea_similar(struct client *, struct rpc_request *, struct app_board *);
void method_idea_post(struct client *, struct rpc_request *, struct app_board *);
void method_idea_build(struct client *, struct rpc_request *, struct app_board *);
void method_idea_edit(struct client *, struct rpc_request *, struct app_board *);
void method_idea_withdraw(struct client *, struct rpc_request *, struct app_board *);
void method_idea_follow(struct client *, struct rpc_request *, struct app_board *);
void method_idea_status(struct client *, struct rpc_request *, struct app_board *);
void method_vote_cast(struct client *, struct rpc_request *, struct app_board *);
void method_vote_withdraw(struct client *, struct rpc_request *, struct app_board *);
void method_judge_next(struct client *, struct rpc_request *, struct app_board *);
void method_judge_skip(struct client *, struct rpc_request *, struct app_board *);
void method_report_file(struct client *, struct rpc_request *, struct app_board *);
void method_person_rename(struct client *, struct rpc_request *, struct app_board *);
void method_person_declare(struct client *, struct rpc_request *, struct app_board *);
void method_person_done(struct client *, struct rpc_request *, struct app_board *);
void method_person_erase(struct client *, struct rpc_request *, struct app_board *);
void method_person_export(struct client *, struct rpc_request *, struct app_board *);
void method_round_open(struct client *, struct rpc_request *, struct app_board *);
void method_round_pause(struct client *, struct rpc_request *, struct app_board *);
void method_round_close(struct client *, struct rpc_request *, struct app_board *);
void method_round_reopen(struct client *, struct rpc_request *, struct app_board *);
void method_round_reveal(struct client *, struct rpc_request *, struct app_board *);
void method_round_extend(struct client *, struct rpc_request *, struct app_board *);
void method_round_edit(struct client *, struct rpc_request *, struct app_board *);
void method_round_preview(struct client *, struct rpc_request *, struct app_board *);
void method_round_result(struct client *, struct rpc_request *, struct app_board *);
void method_board_history(struct client *, struct rpc_request *, struct app_board *);
void method_mod_hide(struct client *, struct rpc_request *, struct app_board *);
void method_mod_restore(struct client *, struct rpc_request *, struct app_board *);
void method_mod_merge(struct client *, struct rpc_request *, struct app_board *);
void method_mod_unmerge(struct client *, struct rpc_request *, struct app_board *);
void method_idea_appeal(struct client *, struct rpc_request *, struct app_board *);
void method_mod_union(struct client *, struct rpc_request *, struct app_board *);
void method_mod_duplicates(struct client *, struct rpc_request *, struct app_board *);
void method_mod_approve(struct client *, struct rpc_request *, struct app_board *);
void method_mod_redact(struct client *, struct rpc_request *, struct app_board *);
void method_mod_retheme(struct client *, struct rpc_request *, struct app_board *);
void method_mod_next(struct client *, struct rpc_request *, struct app_board *);
void method_mod_list(struct client *, struct rpc_request *, struct app_board *);
void method_mod_people(struct client *, struct rpc_request *, struct app_board *);
void method_mod_log(struct client *, struct rpc_request *, struct app_board *);
void method_mod_undo(struct client *, struct rpc_request *, struct app_board *);
void method_report_resolve(struct client *, struct rpc_request *, struct app_board *);
void method_person_suspend(struct client *, struct rpc_request *, struct app_board *);
void method_person_restore(struct client *, struct rpc_request *, struct app_board *);
void method_person_unname(struct client *, struct rpc_request *, struct app_board *);
void method_board_announce(struct client *, struct rpc_request *, struct app_board *);
void method_board_freeze(struct client *, struct rpc_request *, struct app_board *);
void method_board_premoderate(struct client *, struct rpc_request *, struct app_board *);
void method_staff_invite(struct client *, struct rpc_request *, struct app_board *);
void method_staff_list(struct client *, struct rpc_request *, struct app_board *);
void method_staff_revoke(struct client *, struct rpc_request *, struct app_board *);

/* staff.c: somebody's role on the board may be another now. Says so to their connections. */
void staff_changed(struct app_board *board, uint64_t key);

void sessions_destroy(struct app *app);
/* session.changed, to all its connections. */
void session_tell_roles(struct app *app, const struct session *session);
void sessions_expire(struct app *app); /* readers who have not come back */
void session_release(struct app *app, struct session *session);
/* Writes it to the store unless it is there; pipelined before what follows. */
void session_keep(struct app *app, struct session *session);
struct digest session_account(const struct session *session);
bool session_is_same_account(const struct session *a, const struct session *b);
/* In memory; borrowed or NULL: it may still be in the store. */
struct session *session_find(const struct app *app, const struct token_hash *hash);
/* A new one in memory, held by nobody yet. */
struct session *session_create(struct app *app, const struct token_hash *hash);
/* The board that the text names; left as it is where it names none. */
void session_read_key(struct view text, struct board_key *out);
/* Where the store keeps what the token is for; kind: "session" or "invite". */
void session_key_name(struct buf *to, const char *kind, const struct token_hash *hash);

/* The list of boards, for board.list and /api/boards; drafts: with those that are being
   prepared, for who leads the installation. */
void boards_write(struct buf *to, struct app *app, bool drafts);

/* rehearse.c */
void rehearsal_tick(struct app *app);
void rehearsal_stop(struct app *app); /* it ends soon */

/* The session of a token that came with a request, from memory or the store; ERR_SIGNED_OUT:
   there is none. Borrowed: the caller becomes a holder, or leaves it. May call at once. */
typedef void session_loaded(void *user, enum err err, struct session *session);
void session_load(struct app *app, struct view token, session_loaded *done, void *user);

/* import.c: entries were folded; time has passed */
void bringings_settle(struct app *app);
void bringings_expire(struct app *app);
void method_import_undo(struct client *, struct rpc_request *, struct app_board *);

/* create.c: a board became live */
void creations_settle(struct app *app);

/* marks.c: the last acknowledged entry of each board, in a file outside the store */
struct marks;
struct marks *marks_create(struct app *app, const char *path);
void marks_destroy(struct marks *marks);
void marks_note(struct marks *marks, const struct app_board *board);
/* false: the board's log ends before an entry that was acknowledged. */
bool marks_agree(const struct marks *marks, const struct app_board *board);

#endif
