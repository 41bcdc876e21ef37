#include "core/command.h"

#include "base/mem.h"

static const char *const names[] = {
#define X(symbol, name) [symbol] = (name),
#include "core/command.def"
};

void command_finish(struct command *command)
{
    mem_free(command->definition);
    command->definition = NULL;
}

const char *command_name(enum command_kind kind)
{
    return names[kind];
}

static size_t add_text(const struct text_use *text, size_t count, const struct text_use **out)
{
    if (ref_is_none(text->ref)) {
        return count;
    }
    out[count] = text;
    return count + 1;
}

size_t command_texts(const struct command *command, const struct text_use **out)
{
    const struct definition *definition = command->definition;
    size_t count = add_text(&command->text, 0, out);

    count = add_text(&command->source_text, count, out);
    if (!definition) {
        return count;
    }
    count = add_text(&definition->title, count, out);
    count = add_text(&definition->question, count, out);
    count = add_text(&definition->about, count, out);
    for (uint32_t i = 0; i < definition->rounds_count; i++) {
        count = add_text(&definition->rounds[i].title, count, out);
        count = add_text(&definition->rounds[i].prompt, count, out);
    }
    return count;
}

bool op_is_none(struct op op)
{
    return !op.high && !op.low;
}

uint64_t op_hash(struct op op)
{
    return hash_mix(hash_mix(op.high) ^ op.low);
}

uint64_t op_time_ms(struct op op)
{
    return op.high >> 16; /* a ULID begins with 48 bits of time */
}

int entry_id_compare(struct entry_id a, struct entry_id b)
{
    if (a.ms != b.ms) {
        return a.ms < b.ms ? -1 : 1;
    }
    return a.seq == b.seq ? 0 : (a.seq < b.seq ? -1 : 1);
}

bool command_has_twice(const struct command *command)
{
    bool twice = false;

    for (uint32_t i = 1; i < command->ideas_count; i++) {
        for (uint32_t k = 0; k < i; k++) {
            twice = twice || command->ideas[k] == command->ideas[i];
        }
    }
    return twice;
}
