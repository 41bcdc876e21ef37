/* plan_view — a plan as JSON, for whoever decides whether it is what they meant. */
#include "base/time.h"
#include "import/plan.h"
#include "wire/json.h"
#include "wire/member.h"
#include "wire/names.h"

static void write_columns(struct buf *to, const struct import_plan *plan)
{
    const char *comma = "";

    buf_add_text(to, ",\"columns\":[");
    for (size_t i = 0; i < plan->sheet.columns; i++) {
        buf_add_text(to, i ? "," : "");
        json_write_string(to, sheet_name(&plan->sheet, i));
    }
    buf_add_text(to, "],\"map\":{");
    for (unsigned part = 0; plan->sheet.columns && part < PARTS; part++) {
        if (plan->mapping.columns[part] != SHEET_NOWHERE) {
            buf_printf(to, "%s\"%s\":%zu", comma, part_name((enum part)part),
                       plan->mapping.columns[part] + 1);
            comma = ",";
        }
    }
    buf_add_char(to, '}');
}

static const char *theme_name(const struct import_target *target, uint32_t theme)
{
    return theme ? target->definition.themes[theme - 1] : NULL;
}

static void write_row(struct buf *to, const struct import_plan *plan,
                      const struct import_target *target, const struct import_row *row)
{
    buf_printf(to, "{\"line\":%zu", row->line);
    member_text(to, "text", view_of(row->text));
    member_text(to, "theme", view_of(theme_name(target, row->theme)));
    member_text(to, "lang", view_of(row->lang[0] ? row->lang : target->definition.lang));
    member_text(to, "id", view_of(row->id[0] ? row->id : NULL));
    member_key(to, "source");
    buf_add_text(to, row->words[0] ? row->words : "null");
    member_uint_or_null(to, "parent", row->parent ? plan->rows[row->parent - 1].line : 0);
    member_text(to, "kind", view_of(name_of_relation(row->relation)));
    member_uint_or_null(to, "author", row->author);
    member_time_or_null(to, "at", row->at_ms);
    buf_add_char(to, '}');
}

static void write_rows(struct buf *to, const struct import_plan *plan,
                       const struct import_target *target)
{
    buf_add_text(to, ",\"sample\":[");
    for (size_t i = 0; i < plan->count && i < LIMIT_IMPORT_SHOWN; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        write_row(to, plan, target, &plan->rows[i]);
    }
    buf_add_char(to, ']');
}

static void write_themes(struct buf *to, const struct import_plan *plan,
                         const struct import_target *target)
{
    buf_add_text(to, ",\"themes\":[");
    for (size_t i = 0; i < plan->themes_count; i++) {
        const struct import_theme *theme = &plan->themes[i];

        buf_add_text(to, i ? ",{\"name\":" : "{\"name\":");
        json_write_string(to, view_of(theme->name));
        member_uint(to, "rows", theme->rows);
        member_text(to, "theme", view_of(theme_name(target, theme->theme)));
        buf_add_char(to, '}');
    }
    buf_add_char(to, ']');
}

static const char *weight_name(enum fault fault)
{
    static const char *const weights[] = {
        [FAULT_STOPS] = "stops", [FAULT_SKIPS] = "skips", [FAULT_NOTES] = "notes"};

    return weights[fault_weight(fault)];
}

static void write_problem(struct buf *to, const struct problem *problem)
{
    buf_add_text(to, "{\"line\":");
    if (problem->line) {
        buf_add_uint(to, problem->line);
    } else {
        buf_add_text(to, "null");
    }
    member_text(to, "name", view_of(fault_name(problem->fault)));
    member_text(to, "weight", view_of(weight_name(problem->fault)));
    member_text(to, "detail", view_of(problem->detail[0] ? problem->detail : NULL));
    member_text(to, "message", view_of(fault_sentence(problem->fault)));
    buf_add_char(to, '}');
}

static void write_problems(struct buf *to, const struct problems *problems)
{
    const char *comma = "";
    size_t all = 0;

    buf_add_text(to, ",\"problems\":[");
    for (size_t i = 0; i < problems->count; i++) {
        buf_add_text(to, i ? ",\n" : "\n");
        write_problem(to, &problems->items[i]);
    }
    buf_add_text(to, "],\"counts\":{");
    for (unsigned fault = 0; fault < FAULTS; fault++) {
        if (problems->by_fault[fault]) {
            buf_printf(to, "%s\"%s\":%zu", comma, fault_name((enum fault)fault),
                       problems->by_fault[fault]);
            comma = ",";
            all += problems->by_fault[fault];
        }
    }
    buf_printf(to, "},\"unlisted\":%zu", all - problems->count);
}

void import_plan_write(struct buf *to, const struct import_plan *plan,
                       const struct import_target *target)
{
    const char separator[] = {plan->sheet.separator, '\0'};
    const size_t *by_weight = plan->problems.by_weight;

    buf_printf(to, "{\"format\":\"%s\"", format_name(plan->mapping.format));
    member_text(to, "system", view_of(format_system(plan->mapping.format)));
    member_text(to, "separator", view_of(separator[0] ? separator : NULL));
    write_columns(to, plan);
    member_uint(to, "rows", plan->sheet.rows);
    member_uint(to, "ideas", plan->count);
    member_uint(to, "left_out",
                by_weight[FAULT_SKIPS] + plan->problems.by_fault[FAULT_WITHDRAWN]);
    member_uint(to, "faulty", by_weight[FAULT_SKIPS]);
    member_uint(to, "authors", plan->authors);
    member_bool(to, "seed", plan->seed);
    member_bool(to, "ready", import_plan_may_go(plan));
    write_themes(to, plan, target);
    write_rows(to, plan, target);
    write_problems(to, &plan->problems);
    buf_add_char(to, '}');
}
