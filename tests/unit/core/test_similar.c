/* Goal: while somebody writes, the ideas that say much the same are found whatever their case,
   accents and word order, and nothing else is. */
#include "core/similar.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "base/hash.h"
#include "base/mem.h"

enum {
    ROOM = 5
};

/* An idea a line, numbered from 1. */
static const char *const street[] = {
    "Fermer la rue de l'école aux voitures le matin",
    "Piétonniser la place du marché",
    "Plus de pistes cyclables",
    "Des pistes cyclables protégées entre la gare et le lycée",
    "Ouvrir la bibliothèque le dimanche",
    "Planter des arbres dans les cours d'école",
    "Réparer les trottoirs de la rue Victor-Hugo",
    "Une maison de santé pour faire venir des médecins",
    "Rénover la piscine municipale",
    "Rendre les bus gratuits pour tous",
};

enum {
    STREET = sizeof street / sizeof *street
};

static void fill(struct similar *index)
{
    similar_init(index);
    for (uint32_t i = 0; i < STREET; i++) {
        similar_add(index, i + 1, view_of(street[i]));
    }
}

/* The ideas that are found, as "1 6". */
static const char *find(struct similar *index, const char *text)
{
    static char said[64];
    struct likeness found[ROOM];
    size_t count = similar_find(index, view_of(text), found, ROOM);
    int at = 0;

    said[0] = '\0';
    for (size_t i = 0; i < count; i++) {
        at += snprintf(said + at, sizeof said - (size_t)at, i ? " %u" : "%u", found[i].idea);
    }
    return said;
}

/* How like two texts are; 0: not enough to be offered. */
static uint32_t likeness(const char *asked, const char *idea)
{
    struct similar index;
    struct likeness found[1];

    similar_init(&index);
    similar_add(&index, 1, view_of(idea));
    size_t count = similar_find(&index, view_of(asked), found, 1);

    similar_finish(&index);
    return count ? found[0].thousandths : 0;
}

static void likeness_is_as_documented(void **state)
{
    (void)state;
    /* pg_trgm's own example: 4 trigrams of 5 are in the 10 of the other. */
    assert_int_equal(likeness("word", "two words"), 1000 * (2 * 4 * 11 + 4 * 5) / (3 * 5 * 11));
    assert_int_equal(likeness("two words", "word two words"), 969); /* 10 of 10, and of 11 */
    assert_int_equal(likeness("Des bancs à l'ombre", "des bancs, à l’ombre !"), 1000);
    assert_int_equal(likeness("un chat", "des bancs"), 0);
}

static void case_accents_and_ligatures_do_not_matter(void **state)
{
    (void)state;
    assert_int_equal(likeness("LE COEUR DE L'ETE A NOEL", "Le cœur de l’été à Noël"), 1000);
    assert_int_equal(likeness("curriculum vitæ", "curriculum vitae"), 1000);
    assert_int_equal(likeness("ΠΛΑΤΕΙΑ", "πλατεία"), 1000);
}

static void finds_an_idea_by_what_is_typed_of_it_so_far(void **state)
{
    (void)state;
    struct similar index;

    fill(&index);
    assert_string_equal(find(&index, "fermer la rue de l'éc"), "1");
    assert_string_equal(find(&index, "FERMER LA RUE"), "1");
    assert_string_equal(find(&index, "pistes cycl"), "3 4");
    assert_string_equal(find(&index, "bibliotheque dimanche"), "5");
    assert_string_equal(find(&index, "trotoirs"), "7");
    assert_string_equal(find(&index, "medecin"), "8");
    similar_finish(&index);
}

static void finds_a_short_idea_that_a_long_text_repeats(void **state)
{
    (void)state;
    struct similar index;

    fill(&index);
    assert_string_equal(find(&index, "Il faut plus de pistes cyclables en ville"), "3");
    assert_string_equal(find(&index, "Je voudrais que la bibliothèque soit ouverte le dimanche "
                                     "pour les familles qui travaillent la semaine"),
                        "5");
    assert_string_equal(
        find(&index, "On manque de médecins ici, il faudrait une maison de santé"), "8");
    similar_finish(&index);
}

static void does_not_find_what_only_has_small_words_in_common(void **state)
{
    (void)state;
    static const char *const others[] = {
        "Une patinoire en hiver",
        "Des caméras de surveillance dans le centre",
        "Baisser les impôts locaux",
        "Un terrain de pétanque pour tous",
        "Une fontaine d'eau potable dans chaque parc",
        "Je pense qu'il faudrait que la ville fasse plus pour les jeunes",
    };
    struct similar index;

    fill(&index);
    for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
        assert_string_equal(find(&index, others[i]), "");
    }
    similar_finish(&index);
}

static void a_single_word_of_an_idea_is_not_all_it_says(void **state)
{
    (void)state;
    assert_int_equal(likeness("Oui, des bus de nuit jusqu'à la gare", "Oui"), 0);
    assert_int_equal(likeness("oui", "Oui"), 1000);
}

static void fewer_than_three_letters_find_nothing(void **state)
{
    (void)state;
    struct similar index;

    fill(&index);
    assert_string_equal(find(&index, ""), "");
    assert_string_equal(find(&index, "la"), "");
    assert_string_equal(find(&index, "l ? a !"), "");
    assert_string_equal(find(&index, "🙂🙂🙂 …"), "");
    assert_string_not_equal(find(&index, "bus"), "");
    similar_finish(&index);
}

