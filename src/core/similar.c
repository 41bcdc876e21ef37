#include "core/similar.h"

#include "base/mem.h"

#include <assert.h>
#include <stdlib.h>
#include <string.h>

enum {
    ROOM_FIRST = 4,  /* of a posting: with its head, one small block of the allocator */
    POINT_BITS = 21, /* of a code point */
    PARTS = 3,       /* of the likeness, two of them the overlap */
    THOUSANDTHS = 1000
};

#define TRIGRAM_MASK ((UINT64_C(1) << 3 * POINT_BITS) - 1)

/* The ideas that have a trigram, in rising order. */
struct posting {
    uint32_t count;
    uint32_t room;
    uint32_t ideas[];
};

/* The trigrams of a text: a set, in rising order. */
struct trigrams {
    uint64_t items[SIMILAR_TRIGRAMS];
    size_t count;
    size_t letters;
    uint64_t window; /* the latest three characters, while it is read */
};

void similar_init(struct similar *index)
{
    *index = (struct similar){0};
}

void similar_finish(struct similar *index)
{
    map_finish_owned(&index->postings);
    mem_free(index->sizes);
    mem_free(index->shared);
    similar_init(index);
}

static void take_point(struct trigrams *set, uint32_t point)
{
    set->window = (set->window << POINT_BITS | point) & TRIGRAM_MASK;
    if (set->count < SIMILAR_TRIGRAMS) {
        set->items[set->count++] = set->window;
    }
}

static void begin_word(struct trigrams *set)
{
    set->window = ' ' << POINT_BITS | ' ';
}

/* People write "coeur" and "cœur"; folding leaves the ligatures of French as they are. */
static void take_letter(struct trigrams *set, uint32_t point)
{
    enum {
        AE = 0xE6,
        OE = 0x153
    };

    set->letters++;
    if (point == AE || point == OE) {
        take_point(set, point == AE ? 'a' : 'o');
        point = 'e';
    }
    take_point(set, point);
}

static int compare_trigrams(const void *left, const void *right)
{
    const uint64_t *a = left;
    const uint64_t *b = right;

    return *a < *b ? -1 : *a > *b;
}

static void drop_repeated(struct trigrams *set)
{
    size_t kept = 0;

    qsort(set->items, set->count, sizeof *set->items, compare_trigrams);
    for (size_t i = 0; i < set->count; i++) {
        if (!kept || set->items[kept - 1] != set->items[i]) {
            set->items[kept++] = set->items[i];
        }
    }
    set->count = kept;
}

static void read_words(struct trigrams *set, struct view folded)
{
    bool in_word = false;

    while (folded.len) {
        int32_t point = text_next(&folded);
        bool letter = point > 0 && text_is_letter(point);

        if (letter && !in_word) {
            begin_word(set);
        }
        if (letter) {
            take_letter(set, (uint32_t)point);
        } else if (in_word) {
            take_point(set, ' ');
        }
        in_word = letter;
    }
    if (in_word) {
        take_point(set, ' ');
    }
}

static void trigrams_of(struct trigrams *set, struct view text)
{
    char *folded = text_folded(text);

    set->count = set->letters = 0;
    read_words(set, view_of(folded));
    drop_repeated(set);
    mem_free(folded);
}

static void reserve(struct similar *index, size_t count)
{
    if (count <= index->room) {
        return;
    }
    size_t room = count < 2 * index->room ? 2 * index->room : count;
    size_t added = room - index->room;

    index->sizes = mem_grow(index->sizes, room, sizeof *index->sizes);
    index->shared = mem_grow(index->shared, room, sizeof *index->shared);
    memset(index->sizes + index->room, 0, added * sizeof *index->sizes);
    memset(index->shared + index->room, 0, added * sizeof *index->shared);
    index->room = room;
}

static struct posting *grow(struct posting *posting)
{
    uint32_t room = posting ? 2 * posting->room : ROOM_FIRST;
    size_t size = sizeof *posting + room * sizeof *posting->ideas;
    struct posting *grown = mem_grow(posting, 1, size);

    if (!posting) {
        grown->count = 0;
    }
    grown->room = room;
    return grown;
}

