#include "export/sink.h"

void sink_flush(struct sink *sink)
{
    if (sink->drain && sink->buf.len) {
        sink->drain(sink->user, buf_view(&sink->buf));
        buf_clear(&sink->buf);
    }
}

void sink_row(struct sink *sink)
{
    if (sink->buf.len >= SINK_PIECE_BYTES) {
        sink_flush(sink);
    }
}

void sink_finish(struct sink *sink)
{
    buf_finish(&sink->buf);
}
