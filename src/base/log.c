#include "base/log.h"

#include "base/buf.h"
#include "base/time.h"

#include <stdarg.h>
#include <stdio.h>

static enum log_level threshold = LOG_INFO;

void log_set_level(enum log_level level)
{
    threshold = level;
}

/* A value can hold what a peer sent: nothing of it may start a new line or colour a terminal.
 */
static void escape(char *text)
{
    for (; *text; text++) {
        if ((unsigned char)*text < ' ' || *text == 127) {
            *text = '?';
        }
    }
}

void log_event(enum log_level level, const char *event, const char *format, ...)
{
    static const char *const names[] = {"debug", "info", "warn", "error"};
    char values[512];
    va_list args;

    va_start(args, format);
    vsnprintf(values, sizeof values, format, args);
    va_end(args);
    if (level < threshold) {
        return;
    }
    escape(values);

    AUTO_BUF line = {0};
    buf_add_text(&line, "time=");
    time_write(&line, time_now_ms());
    buf_printf(&line, " level=%s event=%s%s%s\n", names[level], event, *values ? " " : "",
               values);
    fwrite(line.bytes, 1, line.len, stderr);
}
