#pragma once
#include <zlib.h>

/* `deflateInit2` is a macro; 16 added to the window bits asks for a gzip header and trailer. */
static inline int czlib_start_gzip(z_stream *stream, int level) {
    return deflateInit2(stream, level, Z_DEFLATED, 15 + 16, 8, Z_DEFAULT_STRATEGY);
}
