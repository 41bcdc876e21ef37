#include "store/child.h"

#include "base/time.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

enum {
    CHILD_LOOK_MS = 10
};

void child_sleep_ms(uint64_t ms)
{
    struct timespec wait = {.tv_sec = (time_t)(ms / 1000),
                            .tv_nsec = (long)(ms % 1000) * 1000000};

    nanosleep(&wait, NULL);
}

/* What Redis says before it has read where to log goes there too. */
static int take_streams(void)
{
    int null = open("/dev/null", O_RDONLY | O_CLOEXEC);
    int log = open("redis.log", O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC, 0600);

    if (null < 0 || log < 0) {
        return errno;
    }
    dup2(null, STDIN_FILENO);
    dup2(log, STDOUT_FILENO);
    dup2(log, STDERR_FILENO);
    return 0;
}

/* Between fork and exec: only what is safe in a signal handler, for the other threads of the
   parent have stopped wherever they were. Returns errno, or not at all. */
static int become_redis(const char *dir, int lock, pid_t parent)
{
    sigset_t none;

    sigemptyset(&none);
    sigprocmask(SIG_SETMASK, &none, NULL);
    setsid();
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    if (getppid() != parent) {
        return ESRCH; /* it ended before the line above */
    }
    if (chdir(dir) < 0 || fcntl(lock, F_SETFD, 0) < 0) {
        return errno;
    }
    int failed = take_streams();

    if (failed) {
        return failed;
    }
    execlp("redis-server", "redis-server", "redis.conf", (char *)NULL);
    return errno;
}

/* The pipe closes by itself when exec succeeds. */
static int read_failure(int from)
{
    int failure = 0;
    ssize_t len = 0;

    do {
        len = read(from, &failure, sizeof failure);
    } while (len < 0 && errno == EINTR);
    return len == (ssize_t)sizeof failure ? failure : 0;
}

int child_start(const char *dir, int lock, pid_t *out)
{
    int ends[2];
    pid_t parent = getpid();

    if (pipe(ends) < 0) {
        return errno;
    }
    fcntl(ends[0], F_SETFD, FD_CLOEXEC);
    fcntl(ends[1], F_SETFD, FD_CLOEXEC);
    pid_t pid = fork();

    if (pid == 0) {
        int failure = become_redis(dir, lock, parent);

        (void)!write(ends[1], &failure, sizeof failure);
        _exit(127);
    }
    int failure = pid < 0 ? errno : 0;

    close(ends[1]);
    if (pid > 0) {
        failure = read_failure(ends[0]);
    }
    close(ends[0]);
    if (pid > 0 && failure) {
        waitpid(pid, NULL, 0);
    }
    if (!failure) {
        *out = pid;
    }
    return failure;
}

bool child_has_ended(pid_t pid, int *status)
{
    pid_t ended = waitpid(pid, status, WNOHANG);

    return ended == pid || (ended < 0 && errno == ECHILD);
}

void child_stop(pid_t pid, uint64_t wait_ms)
{
    int status = 0;

    kill(pid, SIGTERM);
    for (uint64_t waited = 0; waited < wait_ms; waited += CHILD_LOOK_MS) {
        if (child_has_ended(pid, &status)) {
            return;
        }
        child_sleep_ms(CHILD_LOOK_MS);
    }
    kill(pid, SIGKILL);
    waitpid(pid, NULL, 0);
}
