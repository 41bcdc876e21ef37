#include "wire/desk.h"

#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

static void open_with(struct buf *to, const char *key, uint64_t value)
{
    buf_printf(to, "{\"%s\":", key);
    buf_add_uint(to, value);
}

static void write_share(struct buf *to, const struct share_of *share)
{
    member_uint(to, "people", share->people);
    member_uint(to, "ballots", share->ballots);
}

static void write_exposure(struct buf *to, const struct exposure *exposure)
{
    member_key(to, "exposure");
    open_with(to, "candidates", exposure->candidates);
    member_uint(to, "least", exposure->least);
    member_uint(to, "quarter", exposure->quarter);
    member_uint(to, "middle", exposure->middle);
    member_uint(to, "three_quarters", exposure->three_quarters);
    member_uint(to, "most", exposure->most);
    member_uint(to, "wanted", exposure->wanted);
    member_uint(to, "lacking", exposure->lacking);
    buf_add_char(to, '}');
}

static void write_themes(struct buf *to, const struct board *board,
                         const struct participation *participation)
{
    const struct definition *definition = &board->definition;

    buf_add_text(to, ",\"themes\":[");
    for (uint32_t i = 0; definition->themes_count && i <= definition->themes_count; i++) {
        const struct theme_share *theme = &participation->themes[i];

        buf_add_text(to, i ? ",{\"theme\":" : "{\"theme\":");
        json_write_text_or_null(to, i ? view_of(definition->themes[i - 1])
                                      : (struct view){NULL, 0});
        member_uint(to, "ideas", theme->ideas);
        member_uint(to, "ballots", theme->ballots);
        member_uint(to, "candidates", theme->candidates);
        member_uint(to, "lacking", theme->lacking);
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}

static void write_groups(struct buf *to, const struct board *board,
                         const struct participation *participation)
{
    const char *comma = "";

    buf_add_text(to, ",\"groups\":[");
    for (uint32_t g = 0; g < board->definition.groups_count; g++) {
        if (participation->groups[g].people) {
            buf_printf(to, "%s{\"group\":", comma);
            json_write_string(to, view_of(board->definition.groups[g]));
            write_share(to, &participation->groups[g]);
            buf_add_char(to, '}');
            comma = ",";
        }
    }
    buf_add_text(to, "],\"rest\":");
    open_with(to, "people", participation->rest.people);
    member_uint(to, "ballots", participation->rest.ballots);
    buf_add_char(to, '}');
}

static void write_assurance(struct buf *to, const struct participation *participation)
{
    const char *comma = "";

    buf_add_text(to, ",\"assurance\":[");
    for (unsigned i = 0; i <= ASSURANCE_PROXY; i++) {
        const struct share_of *share = &participation->by_assurance[i];

        if (share->people) {
            buf_printf(to, "%s{\"assurance\":\"%s\"", comma,
                       name_of_assurance((enum assurance)i));
            write_share(to, share);
            buf_add_char(to, '}');
            comma = ",";
        }
    }
    buf_add_char(to, ']');
}

static void write_time(struct buf *to, const struct pulse *pulse)
{
    buf_add_text(to, ",\"time\":{\"step_ms\":");
    buf_add_uint(to, pulse->step_ms);
    member_time_or_null(to, "begin", pulse->begin_ms);
    buf_add_text(to, ",\"spans\":[");
    for (uint32_t i = 0; i < pulse->count; i++) {
        const struct pulse_span *span = &pulse->spans[i];

        buf_printf(to, "%s[%u,%u,%u]", i ? "," : "", span->people, span->ideas, span->ballots);
    }
    buf_add_text(to, "]}");
}

void participation_write(struct buf *to, const struct board *board,
                         const struct participation *participation)
{
    open_with(to, "people", participation->people);
    member_uint(to, "ideas", participation->ideas);
    member_uint(to, "ballots", participation->ballots);
    member_uint(to, "enough", PARTICIPATION_ENOUGH);
    member_uint(to, "group_min", PARTICIPATION_GROUP_MIN);
    member_key(to, "funnel");
    open_with(to, "acted", participation->people);
    member_uint(to, "judged", participation->judged);
    member_uint(to, "enough", participation->enough);
    member_uint(to, "finished", participation->finished);
    buf_add_char(to, '}');
    member_key(to, "busiest");
    open_with(to, "people", participation->busiest.people);
    member_uint(to, "ballots", participation->busiest.ballots);
    buf_add_char(to, '}');
    write_exposure(to, &participation->exposure);
    write_themes(to, board, participation);
    write_groups(to, board, participation);
    write_assurance(to, participation);
    write_time(to, &board->pulse);
    buf_add_char(to, '}');
}

static const char *const kinds[ALERT_KINDS] = {
    [ALERT_SHORT] = "short",     [ALERT_THEMES] = "themes", [ALERT_GROUPS] = "groups",
    [ALERT_GUESTS] = "guests",   [ALERT_AUTHOR] = "author", [ALERT_THREAD] = "thread",
    [ALERT_OVERDUE] = "overdue",
};

static void write_number(struct buf *to, const struct definition *definition,
                         enum alert_kind kind, uint32_t number)
{
    if (kind == ALERT_THEMES) {
        json_write_string(to, view_of(definition->themes[number - 1]));
    } else if (kind == ALERT_GROUPS) {
        json_write_string(to, view_of(definition->groups[number - 1]));
    } else {
        buf_add_uint(to, number);
    }
}

static void write_alert(struct buf *to, const struct board *board, const struct alert *alert)
{
    bool named = alert->kind == ALERT_THEMES || alert->kind == ALERT_GROUPS;

    buf_printf(to, "{\"kind\":\"%s\"", kinds[alert->kind]);
    member_uint(to, "count", alert->count);
    member_uint(to, "of", alert->of);
    member_uint(to, "minutes", alert->minutes);
    member_uint(to, "missing", alert->missing);
    buf_printf(to, ",\"%s\":[", named ? kinds[alert->kind] : "ideas");
    for (uint32_t i = 0; i < alert->numbers_count; i++) {
        buf_add_text(to, i ? "," : "");
        write_number(to, &board->definition, alert->kind, alert->numbers[i]);
    }
    buf_add_text(to, "]}");
}

void alerts_write(struct buf *to, const struct board *board, const struct alerts *alerts)
{
    buf_add_text(to, "{\"alerts\":[");
    for (uint32_t i = 0; i < alerts->count; i++) {
        buf_add_text(to, i ? "," : "");
        write_alert(to, board, &alerts->items[i]);
    }
    buf_add_text(to, "]}");
}

void forecast_write(struct buf *to, const struct plan *plan, const struct forecast *forecast)
{
    open_with(to, "people", plan->people);
    member_uint(to, "ideas", plan->ideas);
    member_uint(to, "minutes", plan->minutes);
    member_uint(to, "seconds", plan->seconds);
    member_uint(to, "seats", plan->seats);
    member_uint(to, "min_judges", plan->min_judges);
    member_uint(to, "opinions_per_person", forecast->opinions_a_person);
    buf_printf(to, ",\"opinions_per_idea\":%u.%u", forecast->per_idea_tenths / 10,
               forecast->per_idea_tenths % 10);
    member_uint(to, "least", forecast->least);
    member_uint(to, "lacking", forecast->lacking);
    member_uint(to, "worlds", forecast->worlds);
    member_uint(to, "best_promoted", forecast->best_promoted);
    member_uint(to, "right_seats", forecast->right_seats);
    member_uint(to, "winner_top5", forecast->winner_top5);
    member_uint(to, "best_wins", forecast->best_wins);
    buf_add_char(to, '}');
}
