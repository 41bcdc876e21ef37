#include "base/time.h"

#include <time.h>

uint64_t time_now_ms(void)
{
    struct timespec now;

    clock_gettime(CLOCK_REALTIME, &now);
    return (uint64_t)now.tv_sec * 1000 + (uint64_t)now.tv_nsec / 1000000;
}

uint64_t time_monotonic_us(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (uint64_t)now.tv_sec * 1000000 + (uint64_t)now.tv_nsec / 1000;
}

void time_write(struct buf *to, uint64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm utc = {0};

    gmtime_r(&seconds, &utc);
    buf_printf(to, "%04d-%02d-%02dT%02d:%02d:%02d.%03uZ", utc.tm_year + 1900, utc.tm_mon + 1,
               utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, (unsigned)(ms % 1000));
}

enum {
    DAY_S = 86400
};

/* Takes exactly so many digits off the front. */
static bool take_digits(struct view *text, size_t count, uint64_t max, uint64_t *out)
{
    if (text->len < count || !view_to_uint((struct view){text->ptr, count}, max, out)) {
        return false;
    }
    *text = (struct view){text->ptr + count, text->len - count};
    return true;
}

static bool take_char(struct view *text, char c)
{
    if (!text->len || text->ptr[0] != c) {
        return false;
    }
    *text = (struct view){text->ptr + 1, text->len - 1};
    return true;
}

/* Days since 1970 of a day in the calendar that is there. */
static bool take_date(struct view *text, uint64_t *days)
{
    static const unsigned before[] = {0,   31,  59,  90,  120, 151, 181,
                                      212, 243, 273, 304, 334, 365};
    uint64_t year = 0;
    uint64_t month = 0;
    uint64_t day = 0;

    if (!take_digits(text, 4, 9999, &year) || !take_char(text, '-') ||
        !take_digits(text, 2, 12, &month) || !take_char(text, '-') ||
        !take_digits(text, 2, 31, &day) || year < 1970 || !month || !day) {
        return false;
    }
    bool leap = (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
    uint64_t past = year - 1;

    if (day > before[month] - before[month - 1] + (leap && month == 2)) {
        return false;
    }
    /* 477 leap days came before 1970. */
    *days = (year - 1970) * 365 + past / 4 - past / 100 + past / 400 - 477 + before[month - 1] +
            (leap && month > 2) + day - 1;
    return true;
}

/* Milliseconds since midnight. */
static bool take_clock(struct view *text, uint64_t *ms)
{
    uint64_t hours = 0;
    uint64_t minutes = 0;
    uint64_t seconds = 0;
    uint64_t fraction = 0;
    unsigned digits = 0;

    if (!take_digits(text, 2, 23, &hours) || !take_char(text, ':') ||
        !take_digits(text, 2, 59, &minutes) || !take_char(text, ':') ||
        !take_digits(text, 2, 59, &seconds)) {
        return false;
    }
    bool point = take_char(text, '.');

    for (uint64_t digit = 0; point && take_digits(text, 1, 9, &digit); digits++) {
        fraction = digits < 3 ? fraction * 10 + digit : fraction;
    }
    for (unsigned i = digits; i < 3; i++) {
        fraction *= 10;
    }
    *ms = ((hours * 60 + minutes) * 60 + seconds) * 1000 + fraction;
    return !point || digits > 0;
}

/* East of Greenwich; all that is left of the text. */
static bool take_offset(struct view text, int64_t *minutes)
{
    uint64_t hours = 0;
    uint64_t rest = 0;
    bool east = take_char(&text, '+');

    if (!east && take_char(&text, 'Z')) {
        *minutes = 0;
        return !text.len;
    }
    if ((!east && !take_char(&text, '-')) || !take_digits(&text, 2, 23, &hours) ||
        !take_char(&text, ':') || !take_digits(&text, 2, 59, &rest)) {
        return false;
    }
    *minutes = (int64_t)(hours * 60 + rest) * (east ? 1 : -1);
    return !text.len;
}

bool time_parse(struct view text, uint64_t *out)
{
    uint64_t days = 0;
    uint64_t ms = 0;
    int64_t offset = 0;

    if (!take_date(&text, &days) || !take_char(&text, 'T') || !take_clock(&text, &ms) ||
        !take_offset(text, &offset)) {
        return false;
    }
    int64_t moment = (int64_t)(days * DAY_S * 1000 + ms) - offset * 60 * 1000;

    if (moment < 0) {
        return false;
    }
    *out = (uint64_t)moment;
    return true;
}

/* Since 1970. */
static bool days_of(uint32_t date, uint64_t *out)
{
    AUTO_BUF text = {0};

    date_write(&text, date);
    struct view view = buf_view(&text);

    return date >= 20000000 && date < 22000000 && take_date(&view, out);
}

bool date_is_real(uint32_t date)
{
    uint64_t days = 0;

    return days_of(date, &days);
}

uint32_t date_days_after(uint32_t date, uint32_t other)
{
    uint64_t days = 0;
    uint64_t before = 0;

    return days_of(date, &days) && days_of(other, &before) && days > before
               ? (uint32_t)(days - before)
               : 0;
}

bool date_parse(struct view text, uint32_t *out)
{
    uint64_t year = 0;
    uint64_t month = 0;
    uint64_t day = 0;

    if (!take_digits(&text, 4, 9999, &year) || !take_char(&text, '-') ||
        !take_digits(&text, 2, 12, &month) || !take_char(&text, '-') ||
        !take_digits(&text, 2, 31, &day) || text.len) {
        return false;
    }
    uint32_t date = (uint32_t)(year * 10000 + month * 100 + day);

    if (!date_is_real(date)) {
        return false;
    }
    *out = date;
    return true;
}

void date_write(struct buf *to, uint32_t date)
{
    buf_printf(to, "%04u-%02u-%02u", date / 10000, date / 100 % 100, date % 100);
}

uint32_t time_day_here(uint64_t ms)
{
    time_t seconds = (time_t)(ms / 1000);
    struct tm day;

    if (!localtime_r(&seconds, &day)) {
        return 0;
    }
    return (uint32_t)((day.tm_year + 1900) * 10000 + (day.tm_mon + 1) * 100 + day.tm_mday);
}
