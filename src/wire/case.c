#include "wire/case.h"

#include "wire/case_read.h"

bool case_kind_of_name(struct view name, enum case_kind *out)
{
    static const char *const names[] = {"rank", "final", "serve"};

    for (unsigned i = 0; i < sizeof names / sizeof *names; i++) {
        if (view_is(name, names[i])) {
            *out = (enum case_kind)i;
            return true;
        }
    }
    return false;
}

static void run(struct case_read *read, enum case_kind kind, struct buf *out)
{
    switch (kind) {
    case CASE_RANK:
        case_rank(read, out);
        break;
    case CASE_FINAL:
        case_final(read, out);
        break;
    case CASE_SERVE:
        case_serve(read, out);
        break;
    }
}

enum err case_run(enum case_kind kind, struct view json, struct buf *out)
{
    struct case_read read;
    enum err err = OK;

    if (case_read_init(&read, json)) {
        run(&read, kind, out);
    }
    if (case_is_wrong(&read)) {
        buf_add_text(out, "{\"error\":");
        case_write_text(out, buf_view(&read.wrong));
        buf_add_text(out, "}");
        err = ERR_PARAMS;
    }
    buf_add_char(out, '\n');
    case_read_finish(&read);
    return err;
}
