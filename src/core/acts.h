/*
 * acts — what each kind of command asks for and does. Private to core/.
 *
 * Each check says whether the command would be accepted and changes nothing; each act
 * is only called after its check said OK at the same place of the log.
 */
#ifndef CORE_ACTS_H
#define CORE_ACTS_H

#include "core/apply.h"

/* One command at its place: who acts, when, and what it changes. */
struct act {
    struct board *board;
    const struct command *command;
    struct person *person; /* NULL: the system */
    uint64_t version;
    uint64_t now_ms;
    struct effects *effects;
};

/* board_acts.c */
MUST_USE enum err define_check(const struct board *, const struct command *,
                               const struct person *);
void define_act(struct act *act);
MUST_USE enum err state_check(const struct board *, const struct command *,
                              const struct person *);
void state_act(struct act *act);
/* What is put away takes little more: nobody's rights end with it. */
bool board_takes(const struct board *board, enum command_kind kind);

/* idea_acts.c */
MUST_USE enum err post_check(const struct board *, const struct command *,
                             const struct person *);
void post_act(struct act *act);
MUST_USE enum err edit_check(const struct board *, const struct command *,
                             const struct person *);
void edit_act(struct act *act);
MUST_USE enum err withdraw_check(const struct board *, const struct command *,
                                 const struct person *);
void withdraw_act(struct act *act);

/* moderation_acts.c report_acts.c staff_acts.c */
MUST_USE enum err hide_check(const struct board *, const struct command *,
                             const struct person *);
void hide_act(struct act *act);
MUST_USE enum err restore_check(const struct board *, const struct command *,
                                const struct person *);
void restore_act(struct act *act);
MUST_USE enum err report_check(const struct board *, const struct command *,
                               const struct person *);
void report_act(struct act *act);
MUST_USE enum err approve_check(const struct board *, const struct command *,
                                const struct person *);
void approve_act(struct act *act);
MUST_USE enum err redact_check(const struct board *, const struct command *,
                               const struct person *);
void redact_act(struct act *act);
MUST_USE enum err retheme_check(const struct board *, const struct command *,
                                const struct person *);
void retheme_act(struct act *act);
MUST_USE enum err suspend_check(const struct board *, const struct command *,
                                const struct person *);
void suspend_act(struct act *act);
MUST_USE enum err unsuspend_check(const struct board *, const struct command *,
                                  const struct person *);
void unsuspend_act(struct act *act);
MUST_USE enum err unname_check(const struct board *, const struct command *,
                               const struct person *);
void unname_act(struct act *act);
MUST_USE enum err announce_check(const struct board *, const struct command *,
                                 const struct person *);
void announce_act(struct act *act);
MUST_USE enum err freeze_check(const struct board *, const struct command *,
                               const struct person *);
void freeze_act(struct act *act);
MUST_USE enum err premoderate_check(const struct board *, const struct command *,
                                    const struct person *);
void premoderate_act(struct act *act);
MUST_USE enum err appeal_check(const struct board *, const struct command *,
                               const struct person *);
void appeal_act(struct act *act);
MUST_USE enum err resolve_check(const struct board *, const struct command *,
                                const struct person *);
void resolve_act(struct act *act);
MUST_USE enum err take_check(const struct board *, const struct command *,
                             const struct person *);
void take_act(struct act *act);
/* Staff are to look at the idea, which is no longer shown or under a complaint. */
void idea_begins_to_wait(struct act *act, uint32_t number);
/* How long it had waited, which is over now; 0: it did not, otherwise at least 1. */
uint64_t wait_end(const struct act *act, uint64_t *waiting_ms);
/* All open reports from first on, appeals apart, are decided in the same way. */
void reports_resolve(struct board *board, uint32_t first, enum resolution resolution);
/* One complaint more against the person, or one less. */
void person_charge(struct act *act, struct person *person);
void person_relieve(struct board *board, struct person *person);
/* The same: the act puts a record of it after this. Decides the open appeal of the idea; false:
   there is none. */
bool appeal_decide(struct act *act, uint32_t number, enum resolution resolution);
/* Its author appealed, and against an act of that kind. */
bool appeal_is_against(const struct board *board, const struct idea *idea,
                       enum command_kind kind);
struct idea_status idea_status_of(const struct idea *idea);
/* What an act of that kind did to the idea is undone: nobody is told of it or need appeal. */
void record_lapse(const struct board *board, struct idea *idea, enum command_kind kind);
/* Drops the words that were for the person, whose ideas are still theirs. */
void records_forget(struct act *act, uint32_t person);
/* Puts what the command did to the idea (0: to none) on the public record: once it is in its
   new state. */
struct record *record_add(struct act *act, uint32_t number);

/* ballot_acts.c */
MUST_USE enum err vote_check(const struct board *, const struct command *,
                             const struct person *);
void vote_act(struct act *act);
MUST_USE enum err unvote_check(const struct board *, const struct command *,
                               const struct person *);
void unvote_act(struct act *act);
MUST_USE enum err serve_check(const struct board *, const struct command *,
                              const struct person *);
void serve_act(struct act *act);
MUST_USE enum err skip_check(const struct board *, const struct command *,
                             const struct person *);
void skip_act(struct act *act);
/* Forgets the servings that nobody answered in time. */
void servings_expire(struct board *board, uint64_t now_ms);

