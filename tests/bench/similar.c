/*
 * similar — what it costs to keep a board's ideas for comparison, and to find those that say
 * much the same as a text.
 *
 *   bench-similar [--ideas 20000] [--rounds 3] [comments.csv]…
 *
 * Ideas are the comments of the files (of Polis' layout), a few French sentences, and then
 * texts that begin and go on as those do: word by word, each followed by one that followed it
 * there. Asked for is what is typed of an idea so far, of every length, and whole ideas.
 * One line a round: names and values; times are CPU time, memory what malloc has given.
 */
#include "core/similar.h"
#include "base/buf.h"
#include "base/hash.h"
#include "base/mem.h"
#include "cli/file.h"
#include "import/csv.h"

#include <getopt.h>
#include <malloc.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

enum {
    QUERIES = 2000,
    OFFERED = 5,
    SHORTEST = 60, /* bytes of a generated idea, at least; then to the end of a text */
    LONGEST = 280,
    TYPED_LEAST = 5
};

static const char *const french[] = {
    "Fermer la rue de l'école aux voitures le matin",
    "Une rue scolaire devant l'école, aux heures d'entrée et de sortie",
    "Des pistes cyclables protégées entre la gare et le lycée",
    "Planter des arbres dans les cours d'école et le long des avenues",
    "Installer des bancs à l'ombre sur la place de la mairie",
    "Ouvrir la bibliothèque le dimanche après-midi et pendant les examens",
    "Rendre les bus gratuits pour les moins de 18 ans et les personnes âgées",
    "Éteindre l'éclairage public de minuit à cinq heures dans toute la ville",
    "Un composteur collectif au pied de chaque immeuble du quartier",
    "Des repas bio et locaux à la cantine, un menu végétarien chaque jour",
    "Réparer les trottoirs, assez larges pour un fauteuil roulant et une poussette",
    "Une maison de santé pour faire venir des médecins dans la commune",
    "Une piscine ouverte en été, avec des tarifs pour les familles",
    "Limiter la vitesse à 30 km/h dans toute la ville, avec des ralentisseurs",
    "Un budget participatif pour les enfants et un conseil municipal des jeunes",
    "Récupérer l'eau de pluie pour arroser les espaces verts et les jardins partagés",
    "Un local pour les associations, ouvert le soir et tenu par les habitants",
    "Transformer l'ancienne caserne en logements pour les étudiants et en lieu culturel",
};

struct texts {
    char **items; /* owned */
    size_t count;
    size_t room;
};

/* The words of the real texts, one after the other, and where each stands. */
struct words {
    struct view *items;
    size_t count;
    size_t room;
    struct map first; /* hash of a word → place of its first standing + 1 */
    size_t *again;    /* its next standing + 1; 0: none */
};

static uint64_t cpu_ns(void)
{
    struct timespec spent;

    clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &spent);
    return (uint64_t)spent.tv_sec * 1000000000 + (uint64_t)spent.tv_nsec;
}

static size_t held(void)
{
    struct mallinfo2 info = mallinfo2();

    return info.uordblks + info.hblkhd;
}

static void add_text(struct texts *texts, struct view text)
{
    if (text.len) {
        texts->items =
            mem_reserve(texts->items, texts->count, &texts->room, sizeof *texts->items);
        texts->items[texts->count++] = mem_copy_text(text.ptr, text.len);
    }
}

static void read_comments(struct texts *texts, const char *path)
{
    AUTO_BUF bytes = {0};
    AUTO_BUF why = {0};
    struct csv csv;

    if (file_read(path, &bytes, &why)) {
        fprintf(stderr, "%s\n", why.bytes);
        exit(1);
    }
    csv_init(&csv, buf_view(&bytes));
    size_t body = csv_next(&csv) == CSV_ROW ? csv_find(&csv, "comment-body") : CSV_FIELDS;

    while (csv_next(&csv) == CSV_ROW) {
        if (body < csv.count) {
            add_text(texts, csv.fields[body]);
        }
    }
    csv_finish(&csv);
}

static uint64_t word_hash(struct view word)
{
    uint64_t hash = word.len;

    for (size_t i = 0; i < word.len; i++) {
        hash = hash_mix(hash ^ (unsigned char)word.ptr[i]);
    }
    return hash;
}

/* An empty word ends each text. */
static void add_words(struct words *words, const char *text)
{
    for (;;) {
        size_t len = strcspn(text, " \n");

        words->items =
            mem_reserve(words->items, words->count, &words->room, sizeof *words->items);
        words->items[words->count++] = (struct view){text, len};
        if (!len && !*text) {
            return;
        }
        text += len + (text[len] ? 1 : 0);
    }
}

static void link_words(struct words *words)
{
    words->again = mem_array(words->count, sizeof *words->again);
    for (size_t i = words->count; i-- > 0;) {
        uint64_t hash = word_hash(words->items[i]);
        const uint64_t *next = map_find(&words->first, hash);

        words->again[i] = next ? (size_t)*next : 0;
        map_put(&words->first, hash, i + 1);
    }
}

/* One of the places where the word at `at` stands. */
static size_t elsewhere(const struct words *words, size_t at, uint64_t draw)
{
    size_t first = (size_t)*map_find(&words->first, word_hash(words->items[at])) - 1;
    size_t standings = 0;

    for (size_t i = first + 1; i; i = words->again[i - 1]) {
        standings++;
    }
    size_t chosen = first;

    for (size_t skip = draw % standings; skip; skip--) {
        chosen = words->again[chosen] - 1;
    }
    return chosen;
}

