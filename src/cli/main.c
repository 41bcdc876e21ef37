/* pinson — the commands, and what they have in common. */
#include "auth/random.h"
#include "base/log.h"
#include "base/mem.h"
#include "cli/commands.h"
#include "pinson/protocol.h"

#include <jansson.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>

static const struct verb {
    const char *name;
    const char *help; /* begins with the usage, then one sentence */
    enum status (*run)(struct config *config);
    const char *does;
} verbs[] = {
    {"serve", serve_help, serve_command, "serve boards to browsers"},
    {"create", create_help, create_command, "make a board"},
    {"boards", boards_help, boards_command, "list the boards"},
    {"invite", invite_help, invite_command, "make links that give a role"},
    {"import", import_help, import_command, "make a board from a Polis export"},
    {"export", export_help, export_command,
     "write a board as JSON, CSV, its log or an archive"},
    {"rank", rank_help, rank_command, "show the ranking of a board, exactly"},
    {"case", case_help, case_command, "compute a case of the published arithmetic"},
    {"verify", verify_help, verify_command, "recompute a board from its log and compare"},
    {"methods", methods_help, methods_command, "list who may ask what of the server"},
    {"rehearse", rehearse_help, rehearse_command, "play a crowd against a running server"},
};

enum {
    VERBS = sizeof verbs / sizeof verbs[0]
};

static void print_help(void)
{
    puts("pinson — a live board on which a town collects, improves and chooses ideas\n\n"
         "  pinson COMMAND [options]\n");
    for (size_t i = 0; i < VERBS; i++) {
        printf("  %-10s %s\n", verbs[i].name, verbs[i].does);
    }
    puts("\nEvery command takes --data DIR (./data) or --redis URL, and --help.\n\n"
         "  pinson serve --example        then open http://127.0.0.1:8080");
}

static enum status run(const struct verb *verb, int argc, char **argv)
{
    struct config config;

    config_init(&config, argc, argv);
    config.command = verb->name;
    config.help = verb->help;
    enum status status = verb->run(&config);

    return config.ended ? config.status : status;
}

static const struct verb *find(const char *name)
{
    for (size_t i = 0; i < VERBS; i++) {
        if (strcmp(name, verbs[i].name) == 0) {
            return &verbs[i];
        }
    }
    return NULL;
}

int main(int argc, char **argv)
{
    const char *name = argc > 1 ? argv[1] : "";
    const struct verb *verb = find(name);

    (void)signal(SIGPIPE, SIG_IGN); /* who has gone is told by the write that fails */
    json_set_alloc_funcs(mem_alloc, mem_free);
    random_init();
    log_set_level(LOG_WARN); /* the server says more */
    if (verb) {
        return (int)run(verb, argc - 1, argv + 1);
    }
    if (strcmp(name, "--help") == 0 || strcmp(name, "-h") == 0 || strcmp(name, "help") == 0) {
        print_help();
        return STATUS_DONE;
    }
    if (strcmp(name, "--version") == 0) {
        puts("pinson " PINSON_VERSION);
        return STATUS_DONE;
    }
    fprintf(stderr,
            *name ? "pinson: there is no command \"%s\"\n" : "pinson: which command?%s\n",
            name);
    fputs("Try: pinson --help\n", stderr);
    return STATUS_USAGE;
}