/* Where the idea stands in the posting, or would. */
static uint32_t place_of(const struct posting *posting, uint32_t idea)
{
    uint32_t low = 0;
    uint32_t high = posting->count;

    if (high && posting->ideas[high - 1] < idea) {
        return high; /* as a rule what is added is new */
    }
    while (low < high) {
        uint32_t middle = low + (high - low) / 2;

        if (posting->ideas[middle] < idea) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static void post(struct similar *index, uint64_t trigram, uint32_t idea)
{
    struct posting *posting = map_find_ptr(&index->postings, trigram);

    if (!posting || posting->count == posting->room) {
        posting = grow(posting);
        map_put_ptr(&index->postings, trigram, posting);
    }
    uint32_t at = place_of(posting, idea);
    uint32_t *place = posting->ideas + at;

    memmove(place + 1, place, (posting->count - at) * sizeof *place);
    *place = idea;
    posting->count++;
}

static void unpost(struct similar *index, uint64_t trigram, uint32_t idea)
{
    struct posting *posting = map_find_ptr(&index->postings, trigram);

    assert(posting);
    uint32_t at = place_of(posting, idea);
    uint32_t *place = posting->ideas + at;

    assert(at < posting->count && *place == idea);
    posting->count--;
    memmove(place, place + 1, (posting->count - at) * sizeof *place);
    if (!posting->count) {
        map_remove(&index->postings, trigram);
        mem_free(posting);
    }
}

void similar_add(struct similar *index, uint32_t idea, struct view text)
{
    struct trigrams set;

    trigrams_of(&set, text);
    reserve(index, idea);
    assert(!index->sizes[idea - 1]);
    index->sizes[idea - 1] = (uint32_t)set.count;
    for (size_t i = 0; i < set.count; i++) {
        post(index, set.items[i], idea);
    }
}

void similar_remove(struct similar *index, uint32_t idea, struct view text)
{
    struct trigrams set;

    trigrams_of(&set, text);
    assert(idea <= index->room && index->sizes[idea - 1] == set.count);
    index->sizes[idea - 1] = 0;
    for (size_t i = 0; i < set.count; i++) {
        unpost(index, set.items[i], idea);
    }
}

static void count_shared(struct similar *index, const struct trigrams *set)
{
    for (size_t i = 0; i < set->count; i++) {
        const struct posting *posting = map_find_ptr(&index->postings, set->items[i]);

        for (uint32_t j = 0; posting && j < posting->count; j++) {
            index->shared[posting->ideas[j] - 1]++;
        }
    }
}

/* In thousandths; the products stay far below 2^64, the sizes being SIMILAR_TRIGRAMS at most.
 */
static uint32_t likeness_of(uint64_t shared, uint64_t asked, uint64_t size)
{
    uint64_t counted = size < SIMILAR_SHORT ? SIMILAR_SHORT : size;
    uint64_t least = asked < counted ? asked : counted;
    uint64_t all = asked + size - shared;

    assert(least && all); /* something is shared */
    /* The whole is never more than the overlap: most ideas end here. */
    if (shared * THOUSANDTHS < least * SIMILAR_LEAST) {
        return 0;
    }
    return (uint32_t)(THOUSANDTHS * shared * ((PARTS - 1) * all + least) /
                      (PARTS * least * all));
}

/* Behind those that are as like: ideas come by rising number. Returns how many there are. */
static size_t insert(struct likeness *out, size_t count, size_t room, struct likeness found)
{
    size_t at = count;

    while (at && out[at - 1].thousandths < found.thousandths) {
        at--;
    }
    if (at == room) {
        return count;
    }
    count += count < room;
    memmove(out + at + 1, out + at, (count - at - 1) * sizeof *out);
    out[at] = found;
    return count;
}

size_t similar_find(struct similar *index, struct view text, struct likeness *out, size_t room)
{
    struct trigrams set;
    size_t count = 0;

    trigrams_of(&set, text);
    if (set.letters < SIMILAR_LETTERS) {
        return 0;
    }
    count_shared(index, &set);
    for (size_t i = 0; i < index->room; i++) {
        uint32_t like =
            index->shared[i] ? likeness_of(index->shared[i], set.count, index->sizes[i]) : 0;

        if (like >= SIMILAR_LEAST) {
            count = insert(out, count, room, (struct likeness){(uint32_t)i + 1, like});
        }
    }
    if (index->room) {
        memset(index->shared, 0, index->room * sizeof *index->shared);
    }
    return count;
}
