#include "cli/rehearse.h"

#include "wire/json.h"

#include <stdio.h>
#include <string.h>

typedef unsigned long long number;

static double percentile_ms(const struct crowd_result *result, unsigned percent)
{
    size_t count = result->latencies_count;
    size_t at = count ? (count - 1) * percent / 100 : 0;

    return count ? (double)result->latencies_us[at] / 1000.0 : 0.0;
}

static size_t outcomes(const struct played_round *round, const char *wanted)
{
    size_t count = 0;

    for (size_t i = 0; i < json_array_size(round->outcomes); i++) {
        const json_t *item = json_array_get(round->outcomes, i);
        const char *outcome = json_string_value(json_object_get(item, "outcome"));

        count += outcome && strcmp(outcome, wanted) == 0;
    }
    return count;
}

/* Ideas that the round ranked in the end; as its closing said, where its ranking is not known.
 */
static size_t candidates(const struct played_round *round)
{
    const json_t *ranked = json_object_get(round->ranking, "ideas");

    return json_array_size(ranked ? ranked : round->outcomes);
}

static void write_reasons(struct buf *to, const struct crowd_result *result)
{
    buf_add_text(to, "\"reasons\":{");
    for (size_t i = 0; i < CROWD_REASONS && result->reasons[i].count; i++) {
        buf_printf(to, "%s\"%s\":%llu", i ? "," : "", result->reasons[i].name,
                   (number)result->reasons[i].count);
    }
    buf_add_char(to, '}');
}

static void write_member(struct buf *to, const char *name, const json_t *value)
{
    buf_printf(to, ",\"%s\":", name);
    if (value) {
        json_write_value(to, value);
    } else {
        buf_add_text(to, "null");
    }
}

static void write_round(struct buf *to, const struct rehearsal *rehearsal, uint32_t n)
{
    const struct played_round *round = &rehearsal->played[n - 1];

    buf_printf(to, "{\"round\":%u,\"candidates\":%zu,\"ballots\":%llu,", n, candidates(round),
               (number)round->result.ballots);
    buf_printf(to, "\"posts\":%llu,\"servings\":%llu,\"skips\":%llu,\"refused\":%llu,",
               (number)round->result.posts, (number)round->result.servings,
               (number)round->result.skips, (number)round->result.refused);
    write_reasons(to, &round->result);
    buf_printf(to, ",\"carried_over\":%zu", outcomes(round, "carried_over"));
    write_member(to, "promoted", json_object_get(round->ranking, "promoted"));
    write_member(to, "judges", json_object_get(round->ranking, "judges"));
    write_member(to, "winner", json_object_get(round->ranking, "winner"));
    write_member(to, "verdict", json_object_get(round->ranking, "verdict"));
    buf_add_char(to, '}');
}

static void write_totals(struct buf *to, const struct rehearsal *rehearsal)
{
    const struct crowd_result *result = &rehearsal->result;

    buf_printf(to,
               "{\"slug\":\"%s\",\"b\":\"%s\",\"people\":%u,\"ideas\":%zu,\"calls\":%llu,"
               "\"acknowledged\":%llu,\"refused\":%llu,\"repeated\":%llu,\"resent\":%llu,",
               rehearsal->slug, rehearsal->writer.board.key.id, rehearsal->deck.people,
               rehearsal->deck.ideas_count, (number)result->calls, (number)result->acknowledged,
               (number)result->refused, (number)result->repeated, (number)result->resent);
    buf_printf(to,
               "\"cut\":%llu,\"lost\":%llu,\"too_fast\":%llu,\"unavailable\":%llu,"
               "\"missing\":%llu,\"seconds\":%.3f,\"p50_ms\":%.3f,\"p99_ms\":%.3f,",
               (number)result->cut, (number)result->lost, (number)result->too_fast,
               (number)result->unavailable, (number)rehearsal->missing, result->seconds,
               percentile_ms(result, 50), percentile_ms(result, 99));
}

