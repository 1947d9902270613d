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

enum { CSCAN_PADDING = 128 };

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

/* One wanted key of an object; -1 stands for none. */
typedef struct {
    uint32_t text;       /* where its bytes start in the key bytes */
    uint32_t length;
    int32_t slot;        /* where the value goes */
    int32_t count_slot;  /* where the number of elements goes */
    int32_t object;      /* the wanted members of the value */
    int32_t element;     /* the wanted members of the first element */
    bool special;        /* the caller must look at the value itself */
} cscan_key;

/* Where a wanted value lies; or, with CSCAN_COUNT as length, the number of elements in `offset`. */
typedef struct {
    int32_t offset; /* from the record's first byte */
    int32_t length;
    uint8_t kind;   /* one of CSCAN_ABSENT … */
    bool escaped;   /* a string whose escapes, checked already, are still to be resolved */
} cscan_slot;

/* The order is that of JSONStream's ValueKind. */
enum { CSCAN_ABSENT = 0, CSCAN_STRING, CSCAN_NUMBER, CSCAN_BOOL, CSCAN_NULL, CSCAN_ARRAY, CSCAN_OBJECT };
enum { CSCAN_COUNT = -1 };

/* One slot that an object's members fill, at any depth. */
typedef struct {
    int32_t slot;
    bool is_count;
} cscan_reset;

/* Keys met before, wanted or not, which came after which, and how long their values were: records repeat their keys in
 * the same order, and many values their lengths. A right guess, always compared in full, needs no look-up and, above all,
 * lets the processor start on the next member before this one's end is found. */
typedef struct {
    uint8_t text[32];      /* the key with its closing quote and colon */
    uint32_t mask;         /* one bit per byte of it */
    uint16_t followers[2]; /* steps that came after this one, as offsets in bytes; 0 for none */
    int16_t number;        /* of the wanted key, or -1 */
    uint8_t length;
    uint8_t value_length;  /* of the last string or number, when below 64 */
    uint8_t unused[20];    /* fills a cache line */
} cscan_step;

enum { CSCAN_STEPS = 64 };

/* The wanted keys of one object, found through 256 cells: cell[hash] is a key's number from 1, or 0; a taken cell sends
 * on to the next. */
typedef struct {
    const uint8_t *cells;
    const cscan_key *keys;
    const cscan_reset *resets;
    uint32_t reset_count;
    bool folds;            /* ASCII case does not count; the key bytes are lower case */
    uint16_t step;         /* the step a walk stands on, as an offset */
    uint16_t step_count;   /* steps in use; the first stands for the start of the object */
    uint8_t unused[30];    /* puts each step into a cache line of its own, when the object starts one */
    cscan_step steps[CSCAN_STEPS];
} cscan_object;

/* A key's first cell. */
static inline uint8_t cscan_cell(uint8_t first, uint8_t last, size_t length) {
    return (uint8_t)((first | 0x20) * 7 + (last | 0x20) * 3 + length * 31);
}

/* Number of the wanted key, or -1; `length` is at least 1. */
int cscan_find(const cscan_object *object, const uint8_t *text, const uint8_t *key, size_t length);

/* Where a walk stopped. */
enum {
    CSCAN_AT_KEY = 0,   /* before a member that needs a closer look, or is cut */
    CSCAN_AT_VALUE,     /* before the value of the wanted key `found`, which is special */
    CSCAN_AT_SEPARATOR  /* behind a value, where no comma and quote follow */
};

typedef struct {
    cscan_object *objects;
    const uint8_t *text;   /* the bytes of all wanted keys, padded */
    cscan_slot *slots;
    const cscan_slot *blank; /* what the slots hold before a record */
    uint32_t slot_count;
    const uint8_t *record; /* the record's first byte */
    const uint8_t *end;
    int32_t found;
    uint8_t status;        /* CSCAN_AT_… */
    bool escapes;          /* set when a slot with escapes was written */
} cscan_walk;

/* Walks members of `objects[object]` from the opening quote of a key: notes wanted values, skips unwanted ones.
 * `starts`: it is the object's first key. `levels`: containers allowed below this object.
 *
 * It takes only whole members written the common way: plain keys, no white space, nothing wrong. It stops in front of everything else, so
 * that one careful parser decides all odd cases. It never changes the bytes; slots below a member it did not take may
 * have been written, and the caller sets them again. */
const uint8_t *cscan_members(const uint8_t *p, int object, bool starts, uint32_t levels, cscan_walk *walk);

/* Takes a whole record, the object at `p`, when all of it is written the common way: behind it, or NULL. */
const uint8_t *cscan_record(const uint8_t *p, int object, uint32_t levels, cscan_walk *walk);

/* As cscan_members, with the implementation named as for cscan_skip_with. */
const uint8_t *cscan_members_with(
    int implementation, const uint8_t *p, int object, bool starts, uint32_t levels, cscan_walk *walk);

/* Offset of the first byte that is not part of valid UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above
 * U+10FFFF), or `length`. When the text only stops in the middle of a character, the offset of that character is
 * returned and `*incomplete` set. */
size_t cscan_utf8_valid(const uint8_t *p, size_t length, bool *incomplete);
