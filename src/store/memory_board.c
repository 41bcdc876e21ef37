#include "store/memory_board.h"

#include "base/mem.h"
#include "base/time.h"
#include "store/keys.h"
#include "wire/entry.h"

struct memory_board *memory_board_create(struct board_key key)
{
    struct memory_board *board = mem_alloc(sizeof *board);

    board->key = key;
    list_init(&board->list);
    map_init(&board->texts_by_ref);
    map_init(&board->people);
    return board;
}

static void free_summary(struct memory_board *board)
{
    union {
        const char *borrowed;
        char *owned;
    } text = {.borrowed = board->meta.summary.ptr};

    mem_free(text.owned);
}

void memory_board_destroy(struct memory_board *board)
{
    list_remove(&board->list);
    for (size_t i = 0; i < board->log_count; i++) {
        mem_free(board->log[i].bytes);
    }
    for (size_t i = 0; i < board->texts_count; i++) {
        mem_free(board->texts[i].json);
    }
    map_finish(&board->texts_by_ref);
    map_finish(&board->people);
    free_summary(board);
    mem_free(board->log);
    mem_free(board->texts);
    mem_free(board->ideas);
    mem_free(board->heads);
    mem_free(board);
}

/* Log and texts */

struct entry_id memory_board_last(const struct memory_board *board)
{
    return board->log_count ? board->log[board->log_count - 1].id : (struct entry_id){0};
}

/* As Redis does: the clock, and never back. */
static struct entry_id next_id(const struct memory_board *board)
{
    struct entry_id last = memory_board_last(board);
    uint64_t now = time_now_ms();

    if (now > last.ms) {
        return (struct entry_id){.ms = now};
    }
    return (struct entry_id){.ms = last.ms, .seq = last.seq + 1};
}

struct entry_id memory_board_append_as(struct memory_board *board, struct entry_id id,
                                       struct view entry)
{
    board->log =
        mem_reserve(board->log, board->log_count, &board->log_room, sizeof *board->log);
    board->log[board->log_count++] = (struct memory_entry){
        .id = id, .bytes = mem_copy_text(entry.ptr, entry.len), .len = entry.len};
    return id;
}

struct entry_id memory_board_append(struct memory_board *board, struct view entry)
{
    return memory_board_append_as(board, next_id(board), entry);
}

static struct memory_text *find_text(const struct memory_board *board, struct ref ref)
{
    const uint64_t *place = map_find(&board->texts_by_ref, ref_hash(ref));

    return place ? &board->texts[*place] : NULL;
}

void memory_board_put_text(struct memory_board *board, const struct stored_text *text)
{
    struct memory_text *kept = find_text(board, text->ref);

    if (!kept) {
        board->texts = mem_reserve(board->texts, board->texts_count, &board->texts_room,
                                   sizeof *board->texts);
        map_put(&board->texts_by_ref, ref_hash(text->ref), board->texts_count);
        kept = &board->texts[board->texts_count++];
        *kept = (struct memory_text){.ref = text->ref};
    }
    mem_free(kept->json);
    kept->json = mem_copy_text(text->json.ptr, text->json.len);
    kept->len = text->json.len;
}

void memory_board_drop_text(struct memory_board *board, struct ref ref)
{
    struct memory_text *kept = find_text(board, ref);

    if (kept) {
        mem_free(kept->json);
        kept->json = NULL;
        kept->len = 0;
    }
}

static size_t first_after(const struct memory_board *board, struct entry_id after)
{
    size_t low = 0;
    size_t high = board->log_count;

    while (low < high) {
        size_t middle = low + (high - low) / 2;

        if (entry_id_compare(board->log[middle].id, after) <= 0) {
            low = middle + 1;
        } else {
            high = middle;
        }
    }
    return low;
}

static size_t add_texts(struct memory_range *range, const struct memory_board *board,
                        struct stored_entry *entry, size_t used)
{
    const struct text_use *uses[COMMAND_TEXTS];

    entry->texts_count = entry->poisoned ? 0 : command_texts(&entry->entry.command, uses);
    entry->texts = range->texts + used;
    for (size_t i = 0; i < entry->texts_count; i++) {
        const struct memory_text *kept = find_text(board, uses[i]->ref);
        struct stored_text *text = &range->texts[used + i];

        text->ref = uses[i]->ref;
        text->json =
            kept ? (struct view){.ptr = kept->json, .len = kept->len} : (struct view){0};
    }
    return used + entry->texts_count;
}

