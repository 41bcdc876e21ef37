#include "wire/pseudonym.h"

#include "base/hash.h"

static const char *const animals[][2] = {
    {"Loutre", "Otter"},      {"Mésange", "Tit"},         {"Hérisson", "Hedgehog"},
    {"Écureuil", "Squirrel"}, {"Libellule", "Dragonfly"}, {"Martin-pêcheur", "Kingfisher"},
    {"Grenouille", "Frog"},   {"Renard", "Fox"},          {"Hirondelle", "Swallow"},
    {"Blaireau", "Badger"},   {"Chevreuil", "Roe deer"},  {"Coccinelle", "Ladybird"},
    {"Rouge-gorge", "Robin"}, {"Lièvre", "Hare"},         {"Salamandre", "Salamander"},
    {"Huppe", "Hoopoe"},      {"Bourdon", "Bumblebee"},   {"Cigogne", "Stork"},
    {"Marmotte", "Marmot"},   {"Héron", "Heron"},         {"Papillon", "Butterfly"},
    {"Castor", "Beaver"},     {"Chouette", "Owl"},        {"Lézard", "Lizard"},
};

enum {
    ANIMALS = sizeof animals / sizeof animals[0]
};

void pseudonym_write(struct buf *to, uint32_t number, const char *lang)
{
    uint32_t index = number - 1;
    uint32_t lap = index / ANIMALS;
    /* Neighbours in time get different animals in an order that changes with each lap. */
    uint32_t animal = (index + (uint32_t)(hash_mix(lap) % ANIMALS)) % ANIMALS;

    buf_printf(to, "%s %u", animals[animal][lang[0] == 'f' && lang[1] == 'r' ? 0 : 1], lap + 1);
}