static void offers_the_likest_first_and_of_equal_ones_the_older(void **state)
{
    (void)state;
    struct similar index;

    similar_init(&index);
    assert_string_equal(find(&index, "des bancs"), "");
    similar_add(&index, 9, view_of("Des bancs"));
    similar_add(&index, 2, view_of("Des bancs à l'ombre"));
    similar_add(&index, 8, view_of("des bancs !"));
    assert_string_equal(find(&index, "des bancs"), "8 9 2");
    for (uint32_t idea = 10; idea < 30; idea++) {
        similar_add(&index, idea, view_of(idea % 7 ? "Des bancs partout" : "des bancs"));
    }
    assert_string_equal(find(&index, "des bancs"), "8 9 14 21 28");
    similar_finish(&index);
}

static void a_removed_idea_is_not_found_and_may_come_back_otherwise(void **state)
{
    (void)state;
    struct similar index;

    fill(&index);
    similar_remove(&index, 3, view_of(street[2]));
    assert_string_equal(find(&index, "pistes cyclables"), "4");
    similar_add(&index, 3, view_of("Un skatepark couvert"));
    assert_string_equal(find(&index, "pistes cyclables"), "4");
    assert_string_equal(find(&index, "skatepark"), "3");
    similar_remove(&index, 3, view_of("Un skatepark couvert"));
    for (uint32_t i = 0; i < STREET; i++) {
        if (i != 2) {
            similar_remove(&index, i + 1, view_of(street[i]));
        }
    }
    assert_int_equal(index.postings.count, 0);
    similar_finish(&index);
}

static void a_text_without_letters_stays_out(void **state)
{
    (void)state;
    struct similar index;

    similar_init(&index);
    similar_add(&index, 1, view_of("!!! 🙂"));
    similar_add(&index, 2, view_of("Des bancs"));
    assert_string_equal(find(&index, "des bancs"), "2");
    similar_remove(&index, 1, view_of("!!! 🙂"));
    similar_finish(&index);
}

static void no_more_of_a_text_is_looked_at_than_its_bound(void **state)
{
    (void)state;
    enum {
        LONG = 12000
    };
    struct similar index;
    char *text = mem_alloc(LONG + 1);

    for (size_t i = 0; i < LONG; i++) {
        text[i] = (char)('a' + hash_mix(i) % 26);
    }
    similar_init(&index);
    similar_add(&index, 1, view_of(text));
    assert_in_range(index.sizes[0], SIMILAR_TRIGRAMS / 2, SIMILAR_TRIGRAMS);
    assert_string_equal(find(&index, text), "1");
    similar_remove(&index, 1, view_of(text));
    assert_int_equal(index.postings.count, 0);
    similar_finish(&index);
    mem_free(text);
}

/* Whatever was added and removed before, and in whatever order. */
static void finds_the_same_as_an_index_made_anew(void **state)
{
    (void)state;
    enum {
        IDEAS = 60,
        STEPS = 1500
    };
    struct similar index;
    const char *texts[IDEAS + 1] = {NULL};

    similar_init(&index);
    for (uint64_t step = 0; step < STEPS; step++) {
        uint32_t idea = (uint32_t)(hash_mix(step) % IDEAS) + 1;
        const char *text = street[hash_mix(step + STEPS) % STREET];

        if (texts[idea]) {
            similar_remove(&index, idea, view_of(texts[idea]));
        }
        texts[idea] = texts[idea] ? NULL : text;
        if (texts[idea]) {
            similar_add(&index, idea, view_of(text));
        }
    }
    struct similar fresh;

    similar_init(&fresh);
    for (uint32_t idea = 1; idea <= IDEAS; idea++) {
        if (texts[idea]) {
            similar_add(&fresh, idea, view_of(texts[idea]));
        }
    }
    for (size_t i = 0; i < STREET; i++) {
        char found[64] = "";

        strncat(found, find(&index, street[i]), sizeof found - 1);
        assert_string_not_equal(found, "");
        assert_string_equal(found, find(&fresh, street[i]));
    }
    assert_int_equal(index.postings.count, fresh.postings.count);
    similar_finish(&fresh);
    similar_finish(&index);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(likeness_is_as_documented),
        cmocka_unit_test(case_accents_and_ligatures_do_not_matter),
        cmocka_unit_test(finds_an_idea_by_what_is_typed_of_it_so_far),
        cmocka_unit_test(finds_a_short_idea_that_a_long_text_repeats),
        cmocka_unit_test(does_not_find_what_only_has_small_words_in_common),
        cmocka_unit_test(a_single_word_of_an_idea_is_not_all_it_says),
        cmocka_unit_test(fewer_than_three_letters_find_nothing),
        cmocka_unit_test(offers_the_likest_first_and_of_equal_ones_the_older),
        cmocka_unit_test(a_removed_idea_is_not_found_and_may_come_back_otherwise),
        cmocka_unit_test(a_text_without_letters_stays_out),
        cmocka_unit_test(no_more_of_a_text_is_looked_at_than_its_bound),
        cmocka_unit_test(finds_the_same_as_an_index_made_anew),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