static size_t count_texts(const struct stored_entry *entry)
{
    const struct text_use *uses[COMMAND_TEXTS];

    return entry->poisoned ? 0 : command_texts(&entry->entry.command, uses);
}

void memory_range_init(struct memory_range *range, const struct memory_board *board,
                       struct entry_id after, size_t count)
{
    size_t first = first_after(board, after);
    bool is_index = board_key_is_index(board->key);
    size_t texts = 0;
    size_t used = 0;

    range->count = board->log_count - first < count ? board->log_count - first : count;
    range->entries = mem_array(range->count, sizeof *range->entries);
    for (size_t i = 0; i < range->count; i++) {
        const struct memory_entry *from = &board->log[first + i];
        struct stored_entry *to = &range->entries[i];

        to->entry.id = from->id;
        to->entry.bytes = (struct view){.ptr = from->bytes, .len = from->len};
        to->poisoned = !is_index && entry_parse(to->entry.bytes, &to->entry.command) != OK;
        texts += is_index ? 0 : count_texts(to);
    }
    range->texts = mem_array(texts, sizeof *range->texts);
    for (size_t i = 0; !is_index && i < range->count; i++) {
        used = add_texts(range, board, &range->entries[i], used);
    }
}

void memory_range_finish(struct memory_range *range)
{
    for (size_t i = 0; i < range->count; i++) {
        if (!range->entries[i].poisoned) {
            command_finish(&range->entries[i].entry.command);
        }
    }
    mem_free(range->entries);
    mem_free(range->texts);
    *range = (struct memory_range){0};
}

/* Lease and projection */

static uint64_t now_ms(void)
{
    return time_monotonic_us() / 1000;
}

static bool is_held_by_other(const struct memory_board *board, uint64_t node)
{
    return board->held_until_ms > now_ms() && board->holder != node;
}

bool memory_board_lease(struct memory_board *board, uint64_t node, uint64_t ttl_ms)
{
    if (is_held_by_other(board, node)) {
        return false;
    }
    board->holder = node;
    board->held_until_ms = now_ms() + ttl_ms;
    return true;
}

static void keep_idea(struct memory_board *board, uint32_t round, const struct projected *idea)
{
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board->ideas[i].round == round && board->ideas[i].projected.idea == idea->idea) {
            board->ideas[i].projected = *idea;
            return;
        }
    }
    board->ideas =
        mem_reserve(board->ideas, board->ideas_count, &board->ideas_room, sizeof *board->ideas);
    board->ideas[board->ideas_count++] = (struct memory_idea){round, *idea};
}

static void keep_head(struct memory_board *board, const struct projected_head *head)
{
    for (size_t i = 0; i < board->heads_count; i++) {
        if (board->heads[i].version == head->version) {
            return;
        }
    }
    board->heads =
        mem_reserve(board->heads, board->heads_count, &board->heads_room, sizeof *board->heads);
    board->heads[board->heads_count++] = *head;
}

bool memory_board_project(struct memory_board *board, uint64_t node,
                          const struct projection *projection)
{
    bool is_mine = board->holder == node && board->held_until_ms > now_ms();

    if (!is_mine || board->meta.version > projection->version) {
        return false;
    }
    for (size_t i = 0; i < projection->ideas_count; i++) {
        keep_idea(board, projection->round, &projection->ideas[i]);
    }
    for (size_t i = 0; i < projection->heads_count; i++) {
        keep_head(board, &projection->heads[i]);
    }
    free_summary(board);
    board->meta = *projection;
    board->meta.ideas = NULL;
    board->meta.ideas_count = 0;
    board->meta.heads = NULL;
    board->meta.heads_count = 0;
    board->meta.summary.ptr = mem_copy_text(projection->summary.ptr, projection->summary.len);
    return true;
}

struct projection memory_board_projection(const struct memory_board *board, uint32_t round)
{
    struct projection read = board->meta;

    read.ideas = mem_array(board->ideas_count, sizeof *read.ideas);
    for (size_t i = 0; i < board->ideas_count; i++) {
        if (board->ideas[i].round == round) {
            struct projected *idea = &read.ideas[read.ideas_count++];

            *idea = board->ideas[i].projected;
            idea->score = idea->ranked ? idea->score : 0;
        }
    }
    read.heads = board->heads;
    read.heads_count = board->heads_count;
    return read;
}