static void generate(struct texts *texts, const struct words *words, uint64_t seed)
{
    AUTO_BUF text = {0};
    size_t at = hash_mix(seed) % words->count;

    for (uint64_t step = 1; text.len < LONGEST; step++) {
        struct view word = words->items[at];

        if (!word.len && text.len >= SHORTEST) {
            break;
        }
        if (word.len && text.len) {
            buf_add_char(&text, ' ');
        }
        buf_add_view(&text, word);
        at = word.len ? elsewhere(words, at, hash_mix(seed ^ step << 32)) : at;
        at = (at + 1) % words->count;
    }
    add_text(texts, buf_view(&text));
}

static void make_texts(struct texts *texts, size_t ideas, char **paths, int paths_count)
{
    struct words words = {0};

    for (int i = 0; i < paths_count; i++) {
        read_comments(texts, paths[i]);
    }
    for (size_t i = 0; i < sizeof french / sizeof *french; i++) {
        add_text(texts, view_of(french[i]));
    }
    for (size_t i = 0; i < texts->count; i++) {
        add_words(&words, texts->items[i]);
    }
    link_words(&words);
    for (uint64_t seed = 1; texts->count < ideas; seed++) {
        generate(texts, &words, seed);
    }
    map_finish(&words.first);
    mem_free(words.again);
    mem_free(words.items);
}

static int compare_times(const void *left, const void *right)
{
    const uint64_t *a = left;
    const uint64_t *b = right;

    return *a < *b ? -1 : *a > *b;
}

/* Times of one question, sorted, in nanoseconds. */
struct asked {
    uint64_t ns[QUERIES];
    size_t found; /* questions that found something */
};

static void ask(struct similar *index, const struct texts *texts, bool whole, struct asked *out)
{
    out->found = 0;
    for (uint64_t i = 0; i < QUERIES; i++) {
        struct likeness likest[OFFERED];
        struct view text = view_of(texts->items[hash_mix(i) % texts->count]);

        if (!whole && text.len > TYPED_LEAST) {
            text.len = TYPED_LEAST + hash_mix(~i) % (text.len - TYPED_LEAST);
            while ((text.ptr[text.len] & 0xC0) == 0x80) {
                text.len--; /* not within a character */
            }
        }
        uint64_t began_ns = cpu_ns();

        out->found += similar_find(index, text, likest, OFFERED) > 0;
        out->ns[i] = cpu_ns() - began_ns;
    }
    qsort(out->ns, QUERIES, sizeof *out->ns, compare_times);
}

/* The slowest of many edits, each of an idea anywhere. */
static uint64_t slowest_edit_ns(struct similar *index, const struct texts *texts)
{
    uint64_t slowest = 0;

    for (uint64_t i = 0; i < QUERIES; i++) {
        size_t at = hash_mix(i) % texts->count;
        struct view text = view_of(texts->items[at]);
        uint64_t began_ns = cpu_ns();

        similar_remove(index, (uint32_t)at + 1, text);
        similar_add(index, (uint32_t)at + 1, text);
        uint64_t spent = cpu_ns() - began_ns;

        slowest = spent > slowest ? spent : slowest;
    }
    return slowest;
}

static void print_asked(const char *name, const struct asked *asked)
{
    printf("%s_p50_us %.1f %s_p99_us %.1f %s_found %.3f ", name,
           (double)asked->ns[QUERIES / 2] / 1e3, name,
           (double)asked->ns[QUERIES * 99 / 100] / 1e3, name, (double)asked->found / QUERIES);
}

static void run_round(const struct texts *texts)
{
    static struct asked asked;
    struct similar index;
    size_t before = held();
    uint64_t began_ns = cpu_ns();
    uint64_t slowest = 0;

    similar_init(&index);
    for (size_t i = 0; i < texts->count; i++) {
        uint64_t one_ns = cpu_ns();

        similar_add(&index, (uint32_t)i + 1, view_of(texts->items[i]));
        one_ns = cpu_ns() - one_ns;
        slowest = one_ns > slowest ? one_ns : slowest;
    }
    double build_ms = (double)(cpu_ns() - began_ns) / 1e6;

    printf("build_ms %.1f add_us %.2f slowest_add_us %.1f bytes_per_idea %.0f trigrams %zu ",
           build_ms, build_ms * 1e3 / (double)texts->count, (double)slowest / 1e3,
           (double)(held() - before) / (double)texts->count, index.postings.count);
    ask(&index, texts, false, &asked);
    print_asked("typed", &asked);
    ask(&index, texts, true, &asked);
    print_asked("whole", &asked);
    printf("slowest_edit_us %.1f\n", (double)slowest_edit_ns(&index, texts) / 1e3);
    similar_finish(&index);
}

static bool read_size(int argc, char **argv, uint64_t *ideas, uint64_t *rounds)
{
    static const struct option options[] = {
        {"ideas", required_argument, NULL, 0},
        {"rounds", required_argument, NULL, 1},
        {NULL, 0, NULL, 0},
    };
    bool ok = true;

    for (int at; ok && (at = getopt_long(argc, argv, "", options, NULL)) != -1;) {
        ok = (at == 0 || at == 1) &&
             view_to_uint(view_of(optarg), 1000000, at ? rounds : ideas) && *ideas;
    }
    return ok;
}

int main(int argc, char **argv)
{
    struct texts texts = {0};
    uint64_t ideas = 20000;
    uint64_t rounds = 3;

    if (!read_size(argc, argv, &ideas, &rounds)) {
        fputs("usage: bench-similar [--ideas N] [--rounds N] [comments.csv]…\n", stderr);
        return 2;
    }
    make_texts(&texts, ideas, argv + optind, argc - optind);
    for (uint64_t i = 0; i < rounds; i++) {
        run_round(&texts);
        fflush(stdout);
    }
    for (size_t i = 0; i < texts.count; i++) {
        mem_free(texts.items[i]);
    }
    mem_free(texts.items);
    return 0;
}
