/* Byte scans for JSONStream: the few loops where one instruction looks at 16 to 64 bytes.
 *
 * The caller keeps CSCAN_PADDING readable zero bytes after `end` of its buffer. Zero is a control byte, so every
 * scan stops there at the latest; no function reads further than that padding.
 */
#pragma once
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#if defined(__x86_64__)
#include <emmintrin.h>
#endif

enum { CSCAN_PADDING = 64 };

/* First byte from `p` that ends or interrupts the body of a JSON string: '"', '\\', or a byte below 0x20.
 * `*high` becomes non-zero when a byte above 0x7f was passed. */
static inline const uint8_t *cscan_string_end(const uint8_t *p, uint32_t *high) {
#if defined(__x86_64__) /* SSE2 belongs to every x86-64 */
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1f);
    for (;; p += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)p);
        const __m128i stops = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
            _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
        const uint32_t stop = (uint32_t)_mm_movemask_epi8(stops), above = (uint32_t)_mm_movemask_epi8(bytes);
        if (stop) {
            const uint32_t passed = (uint32_t)__builtin_ctz(stop);
            *high |= above & ((1u << passed) - 1);
            return p + passed;
        }
        *high |= above;
    }
#else
    for (;; p++) {
        const uint8_t c = *p;
        if (c == '"' || c == '\\' || c < 0x20) return p;
        *high |= c & 0x80;
    }
#endif
}

/* Whether `length` bytes at `a` and `b` agree. Both must be readable for 16 bytes. */
static inline bool cscan_same(const uint8_t *a, const uint8_t *b, size_t length) {
#if defined(__x86_64__)
    if (length <= 16) {
        const __m128i same = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)a), _mm_loadu_si128((const __m128i *)b));
        const uint32_t wanted = (uint32_t)((UINT64_C(1) << length) - 1);
        return ((uint32_t)_mm_movemask_epi8(same) & wanted) == wanted;
    }
#endif
    return memcmp(a, b, length) == 0;
}

/* Where a number stands in the JSON grammar; kept between two feeds. The values marked * may end a number. */
enum {
    CSCAN_NUMBER_START = 0,
    CSCAN_NUMBER_MINUS,
    CSCAN_NUMBER_ZERO,     /* * */
    CSCAN_NUMBER_INTEGER,  /* * */
    CSCAN_NUMBER_POINT,
    CSCAN_NUMBER_FRACTION, /* * */
    CSCAN_NUMBER_E,
    CSCAN_NUMBER_SIGN,
    CSCAN_NUMBER_EXPONENT  /* * */
};

/* First byte from `p` that does not continue the number whose grammar position is `*state`. */
static inline const uint8_t *cscan_number_end(const uint8_t *p, uint8_t *state) {
    uint8_t s = *state;
    for (;; p++) {
        const uint8_t c = *p;
        const bool digit = (uint8_t)(c - '0') <= 9;
        switch (s) {
        case CSCAN_NUMBER_START:
            if (c == '-') { s = CSCAN_NUMBER_MINUS; continue; }
            /* fall through */
        case CSCAN_NUMBER_MINUS:
            if (digit) { s = c == '0' ? CSCAN_NUMBER_ZERO : CSCAN_NUMBER_INTEGER; continue; }
            break;
        case CSCAN_NUMBER_INTEGER:
            if (digit) continue;
            /* fall through */
        case CSCAN_NUMBER_ZERO:
            if (c == '.') { s = CSCAN_NUMBER_POINT; continue; }
            if (c == 'e' || c == 'E') { s = CSCAN_NUMBER_E; continue; }
            break;
        case CSCAN_NUMBER_POINT:
            if (digit) { s = CSCAN_NUMBER_FRACTION; continue; }
            break;
        case CSCAN_NUMBER_FRACTION:
            if (digit) continue;
            if (c == 'e' || c == 'E') { s = CSCAN_NUMBER_E; continue; }
            break;
        case CSCAN_NUMBER_E:
            if (c == '+' || c == '-') { s = CSCAN_NUMBER_SIGN; continue; }
            /* fall through */
        case CSCAN_NUMBER_SIGN:
            if (digit) { s = CSCAN_NUMBER_EXPONENT; continue; }
            break;
        case CSCAN_NUMBER_EXPONENT:
            if (digit) continue;
            break;
        }
        *state = s;
        return p;
    }
}

/* How a skip ended. */
enum {
    CSCAN_CLOSED = 0,  /* the container closed; the result points behind its bracket */
    CSCAN_MORE,        /* all bytes were taken, the container is still open; call again with the bytes that follow */
    CSCAN_CONTROL,     /* a control byte inside a string; the result points at it */
    CSCAN_MISMATCH,    /* '}' for '[' or ']' for '{'; the result points at it */
    CSCAN_TOO_DEEP     /* more levels than `limit`; the result points at the bracket */
};

/* A skip under way: survives from one feed to the next. */
typedef struct {
    uint64_t kinds;    /* one bit per open level, lowest is innermost: 1 = object */
    uint32_t depth;    /* open levels, at least 1 */
    uint32_t limit;    /* levels allowed, at most 64 */
    uint8_t in_string; /* the next byte is inside a string */
    uint8_t escaped;   /* the next byte follows a backslash */
    uint8_t status;    /* CSCAN_… of the last call */
} cscan_skip_state;

/* Skips from just inside a container to behind its closing bracket, checking quotes, backslashes, control bytes in
 * strings, and the nesting and kinds of brackets. Everything else inside is not looked at. */
const uint8_t *cscan_skip(const uint8_t *p, const uint8_t *end, cscan_skip_state *state);

/* The same, with the implementation named: 0 portable, 1 SSE2, 2 AVX2. For tests; an implementation that this
 * processor lacks is replaced by the portable one. */
const uint8_t *cscan_skip_with(int implementation, const uint8_t *p, const uint8_t *end, cscan_skip_state *state);

/* Offset of the first byte that is not part of valid UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF), or `length`. When the text only stops in the middle of a character, the offset of that character is
 * returned and `*incomplete` set. */
size_t cscan_utf8_valid(const uint8_t *p, size_t length, bool *incomplete);
