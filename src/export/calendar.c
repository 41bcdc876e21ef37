#include "export/calendar.h"

#include "export/markup.h"
#include "export/stable_id.h"

#include <time.h>

enum {
    LINE_OCTETS = 75, /* of a content line without its end: section 3.1 */
    MINUTE_MS = 60000,
    SECOND_MS = 1000
};

/* Content lines */

static bool continues(char octet)
{
    return ((unsigned char)octet & 0xC0) == 0x80;
}

/* Folds a line so that no piece is too long and no character is cut in two. */
static void add_line(struct buf *to, struct view line)
{
    size_t room = LINE_OCTETS;

    while (line.len > room) {
        size_t cut = room;

        while (cut > 1 && continues(line.ptr[cut])) {
            cut--;
        }
        buf_add(to, line.ptr, cut);
        buf_add_text(to, "\r\n ");
        line = (struct view){line.ptr + cut, line.len - cut};
        room = LINE_OCTETS - 1; /* the space counts */
    }
    buf_add_view(to, line);
    buf_add_text(to, "\r\n");
}

/* A property whose value is written as it is; takes what value holds. */
static void add_property(struct buf *to, const char *name, struct buf *value)
{
    AUTO_BUF line = {0};

    buf_printf(&line, "%s:", name);
    buf_add_view(&line, buf_view(value));
    add_line(to, buf_view(&line));
    buf_clear(value);
}

/* A value of type TEXT: section 3.3.11. */
static void add_text(struct buf *to, const char *name, struct buf *text)
{
    AUTO_BUF value = {0};

    for (size_t i = 0; i < text->len; i++) {
        char c = text->bytes[i];

        if (c == '\n') {
            buf_add_text(&value, "\\n");
            continue;
        }
        if (c == '\\' || c == ';' || c == ',') {
            buf_add_char(&value, '\\');
        }
        buf_add(&value, c == '\t' ? " " : &c, 1);
    }
    add_property(to, name, &value);
    buf_clear(text);
}

static void add_moment(struct buf *to, const char *name, uint64_t ms)
{
    AUTO_BUF value = {0};
    time_t seconds = (time_t)(ms / SECOND_MS);
    struct tm utc = {0};

    gmtime_r(&seconds, &utc);
    buf_printf(&value, "%04d%02d%02dT%02d%02d%02dZ", utc.tm_year + 1900, utc.tm_mon + 1,
               utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec);
    add_property(to, name, &value);
}

/* Events */

struct times {
    uint64_t from; /* 0: not known */
    uint64_t to;   /* likewise */
};

/* As they were, where they are past; otherwise as they are planned now. */
static struct times times_of(const struct board *board, uint32_t number)
{
    const struct round_definition *definition = &board->definition.rounds[number - 1];
    const struct round *round = &board->rounds[number - 1];
    struct times times = {.from = definition->opens_at_ms, .to = definition->closes_at_ms};

    if (round->opened_ms) {
        times = (struct times){.from = round->opened_ms, .to = round->closes_at_ms};
    } else if (times.from && !times.to && definition->minutes) {
        times.to = times.from + (uint64_t)definition->minutes * MINUTE_MS;
    }
    if (round->closed_ms) {
        times.to = round->closed_ms;
    }
    return times;
}

static struct view question_of(const struct viewer *viewer)
{
    const struct definition *definition = &viewer->board->definition;
    struct view question = texts_find(viewer->texts, definition->question.ref);

    return question.len ? question : texts_find(viewer->texts, definition->title.ref);
}

static void add_address(struct buf *to, const struct viewer *viewer, struct view base)
{
    buf_add_view(to, base);
    buf_printf(to, "/b/%s", viewer->board->definition.slug);
}

static void add_summary(struct buf *to, const struct viewer *viewer, enum tongue tongue,
                        uint32_t number)
{
    AUTO_BUF words = {0};

    phrase_round(&words, tongue, viewer, number);
    buf_add_text(&words, " – ");
    markup_add_plain_short(&words, question_of(viewer), LIMIT_TITLE_MAX_GRAPHEMES);
    add_text(to, "SUMMARY", &words);
}

/* What it is about, what it decides by, and where. */
static void add_description(struct buf *to, const struct viewer *viewer, enum tongue tongue,
                            uint32_t number, struct view base)
{
    const struct definition *definition = &viewer->board->definition;
    const struct round_definition *round = &definition->rounds[number - 1];
    struct view prompt = texts_find(viewer->texts, round->prompt.ref);
    AUTO_BUF words = {0};

    markup_add_plain(&words, question_of(viewer));
    buf_add_char(&words, '\n');
    if (prompt.len) {
        markup_add_plain(&words, prompt);
        buf_add_char(&words, '\n');
    }
    phrase_rule(&words, tongue, definition, number);
    if (round->allows & ALLOW_VOTE) {
        buf_printf(&words, "\n%s.", phrase_scores(tongue, round->scores));
    }
    buf_add_char(&words, '\n');
    add_address(&words, viewer, base);
    add_text(to, "DESCRIPTION", &words);
}

static void add_event(struct buf *to, const struct viewer *viewer, enum tongue tongue,
                      uint32_t number, struct view base)
{
    const struct board *board = viewer->board;
    struct times times = times_of(board, number);
    AUTO_BUF value = {0};

    if (!times.from && !times.to) {
        return;
    }
    buf_add_text(to, "BEGIN:VEVENT\r\n");
    stable_id_write(&value, board, "round", number);
    add_property(to, "UID", &value);
    add_moment(to, "DTSTAMP", board->last.ms);
    buf_add_uint(&value, board->rounds[number - 1].changed_version);
    add_property(to, "SEQUENCE", &value);
    add_moment(to, "DTSTART", times.from ? times.from : times.to);
    if (times.from && times.to / SECOND_MS > times.from / SECOND_MS) {
        add_moment(to, "DTEND", times.to);
    }
    add_summary(to, viewer, tongue, number);
    add_description(to, viewer, tongue, number, base);
    add_address(&value, viewer, base);
    add_property(to, "URL", &value);
    buf_add_text(to, "STATUS:CONFIRMED\r\nTRANSP:TRANSPARENT\r\nEND:VEVENT\r\n");
}

void calendar_write(struct buf *to, const struct viewer *viewer, struct view base)
{
    enum tongue tongue = tongue_of(view_of(viewer->board->definition.lang));
    AUTO_BUF name = {0};

    buf_add_text(to, "BEGIN:VCALENDAR\r\nVERSION:2.0\r\nPRODID:-//Pinson//Pinson//FR\r\n"
                     "CALSCALE:GREGORIAN\r\nMETHOD:PUBLISH\r\n");
    markup_add_plain_short(&name,
                           texts_find(viewer->texts, viewer->board->definition.title.ref),
                           LIMIT_TITLE_MAX_GRAPHEMES);
    add_text(to, "X-WR-CALNAME", &name);
    for (uint32_t i = 1; i <= viewer->board->definition.rounds_count; i++) {
        add_event(to, viewer, tongue, i, base);
    }
    buf_add_text(to, "END:VCALENDAR\r\n");
}
