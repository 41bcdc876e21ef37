/* names — the words of the protocol, the log and the files for each value of an enum. Pure. */
#ifndef WIRE_NAMES_H
#define WIRE_NAMES_H

#include "base/text.h"
#include "core/board.h"

#include <stdbool.h>

const char *name_of_choice(enum choice choice);       /* CHOICE_NONE: "withdraw" */
const char *name_of_relation(enum relation relation); /* "idea" for a root */
const char *name_of_reason(enum reason reason);
const char *name_of_role(enum role role);
const char *name_of_assurance(enum assurance assurance);
const char *name_of_idea_state(enum idea_state state);
const char *name_of_board_state(enum board_state state);
const char *name_of_round_state(enum round_state state);
const char *name_of_ballots(enum ballots ballots);
const char *name_of_scores(enum scores scores);
const char *name_of_counts(enum counts counts);
const char *name_of_reveal(enum reveal reveal);
const char *name_of_visibility(enum visibility visibility);
const char *name_of_entry_rule(enum entry_rule rule);
const char *name_of_licence(enum licence licence);
const char *name_of_followup_status(enum followup_status status);
const char *name_of_erasure(enum erasure erasure);          /* as person.erase asks for it */
const char *name_of_resolution(enum resolution resolution); /* as report.resolve asks for it;
                                                               "open" for none */
const char *name_of_allow(unsigned index);                  /* 0: post, 1: build, 2: vote */

const char *name_of_outcome(enum outcome outcome); /* NULL for none */
const char *name_of_ground(enum ground ground);    /* likewise */

/* false: no such name, out is not written. */
bool choice_of_name(struct view name, enum choice *out); /* not "withdraw" */
bool relation_of_name(struct view name, enum relation *out);
bool reason_of_name(struct view name, enum reason *out);
bool role_of_name(struct view name, enum role *out);
bool assurance_of_name(struct view name, enum assurance *out);
bool board_state_of_name(struct view name, enum board_state *out);
bool ballots_of_name(struct view name, enum ballots *out);
bool scores_of_name(struct view name, enum scores *out);
bool counts_of_name(struct view name, enum counts *out);
bool reveal_of_name(struct view name, enum reveal *out);
bool visibility_of_name(struct view name, enum visibility *out);
bool entry_rule_of_name(struct view name, enum entry_rule *out);
bool licence_of_name(struct view name, enum licence *out);
bool followup_status_of_name(struct view name, enum followup_status *out);
bool erasure_of_name(struct view name, enum erasure *out);
bool resolution_of_name(struct view name, enum resolution *out); /* not "open" */
bool allow_of_name(struct view name, unsigned *index);

#endif
