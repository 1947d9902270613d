#pragma once
#include <stddef.h>

/// One file embedded at build time; the bytes live as long as the program.
typedef struct {
    const unsigned char *bytes;
    size_t count;
} cwebassets_file;

cwebassets_file cwebassets_css(void);
cwebassets_file cwebassets_js(void);
cwebassets_file cwebassets_favicon(void);
