#include "cli/verify_archive.h"

#include "cli/archive_read.h"
#include "cli/archive_sums.h"
#include "cli/audit_read.h"
#include "wire/json.h"
#include "wire/words.h"

#include <stdio.h>

static void print_differences(const struct differences *differences)
{
    for (size_t i = 0; i < differences->count; i++) {
        puts(differences->items[i]);
    }
    if (differences->total > differences->count) {
        printf("and %zu more like these\n", differences->total - differences->count);
    }
}

static void print_json(const char *folder, const struct differences *differences)
{
    AUTO_BUF out = {0};

    buf_add_text(&out, "{\"archive\":");
    json_write_string(&out, view_of(folder));
    buf_printf(&out, ",\"ok\":%s,\"differences_total\":%zu,\"differences\":[",
               differences->total ? "false" : "true", differences->total);
    for (size_t i = 0; i < differences->count; i++) {
        buf_add_text(&out, i ? "," : "");
        json_write_string(&out, view_of(differences->items[i]));
    }
    buf_add_text(&out, "]}");
    puts(out.bytes);
}

/* false: it was found wrong, and that was said. */
static bool report(const char *folder, const struct differences *differences, bool json)
{
    if (json) {
        print_json(folder, differences);
    } else {
        print_differences(differences);
    }
    return !differences->total;
}

static void print_words(const char *what, uint32_t number, const struct digest *head)
{
    AUTO_BUF words = {0};

    words_write(&words, head);
    if (number) {
        printf("%s %u: %s\n", what, number, words.bytes);
    } else {
        printf("%s: %s\n", what, words.bytes);
    }
}

static void print_audit(const char *folder, const struct audit_read *audit)
{
    const struct board *board = audit->board;

    printf("%s verifies: %llu entries, %llu texts as committed, %llu erased\n", folder,
           (unsigned long long)board->version, (unsigned long long)audit->texts,
           (unsigned long long)audit->erased);
    for (uint32_t round = 1; round <= board->round; round++) {
        if (board->rounds[round - 1].closed_version) {
            print_words("the words at the close of round", round,
                        &board->rounds[round - 1].closed_head);
        }
    }
    print_words("the words of the whole log", 0, &board->head);
}

static enum status verify_audit(const char *folder, bool json)
{
    struct audit_read audit = {0};
    enum status status = STATUS_REFUSED;

    if (audit_read(&audit, folder) && report(folder, &audit.differences, json)) {
        status = STATUS_DONE;
        if (!json) {
            print_audit(folder, &audit);
        }
    }
    audit_read_finish(&audit);
    return status;
}

enum status verify_archive(const char *folder, bool json)
{
    struct archive_read archive = {0};
    enum status status = STATUS_REFUSED;

    if (audit_is(folder)) {
        return verify_audit(folder, json);
    }
    if (archive_read(&archive, folder)) {
        archive_compare_results(&archive);
        archive_check_sums(&archive);
        if (report(folder, &archive.differences, json)) {
            status = STATUS_DONE;
        }
    }
    if (!status && !json) {
        printf("%s verifies: %u %s, %zu ideas, %llu ballots, every result recounted\n", folder,
               archive.round, archive.round == 1 ? "round" : "rounds", archive.ideas_count,
               (unsigned long long)archive.ballots);
    }
    archive_read_finish(&archive);
    return status;
}
