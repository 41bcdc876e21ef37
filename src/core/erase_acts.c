/*
 * erase_acts — a person leaves for good, and what told who they were goes with them.
 *
 * Nobody's ballot is touched, theirs included: what was counted stays counted, under a number
 * that leads to nobody. Their key stays known so that it can be refused.
 */
#include "core/acts.h"

enum err erase_check(const struct board *board, const struct command *command,
                     const struct person *person)
{
    (void)board;
    (void)command;
    return person ? OK : ERR_UNKNOWN_PERSON;
}

static void take_words(struct act *act, uint32_t number)
{
    struct idea *idea = &act->board->ideas[number - 1];

    text_dropped(act, idea->text);
    text_dropped(act, idea->source_text);
    idea->text = idea->source_text = (struct ref){{0}};
    if (idea->state != IDEA_WITHDRAWN) {
        merge_dissolve(act, number);
        idea_set_state(act, number, IDEA_WITHDRAWN);
    }
}

static void disown(struct act *act, const struct person *person)
{
    for (size_t i = 0; i < person->wrote_count; i++) {
        if (act->command->erasure == ERASURE_TEXTS) {
            take_words(act, person->wrote[i]);
        }
        idea_changed(act, person->wrote[i])->author = 0;
    }
}

static void forget_words(struct act *act, struct person *person)
{
    text_dropped(act, person->name);
    person->name = (struct ref){{0}};
    for (size_t i = 0; i < person->notes_count; i++) {
        text_dropped(act, person->notes[i]);
    }
    mem_free(person->notes);
    person->notes = NULL;
    person->notes_count = person->notes_room = 0;
}

void erase_act(struct act *act)
{
    struct person *person = act->person;

    act->effects->moderated = true; /* something of theirs may have waited */
    records_forget(act, person->number);
    if (person->reports) { /* there is nobody to decide about */
        person->reports = 1;
        person_relieve(act->board, person);
    }
    person_disown(person); /* before anything is counted again */
    disown(act, person);
    forget_words(act, person);
    mem_free(person->follows);
    person->follows = NULL;
    person->follows_count = person->follows_room = 0;
    act->effects->defined = person->role > ROLE_PARTICIPANT;
    person->role = ROLE_PARTICIPANT;
    person->erased = true;
}
