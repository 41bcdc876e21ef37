#include "cli/config.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

enum {
    OPTION_HELP = 1000,
    OPTION_DATA,
    OPTION_REDIS,
    OPTION_JSON
};

static const struct option common[] = {
    {"help", no_argument, NULL, OPTION_HELP},
    {"data", required_argument, NULL, OPTION_DATA},
    {"redis", required_argument, NULL, OPTION_REDIS},
    {"json", no_argument, NULL, OPTION_JSON},
};

void config_init(struct config *config, int argc, char **argv)
{
    *config = (struct config){.data = "./data", .argc = argc, .argv = argv};
}

static void end(struct config *config, enum status status)
{
    config->ended = true;
    config->status = status;
}

void config_misuse(struct config *config, const char *format, ...)
{
    va_list arguments;

    fprintf(stderr, "pinson %s: ", config->command);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fprintf(stderr, "\nTry: pinson %s --help\n", config->command);
    end(config, STATUS_USAGE);
}

enum status refuse(const char *format, ...)
{
    va_list arguments;

    fputs("pinson: ", stderr);
    va_start(arguments, format);
    vfprintf(stderr, format, arguments);
    va_end(arguments);
    fputc('\n', stderr);
    return STATUS_REFUSED;
}

static void merge_options(struct config *config, const struct option *own)
{
    size_t count = sizeof common / sizeof common[0];

    memcpy(config->options, common, sizeof common);
    for (; own->name && count + 1 < CONFIG_OPTIONS; own++) {
        config->takes_output = config->takes_output || own->val == 'o';
        config->options[count++] = *own;
    }
    config->options[count] = (struct option){0};
}

static void report_option(struct config *config, int code)
{
    const char *text = config->argv[optind - 1];

    if (code == ':') {
        config_misuse(config, "%s needs a value", text);
    } else {
        config_misuse(config, "there is no option %s", text);
    }
}

/* true: it was one of those that every command has. */
static bool take_common(struct config *config, int code)
{
    switch (code) {
    case OPTION_HELP:
        fputs(config->help, stdout);
        end(config, STATUS_DONE);
        return true;
    case OPTION_DATA:
        config->data = optarg;
        return true;
    case OPTION_REDIS:
        config->redis = optarg;
        return true;
    case OPTION_JSON:
        config->json = true;
        return true;
    case '?':
    case ':':
        report_option(config, code);
        return true;
    default:
        return false;
    }
}

int config_next(struct config *config, const struct option *own)
{
    if (!config->options[0].name) {
        merge_options(config, own);
    }
    while (!config->ended) {
        int code = getopt_long(config->argc, config->argv, config->takes_output ? ":o:" : ":",
                               config->options, NULL);

        if (code == -1) {
            return 0;
        }
        if (!take_common(config, code)) {
            return code;
        }
    }
    return 0;
}

const char *config_optional_word(struct config *config)
{
    return !config->ended && optind < config->argc ? config->argv[optind++] : NULL;
}

const char *config_word(struct config *config, const char *what)
{
    const char *word = config_optional_word(config);

    if (!word && !config->ended) {
        config_misuse(config, "%s is missing", what);
    }
    return word;
}

bool config_finish(struct config *config)
{
    if (!config->ended && optind < config->argc) {
        config_misuse(config, "\"%s\" is one word too many", config->argv[optind]);
    }
    return !config->ended;
}

bool config_number(struct config *config, const char *option, uint64_t min, uint64_t max,
                   uint64_t *out)
{
    uint64_t value = 0;

    if (!view_to_uint(view_of(optarg), max, &value) || value < min) {
        config_misuse(config, "--%s takes a number from %llu to %llu, not \"%s\"", option,
                      (unsigned long long)min, (unsigned long long)max, optarg);
        return false;
    }
    *out = value;
    return true;
}

/* The digits after the point, filled up to millionths. */
static bool read_fraction(struct view digits, uint64_t *out)
{
    uint64_t value = 0;

    if (digits.len > 6 || !view_to_uint(digits, 999999, &value)) {
        return false;
    }
    for (size_t i = digits.len; i < 6; i++) {
        value *= 10;
    }
    *out = value;
    return true;
}

bool config_millionths(struct config *config, const char *option, uint64_t max, uint64_t *out)
{
    struct view text = view_of(optarg);
    const char *point = strchr(optarg, '.');
    struct view whole = {text.ptr, point ? (size_t)(point - text.ptr) : text.len};
    uint64_t units = 0;
    uint64_t fraction = 0;
    bool ok = view_to_uint(whole, max, &units);

    if (ok && point) {
        ok = read_fraction(view_of(point + 1), &fraction);
    }
    if (!ok || units * 1000000 + fraction > max * 1000000) {
        config_misuse(config, "--%s takes a number from 0 to %llu, not \"%s\"", option,
                      (unsigned long long)max, optarg);
        return false;
    }
    *out = units * 1000000 + fraction;
    return true;
}
