#include "export/archive_readme.h"

#include "export/archive_tables.h"
#include "export/urn.h"

static const char french_words[] =
    "\n\n"
    "Cette archive contient tout ce qu’il faut pour refaire les comptes de cette "
    "consultation,\n"
    "sans faire confiance à personne : les idées, les avis, les règles publiées et les "
    "résultats.\n"
    "%s.\n\n"
    "## Refaire les comptes\n\n"
    "    pinson verify --archive .\n"
    "    pinson rank --archive . --round 1\n\n"
    "La première commande recalcule chaque résultat de `results.json` à partir des fichiers "
    "CSV et\n"
    "des règles de `rounds.json`, et nomme la première différence. Les fichiers s’ouvrent "
    "aussi dans\n"
    "un tableur (virgules, UTF-8). Elle compare aussi chaque fichier à son empreinte dans\n"
    "`SHA256SUMS`, comme le fait `sha256sum -c SHA256SUMS` : un fichier changé depuis l’export "
    "est\n"
    "nommé. Qui change un fichier pourrait refaire cette liste : comparez-la à celle d’une "
    "autre copie.\n"
    "Les huit mots de `rounds.json` résument tout le journal à la clôture d’un tour : qui "
    "détient le\n"
    "journal complet vérifie avec eux qu’il est celui de ce jour-là.\n\n"
    "## Ce qui protège les personnes\n\n"
    "* Aucun nom, aucune heure d’avis. Les numéros de votants sont tirés au sort pour cet "
    "export :\n"
    "  ils ne sont ni ceux d’un autre export, ni ceux d’auteurs.\n"
    "* Qui a écrit une idée reçoit un nouveau numéro pour **chacun** de ses avis ; les autres "
    "en\n"
    "  gardent un pour tous les tours. Sans cela, le seul votant sans avis sur une idée serait "
    "son\n"
    "  auteur. S’il y a moins de %d auteurs parmi les votants, chaque avis a son propre "
    "numéro.\n"
    "  On ne peut donc pas compter les personnes avec `ballots.csv` : leur nombre est dans\n"
    "  `rounds.json`.\n"
    "* L’avis d’une personne sur sa propre idée, là où il compte, n’apparaît que dans une "
    "somme.\n"
    "* Un groupe de moins de 30 personnes n’apparaît pas.\n\n"
    "La marge d’incertitude vaut parmi ceux qui ont donné leur avis ; ce n’est pas un "
    "sondage.\n\n"
    "## Fichiers\n";

static const char english_words[] =
    "\n\n"
    "This archive holds all it takes to recount this consultation without trusting anybody: "
    "the\n"
    "ideas, the ballots, the published rules and the results. %s.\n\n"
    "## Recount\n\n"
    "    pinson verify --archive .\n"
    "    pinson rank --archive . --round 1\n\n"
    "The first command recomputes every result of `results.json` from the CSV files and the "
    "rules\n"
    "in `rounds.json`, and names the first difference. The files open in a spreadsheet too "
    "(commas,\n"
    "UTF-8). It also compares each file with its digest in `SHA256SUMS`, as `sha256sum -c\n"
    "SHA256SUMS` does: a file that was changed since the export is named. Whoever changes a "
    "file\n"
    "could make that list again: compare it with the one of another copy. The eight words in\n"
    "`rounds.json` stand for the whole log when a round closed: by them, who holds the "
    "complete "
    "log\n"
    "verifies that it is the one of that day.\n\n"
    "## What protects people\n\n"
    "* No names, no times of ballots. Voter numbers are drawn for this export: they are not "
    "those of\n"
    "  another export, nor those of authors.\n"
    "* Whoever wrote an idea gets a new number for **each** of their ballots; the others keep "
    "one\n"
    "  over all rounds. Without that, the one voter who has no ballot on an idea would be its\n"
    "  author. With fewer than %d authors among the voters, every ballot has a number of its "
    "own.\n"
    "  So people cannot be counted from `ballots.csv`: their number is in `rounds.json`.\n"
    "* A ballot on one's own idea, where such ballots count, is part of a sum only.\n"
    "* A group of fewer than 30 people is left out.\n\n"
    "Intervals are of those who judged; this is no poll.\n\n"
    "## Files\n";

void archive_readme_write(struct buf *to, struct view title, const char *licence, bool french)
{
    buf_add_text(to, "# ");
    buf_add_view(to, title);
    if (french) {
        buf_printf(to, french_words, licence, URN_AUTHORS_MIN);
    } else {
        buf_printf(to, english_words, licence, URN_AUTHORS_MIN);
    }
    for (size_t i = 0; i < ARCHIVE_TABLES; i++) {
        archive_table_write_words(to, &archive_tables[i], french);
    }
    buf_add_text(to, french
                         ? "\n### `rounds.json`\n\nla consultation, ses tours, leurs règles et "
                           "leur déroulement.\n\n### `results.json`\n\nle résultat de chaque "
                           "tour.\n\n### `datapackage.json`\n\nle schéma des fichiers CSV "
                           "(Frictionless Data).\n\n### `SHA256SUMS`\n\nl’empreinte de chaque "
                           "fichier.\n"
                         : "\n### `rounds.json`\n\nthe consultation, its rounds, their rules "
                           "and course.\n\n### `results.json`\n\nthe result of each round.\n\n"
                           "### `datapackage.json`\n\nthe schema of the CSV files "
                           "(Frictionless Data).\n\n### `SHA256SUMS`\n\nthe digest of each "
                           "file.\n");
}
