/* Goal: e-mail addresses and telephone numbers are found in what citizens write, in any
   script; dates, times, sums of money, post codes, plates and hashtags are none. */
#include "core/contact.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

static void expect_all(const char *const *texts, size_t count, bool expected)
{
    for (size_t i = 0; i < count; i++) {
        if (text_has_contact(view_of(texts[i])) != expected) {
            fail_msg("%s a contact: %s", expected ? "is not found to be" : "is taken for",
                     texts[i]);
        }
    }
}

static void addresses_are_found(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "jean.dupont@mairie.fr",
        "Écrivez-moi : jean.dupont+eau@mairie-de-brest.bzh, merci",
        "(a@b.co)",
        "mailto:x_y%z-1@sous.domaine.example.org?subject=",
        "Contact: JEAN@EXAMPLE.COM.",
        "élodie@exemple.fr",
        "почта@пример.рф",
        "用户@例子.公司",
        "δοκιμή@παράδειγμα.ελ",
        "suivez @moi@mastodon.social",
        "a@1.fr",
        "a@b.c1.info",
        "ligne une\nligne deux a@b.fr\nfin",
    };

    expect_all(texts, COUNT(texts), true);
}

static void what_only_has_an_at_is_no_address(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "@",
        "a@",
        "@b.fr",
        "@jean.dupont nous suit",
        "#eau @mairie #ville",
        "jean @ mairie . fr",
        "jean@mairie",
        "3 kg @ 2.50",
        "lot@2.5",
        "a@b.c",
        "a@.fr",
        "a@b.",
        "a@b.1.2",
        "réunion@18h",
        "ami@…bientôt",
        "un @ seul",
    };

    expect_all(texts, COUNT(texts), false);
}

static void numbers_are_found(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "06 12 34 56 78",
        "Appelez le 0612345678 !",
        "06.12.34.56.78",
        "06-12-34-56-78",
        "06/12/34/56/78",
        "tél. 02 98 00 11 22.",
        "06\xC2\xA0"
        "12\xC2\xA0"
        "34\xC2\xA0"
        "56\xC2\xA0"
        "78",
        "06\xE2\x80\xAF"
        "12\xE2\x80\xAF"
        "34\xE2\x80\xAF"
        "56\xE2\x80\xAF"
        "78",
        "06\xE2\x80\x91"
        "12\xE2\x80\x91"
        "34\xE2\x80\x91"
        "56\xE2\x80\x91"
        "78",
        "+33 6 12 34 56 78",
        "+33 (0)6 12 34 56 78",
        "(+33) 6 12 34 56 78",
        "0033 6 12 34 56 78",
        "+33612345678",
        "+1 (555) 123-4567",
        "+44 20 7946 0958",
        "020 7946 0958",
        "(020) 7946 0958",
        "0478 12 34 56",
        "+32 478 12 34 56",
        "+41 21 345 67 89",
        "+49 30 1234567",
        "+352 26 12 34 56",
        "+376 312 345",
        "给我打电话 +86 138 0013 8000",
        "le 12/03/2024, 06 12 34 56 78",
        "rendez-vous le 12.03.2024 06 12 34 56 78",
        "0 800 123 456",
        "06 12  34 56 78",
        "Call me:0612345678x",
    };

    expect_all(texts, COUNT(texts), true);
}

static void other_figures_are_no_numbers(void **state)
{
    (void)state;
    static const char *const texts[] = {
        /* dates and times */
        "le 05/12/2023",
        "le 05/12/2023 18h30",
        "le 05/12/2023 18:30",
        "le 05.12.2023 18.30",
        "du 01/02/2024 au 03/04/2024",
        "01/02/2024 - 03/04/2024",
        "01/02/2024-03/04/2024",
        "01-02-2024 10",
        "1/2/24 10.30 12",
        "01/02/24 10.30 12",
        "2024-02-01 08:00:00",
        "2024-02-01T08:00:00.000000Z",
        "08h00-12h00 / 13h30-18h00",
        "08:00-12:00, 14:00-18:00",
        "00:00 00:00",
        "de 2020 à 2030",
        "2020/2021/2022/2023",
        /* money and quantities */
        "10 000 000 €",
        "+10 000 000 €",
        "+100 000 000 habitants",
        "+25 000 000,50 €",
        "1 000 000 000",
        "0,0123456789",
        "0.0123456789",
        "15.000.000 EUR",
        "+ 12 345 678",
        "+20 % en 2030",
        "+1000000 arbres",
        "00",
        "de 0 à 10 ans",
        /* codes, plates, lists */
        "29200 Brest",
        "01000 Bourg-en-Bresse, 01200 Bellegarde",
        "AB-123-CD",
        "1234 AB 75",
        "FR76 3000 4000 0312 3456 7890 143",
        "ISBN 978-2-07-036002-4",
        "SIRET 123 456 789 00012",
        "n° 0123",
        "48.3904, -4.4861",
        "les lignes 01, 02, 03, 04, 05, 06",
        "3 4 5 6 7 8 9 10 11 12",
        "+33",
        "+1234567",
        "+1234567890123456",
        "00 33",
        "06 12 34 56 7",
        "06 12   34 56 78",
        "06 12 34 56 78 90",
        "12 34 56 78 90",
    };

    expect_all(texts, COUNT(texts), false);
}

/* What is read stays within the view. */
static void nothing_behind_the_text_is_read(void **state)
{
    (void)state;
    static const char number[] = "06 12 34 56 78";
    static const char address[] = "a@b.fr";
    static const char wide[] = "0612345678\xC2\xA0";

    assert_true(text_has_contact((struct view){number, sizeof number - 1}));
    assert_false(text_has_contact((struct view){number, sizeof number - 2}));
    assert_true(text_has_contact((struct view){address, sizeof address - 1}));
    assert_false(text_has_contact((struct view){address, sizeof address - 2}));
    assert_true(text_has_contact((struct view){wide, sizeof wide - 2}));
    assert_false(text_has_contact((struct view){NULL, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(addresses_are_found),
        cmocka_unit_test(what_only_has_an_at_is_no_address),
        cmocka_unit_test(numbers_are_found),
        cmocka_unit_test(other_figures_are_no_numbers),
        cmocka_unit_test(nothing_behind_the_text_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