/* person_acts.c. A lead may take any role away, their own included, as long as somebody leads
   the board afterwards: ERR_NOT_ALLOWED_NOW for the last one. ERR_CONFLICT: the person has
   that role already. The system may do either. */
MUST_USE enum err person_check(const struct board *, const struct command *,
                               const struct person *);
void person_act(struct act *act);
MUST_USE enum err role_check(const struct board *, const struct command *,
                             const struct person *);
void role_act(struct act *act);
/* That a lead made links is told by the log alone: what they give is an entry of its own. */
MUST_USE enum err invite_check(const struct board *, const struct command *,
                               const struct person *);
void invite_act(struct act *act);
MUST_USE enum err rename_check(const struct board *, const struct command *,
                               const struct person *);
void rename_act(struct act *act);

/* hands_acts.c. Of an idea that everybody can read, while the board is open, in any round or
   between two. No hand at all takes the latest show of hands back. */
MUST_USE enum err hands_check(const struct board *, const struct command *,
                              const struct person *);
void hands_act(struct act *act);

/* merge_acts.c */
MUST_USE enum err merge_check(const struct board *, const struct command *,
                              const struct person *);
void merge_act(struct act *act);
MUST_USE enum err unmerge_check(const struct board *, const struct command *,
                                const struct person *);
void unmerge_act(struct act *act);
/* Takes an idea out of what it is part of, and gives its own parts back. */
void merge_dissolve(struct act *act, uint32_t number);
/* The idea is merged, and may be told apart again: in the round in which it was united. */
bool merge_is_open(const struct board *board, const struct idea *idea);
void merge_leave(struct act *act, uint32_t number);

/* undo_acts.c */
MUST_USE enum err undo_check(const struct board *, const struct command *,
                             const struct person *);
void undo_act(struct act *act);
/* The text was changed: what an undoing would bring back has not been read by staff. held: it
   is not to be shown before. */
void undo_forget(struct act *act, const struct idea *idea, bool held);

/* round_acts.c */
MUST_USE enum err open_check(const struct board *, const struct command *,
                             const struct person *);
void open_act(struct act *act);
MUST_USE enum err pause_check(const struct board *, const struct command *,
                              const struct person *);
void pause_act(struct act *act);
MUST_USE enum err close_check(const struct board *, const struct command *,
                              const struct person *);
void close_act(struct act *act);
MUST_USE enum err reopen_check(const struct board *, const struct command *,
                               const struct person *);
void reopen_act(struct act *act);
MUST_USE enum err reveal_check(const struct board *, const struct command *,
                               const struct person *);
void reveal_act(struct act *act);
MUST_USE enum err extend_check(const struct board *, const struct command *,
                               const struct person *);
void extend_act(struct act *act);
MUST_USE enum err revise_check(const struct board *, const struct command *,
                               const struct person *);
void revise_act(struct act *act);
MUST_USE enum err preview_check(const struct board *, const struct command *,
                                const struct person *);
void preview_act(struct act *act);
/* Opens the board's first round: with the entry that creates it. */
void first_round_act(struct act *act);

/* person_acts.c, too */
MUST_USE enum err declare_check(const struct board *, const struct command *,
                                const struct person *);
void declare_act(struct act *act);
MUST_USE enum err done_check(const struct board *, const struct command *,
                             const struct person *);
void done_act(struct act *act);

/* followup_acts.c */
MUST_USE enum err follow_check(const struct board *, const struct command *,
                               const struct person *);
void follow_act(struct act *act);
MUST_USE enum err status_check(const struct board *, const struct command *,
                               const struct person *);
void status_act(struct act *act);

/* erase_acts.c */
MUST_USE enum err erase_check(const struct board *, const struct command *,
                              const struct person *);
void erase_act(struct act *act);

/* import_acts.c */
MUST_USE enum err import_check(const struct board *, const struct command *,
                               const struct person *);
void import_act(struct act *act);
MUST_USE enum err tell_check(const struct board *, const struct command *,
                             const struct person *);
void tell_act(struct act *act);
MUST_USE enum err intake_check(const struct board *, const struct command *,
                               const struct person *);
void intake_act(struct act *act);
MUST_USE enum err unimport_check(const struct board *, const struct command *,
                                 const struct person *);
void unimport_act(struct act *act);
/* An import that makes a board is under way. Ideas, ballots and servings are told by it, not
   given: ideas come whatever the round allows, and the round counts ballots whatever has become
   of the idea since, and whether or not it was served by this board. */
bool import_tells(const struct board *board);
/* The command brings what an import under way is made of. */
bool import_has(const struct board *board, const struct command *command);
/* An idea of the import under way has come. */
void import_count(struct act *act);
/* Anything but what an intake is made of, or a refusal of it, ends it: what is left of it is
   refused. */
void import_break(struct board *board);

/* Staff of the board, or the operator. */
MUST_USE enum err staff_check(const struct board *, const struct command *,
                              const struct person *);

/* Changes of an idea or of the pool that several acts share. */
void idea_set_state(struct act *act, uint32_t number, enum idea_state state);
struct idea *idea_changed(struct act *act, uint32_t number);
/* Nobody may read the text any more; none: nothing. */
void text_dropped(struct act *act, struct ref text);
void pool_add(struct board *board, const struct idea *idea, int sign);
void pool_refresh(struct act *act);

#endif
