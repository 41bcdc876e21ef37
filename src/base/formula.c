#include "base/formula.h"

bool text_is_formula(struct view text)
{
    static const char *const starts[] = {"=",  "+",  "-",  "@",  "\t", "\r",
                                         "\n", "＝", "＋", "－", "＠", "−"};

    while (text.len && text.ptr[0] == '\'') {
        text = (struct view){text.ptr + 1, text.len - 1};
    }
    if (text.len && text.ptr[0] == '\0') {
        return true;
    }
    for (size_t i = 0; i < sizeof starts / sizeof starts[0]; i++) {
        struct view start = view_of(starts[i]);

        if (text.len >= start.len && view_equal((struct view){text.ptr, start.len}, start)) {
            return true;
        }
    }
    return false;
}

struct view text_rearmed(struct view text)
{
    if (!text.len || text.ptr[0] != '\'' || !text_is_formula(text)) {
        return text;
    }
    return (struct view){text.ptr + 1, text.len - 1};
}
