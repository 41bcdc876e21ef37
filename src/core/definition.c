#include "core/definition.h"

#include <string.h>

bool ref_is_none(struct ref ref)
{
    static const struct ref none;

    return memcmp(&ref, &none, sizeof none) == 0;
}

uint64_t ref_hash(struct ref ref)
{
    uint64_t hash = 0;

    memcpy(&hash, ref.bytes, sizeof hash);
    return hash;
}

void round_definition_init(struct round_definition *round)
{
    *round = (struct round_definition){
        .allows = ALLOW_POST | ALLOW_BUILD | ALLOW_VOTE,
        .compete = 1u << RELATION_IDEA | 1u << RELATION_EXPAND | 1u << RELATION_ADAPT,
        .serving_s = 600,
        .rule = {.carry_over = true},
    };
}

void definition_init(struct definition *definition)
{
    *definition = (struct definition){
        .lang = "fr",
        .idea_min = LIMIT_IDEA_MIN_DEFAULT,
        .idea_max = LIMIT_IDEA_MAX_DEFAULT,
        .rounds_count = 1,
    };
    round_definition_init(&definition->rounds[0]);
}

uint32_t definition_theme(const struct definition *definition, struct view name)
{
    for (uint32_t i = 0; i < definition->themes_count; i++) {
        if (view_is(name, definition->themes[i])) {
            return i + 1;
        }
    }
    return 0;
}
