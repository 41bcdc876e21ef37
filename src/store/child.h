/* child — a redis-server process of ours. Used by embedded alone. */
#ifndef STORE_CHILD_H
#define STORE_CHILD_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/types.h>

/* Runs redis-server redis.conf in dir, in a session of its own, so that a Ctrl-C does not
   reach it. It holds the file lock, and is killed when the calling thread ends. 0 or errno. */
int child_start(const char *dir, int lock, pid_t *out);

/* Is gone, and was collected; *status as of waitpid. */
bool child_has_ended(pid_t pid, int *status);

/* Asks it to end; after wait_ms it has to. */
void child_stop(pid_t pid, uint64_t wait_ms);

void child_sleep_ms(uint64_t ms);

#endif
