#include "import/entries.h"

#include "base/mem.h"
#include "core/contact.h"
#include "wire/entry.h"

#include <stdio.h>
#include <string.h>

struct writing {
    struct import_entries *out;
    const struct import_plan *plan;
    const struct import_bringing *bringing;
    uint64_t *authors; /* keys, by number; owned; 0: not introduced yet */
};

static struct import_entry *add(struct writing *writing)
{
    struct import_entries *out = writing->out;

    out->items = mem_reserve(out->items, out->count, &out->room, sizeof *out->items);
    out->items[out->count] = (struct import_entry){0};
    return &out->items[out->count++];
}

static void add_command(struct writing *writing, struct command *command)
{
    command->epoch = writing->bringing->epoch;
    entry_write(&add(writing)->bytes, command);
}

static struct text_use add_text(const struct writing *writing, struct import_entry *entry,
                                const char *text)
{
    struct text_seed seed;
    size_t at = entry->texts_count++;

    writing->bringing->random(&seed, sizeof seed);
    struct text_use use = text_use_make(view_of(text), &seed, &entry->texts[at]);

    entry->refs[at] = use.ref;
    return use;
}

static uint64_t author_key(struct writing *writing, uint32_t author)
{
    uint64_t *key = &writing->authors[author];

    if (author && !*key) {
        struct command hello = {.kind = CMD_PERSON, .assurance = ASSURANCE_PROXY};

        writing->bringing->random(key, sizeof *key);
        *key |= 1; /* none is 0 */
        hello.person = *key;
        add_command(writing, &hello);
    }
    return author ? *key : 0;
}

static void add_post(struct writing *writing, const struct import_row *row)
{
    struct command command = {.kind = CMD_POST,
                              .person = author_key(writing, row->author),
                              .relation = row->relation,
                              .theme = row->theme,
                              .seed = writing->plan->seed,
                              .epoch = writing->bringing->epoch,
                              .at_ms = row->at_ms,
                              .held = text_has_contact(view_of(row->text))};
    struct import_entry *entry = add(writing);

    command.parent = row->parent ? writing->bringing->ideas + row->parent : 0;
    snprintf(command.source.system, sizeof command.source.system, "%s",
             format_system(writing->plan->mapping.format));
    memcpy(command.source.id, row->id, sizeof row->id);
    memcpy(command.lang, row->lang, sizeof row->lang);
    command.text = add_text(writing, entry, row->text);
    if (row->words[0]) {
        command.source_text = add_text(writing, entry, row->words);
    }
    entry_write(&entry->bytes, &command);
}

void import_entries_make(struct import_entries *out, const struct import_plan *plan,
                         const struct import_bringing *bringing)
{
    struct writing writing = {.out = out, .plan = plan, .bringing = bringing};
    struct command lead = {.kind = CMD_ROLE, .target = bringing->made_lead, .role = ROLE_LEAD};
    struct command intake = {.kind = CMD_INTAKE,
                             .person = bringing->person,
                             .op = bringing->op,
                             .source = bringing->source,
                             .rows = (uint32_t)plan->count,
                             .first = plan->has_replies ? bringing->ideas + 1 : 0};

    writing.authors = mem_array(plan->authors + 1, sizeof *writing.authors);
    if (bringing->made_lead) {
        add_command(&writing, &lead);
    }
    add_command(&writing, &intake);
    for (size_t i = 0; i < plan->count; i++) {
        add_post(&writing, &plan->rows[i]);
    }
    mem_free(writing.authors);
}

void import_entries_finish(struct import_entries *entries)
{
    for (size_t i = 0; i < entries->count; i++) {
        buf_finish(&entries->items[i].bytes);
        buf_finish(&entries->items[i].texts[0]);
        buf_finish(&entries->items[i].texts[1]);
    }
    mem_free(entries->items);
    *entries = (struct import_entries){0};
}
