/*
 * log — one event, one line of key=value on standard error. Never texts, names,
 * tokens or full addresses. The sink is the only global of the program.
 *
 *   log_event(LOG_INFO, "board-live", "board=%s version=%llu", b, v);
 */
#ifndef BASE_LOG_H
#define BASE_LOG_H

enum log_level {
    LOG_DEBUG,
    LOG_INFO,
    LOG_WARN,
    LOG_ERROR
};

void log_set_level(enum log_level level); /* LOG_INFO at the start */

__attribute__((format(printf, 3, 4))) void log_event(enum log_level level, const char *event,
                                                     const char *format, ...);

#endif