static void print_json(const struct rehearsal *rehearsal)
{
    AUTO_BUF out = {0};

    write_totals(&out, rehearsal);
    write_reasons(&out, &rehearsal->result);
    buf_add_text(&out, ",\"rounds\":[");
    for (uint32_t n = 1; n <= rehearsal->board.definition.rounds_count; n++) {
        buf_add_text(&out, n > 1 ? ",\n" : "\n");
        write_round(&out, rehearsal, n);
    }
    buf_add_text(&out, "]}");
    puts(out.bytes);
}

static void print_reasons(const struct crowd_result *result, const char *indent)
{
    for (size_t i = 0; i < CROWD_REASONS && result->reasons[i].count; i++) {
        printf("%srefused as %s: %llu\n", indent, result->reasons[i].name,
               (number)result->reasons[i].count);
    }
}

static void print_verdict(const json_t *ranking)
{
    const json_t *verdict = json_object_get(ranking, "verdict");
    const json_t *failed = json_object_get(verdict, "failed");

    if (!json_object_get(ranking, "winner")) {
        return; /* not a final */
    }
    if (!json_is_object(verdict)) {
        printf(", no winner");
        return;
    }
    printf(", winner %lld", (long long)json_integer_value(json_object_get(ranking, "winner")));
    printf(json_is_true(json_object_get(verdict, "robust")) ? ", robust" : ", not robust:");
    for (size_t i = 0; i < json_array_size(failed); i++) {
        printf(" %s", json_string_value(json_array_get(failed, i)));
    }
}

static void print_round(const struct rehearsal *rehearsal, uint32_t n)
{
    const struct played_round *round = &rehearsal->played[n - 1];

    printf("round %u: %zu candidates, %llu ballots", n, candidates(round),
           (number)round->result.ballots);
    if (round->result.posts) {
        printf(", %llu ideas posted", (number)round->result.posts);
    }
    if (round->result.servings) {
        printf(", %llu served, %llu put off", (number)round->result.servings,
               (number)round->result.skips);
    }
    if (outcomes(round, "promoted")) {
        printf(", %zu promoted", outcomes(round, "promoted"));
    }
    print_verdict(round->ranking);
    putchar('\n');
    print_reasons(&round->result, "  ");
}

static void print_text(const struct rehearsal *rehearsal)
{
    const struct crowd_result *result = &rehearsal->result;

    printf("%u people, %zu ideas: %llu calls, %llu acknowledged, %llu refused\n",
           rehearsal->deck.people, rehearsal->deck.ideas_count, (number)result->calls,
           (number)result->acknowledged, (number)result->refused);
    printf("%llu sent twice, %llu sent again, %llu connections cut, %llu lost, %llu asked to "
           "wait\n",
           (number)result->repeated, (number)result->resent, (number)result->cut,
           (number)result->lost, (number)result->too_fast);
    printf("%.1f s, %.0f a second; half answered within %.1f ms, 99 %% within %.1f ms\n",
           result->seconds,
           result->seconds > 0 ? (double)result->acknowledged / result->seconds : 0.0,
           percentile_ms(result, 50), percentile_ms(result, 99));
    if (!rehearse_is_led(rehearsal)) {
        print_reasons(result, "");
    }
    for (uint32_t n = 1;
         rehearse_is_led(rehearsal) && n <= rehearsal->board.definition.rounds_count; n++) {
        print_round(rehearsal, n);
    }
    if (rehearsal->missing) {
        printf("%llu that were acknowledged are missing\n", (number)rehearsal->missing);
    }
}

enum status rehearse_report(const struct rehearsal *rehearsal)
{
    bool whole = rehearse_is_led(rehearsal) ||
                 rehearsal->result.acknowledged == rehearsal->deck.ballots_count;

    if (rehearsal->config->json) {
        print_json(rehearsal);
    } else {
        print_text(rehearsal);
    }
    return whole && !rehearsal->missing ? STATUS_DONE : STATUS_REFUSED;
}
