#include "CScan.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

/* What 64 bytes hold, one bit per byte, lowest bit first. Brackets fold '[' onto '{' and ']' onto '}'. */
typedef struct {
    uint64_t quotes, backslashes, opens, closes, controls;
} block;

/* Bits of the bytes that follow an odd run of backslashes. `*carry` is 1 when the first byte of the next block does.
 * The addition trick is the one of simdjson (Langdale, Lemire: Parsing Gigabytes of JSON per Second, 2019). */
static inline uint64_t find_escaped(uint64_t backslashes, uint64_t *carry) {
    if (!backslashes) {
        const uint64_t first = *carry;
        *carry = 0;
        return first;
    }
    backslashes &= ~*carry;
    const uint64_t follows = (backslashes << 1) | *carry, even = UINT64_C(0x5555555555555555);
    const uint64_t odd_starts = backslashes & ~even & ~follows;
    unsigned long long sequences;
    *carry = __builtin_add_overflow((unsigned long long)odd_starts, (unsigned long long)backslashes, &sequences);
    return (even ^ ((uint64_t)sequences << 1)) & follows;
}

/* Each bit becomes the parity of itself and all lower bits: turns quotes into "inside a string". */
static inline uint64_t prefix_xor(uint64_t bits) {
    bits ^= bits << 1;
    bits ^= bits << 2;
    bits ^= bits << 4;
    bits ^= bits << 8;
    bits ^= bits << 16;
    bits ^= bits << 32;
    return bits;
}

/* The same by one carry-less multiplication. */
#if defined(__x86_64__)
static inline __attribute__((target("pclmul"))) uint64_t prefix_xor_multiplied(uint64_t bits) {
    const __m128i product = _mm_clmulepi64_si128(_mm_set_epi64x(0, (long long)bits), _mm_set1_epi8((char)0xff), 0);
    return (uint64_t)_mm_cvtsi128_si64(product);
}
#endif

/* Takes one block of `count` (1 to 64) bytes at `p`. Returns where the skip ended, or NULL to go on. */
static inline __attribute__((always_inline)) const uint8_t *
take_block(block b, uint64_t quotes_before(uint64_t), const uint8_t *p, size_t count, cscan_skip_state *state) {
    if (count < 64) {
        const uint64_t mask = (UINT64_C(1) << count) - 1;
        b.quotes &= mask;
        b.backslashes &= mask;
        b.opens &= mask;
        b.closes &= mask;
        b.controls &= mask;
    }
    uint64_t carry = state->escaped;
    const uint64_t escaped = find_escaped(b.backslashes, &carry);
    const uint64_t inside = quotes_before(b.quotes & ~escaped) ^ (state->in_string ? ~UINT64_C(0) : 0);
    state->in_string = (uint8_t)(inside >> 63);
    state->escaped = (uint8_t)(count < 64 ? (escaped >> count) & 1 : carry);

    const uint64_t bad = b.controls & inside;
    const uint64_t closes = b.closes & ~inside;
    uint64_t brackets = (b.opens & ~inside) | closes;
    while (brackets) {
        const uint64_t lowest = brackets & -brackets;
        if (bad & (lowest - 1)) break;
        const uint8_t *at = p + __builtin_ctzll(lowest);
        const uint64_t object = *at >> 5 & 1; /* '{' 0x7b, '}' 0x7d; '[' 0x5b, ']' 0x5d */
        if (closes & lowest) {
            if ((state->kinds & 1) != object) {
                state->status = CSCAN_MISMATCH;
                return at;
            }
            state->kinds >>= 1;
            if (--state->depth == 0) {
                state->status = CSCAN_CLOSED;
                return at + 1;
            }
        } else {
            if (state->depth >= state->limit) {
                state->status = CSCAN_TOO_DEEP;
                return at;
            }
            state->kinds = state->kinds << 1 | object;
            state->depth++;
        }
        brackets &= brackets - 1;
    }
    if (bad) {
        state->status = CSCAN_CONTROL;
        return p + __builtin_ctzll(bad);
    }
    return NULL;
}

/* The loop all implementations share; `CLASSIFY` fills a block from 64 readable bytes at `p`. */
#define SKIP_LOOP(CLASSIFY, PREFIX)                                                              \
    while (p < end) {                                                                    \
        const size_t left = (size_t)(end - p), count = left < 64 ? left : 64;            \
        const uint8_t *stop = take_block(CLASSIFY(p), PREFIX, p, count, state);          \
        if (stop) return stop;                                                           \
        p += count;                                                                      \
    }                                                                                    \
    state->status = CSCAN_MORE;                                                          \
    return end;

static inline block classify_portable(const uint8_t *p) {
    block b = {0, 0, 0, 0, 0};
    for (int i = 0; i < 64; i++) {
        const uint64_t bit = UINT64_C(1) << i;
        const uint8_t c = p[i];
        if (c < 0x20) b.controls |= bit;
        else if (c == '"') b.quotes |= bit;
        else if (c == '\\') b.backslashes |= bit;
        else if (c == '{' || c == '[') b.opens |= bit;
        else if (c == '}' || c == ']') b.closes |= bit;
    }
    return b;
}

static const uint8_t *skip_portable(const uint8_t *p, const uint8_t *end, cscan_skip_state *state) {
    SKIP_LOOP(classify_portable, prefix_xor)
}

#if defined(__x86_64__)

static inline block classify_sse2(const uint8_t *p) {
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), open = _mm_set1_epi8('{'),
                  close = _mm_set1_epi8('}'), fold = _mm_set1_epi8(0x20), control = _mm_set1_epi8(0x1f);
    block b = {0, 0, 0, 0, 0};
    for (int i = 0; i < 64; i += 16) {
        const __m128i v = _mm_loadu_si128((const __m128i *)(p + i)), folded = _mm_or_si128(v, fold);
        b.quotes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, quote)) << i;
        b.backslashes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(v, backslash)) << i;
        b.opens |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(folded, open)) << i;
        b.closes |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(folded, close)) << i;
        b.controls |= (uint64_t)(uint32_t)_mm_movemask_epi8(_mm_cmpeq_epi8(_mm_min_epu8(v, control), v)) << i;
    }
    return b;
}

static const uint8_t *skip_sse2(const uint8_t *p, const uint8_t *end, cscan_skip_state *state) {
    SKIP_LOOP(classify_sse2, prefix_xor)
}

#define AVX2 __attribute__((target("avx2,bmi,bmi2,popcnt,pclmul")))

AVX2 static inline block classify_avx2(const uint8_t *p) {
    const __m256i quote = _mm256_set1_epi8('"'), backslash = _mm256_set1_epi8('\\'), open = _mm256_set1_epi8('{'),
                  close = _mm256_set1_epi8('}'), fold = _mm256_set1_epi8(0x20), control = _mm256_set1_epi8(0x1f);
    block b = {0, 0, 0, 0, 0};
    for (int i = 0; i < 64; i += 32) {
        const __m256i v = _mm256_loadu_si256((const __m256i *)(p + i)), folded = _mm256_or_si256(v, fold);
        b.quotes |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, quote)) << i;
        b.backslashes |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(v, backslash)) << i;
        b.opens |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(folded, open)) << i;
        b.closes |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(folded, close)) << i;
        b.controls |= (uint64_t)(uint32_t)_mm256_movemask_epi8(_mm256_cmpeq_epi8(_mm256_min_epu8(v, control), v)) << i;
    }
    return b;
}

AVX2 static const uint8_t *skip_avx2(const uint8_t *p, const uint8_t *end, cscan_skip_state *state) {
    SKIP_LOOP(classify_avx2, prefix_xor_multiplied)
}

static bool has_avx2(void) {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2") && __builtin_cpu_supports("pclmul");
}

#endif

const uint8_t *cscan_skip_with(int implementation, const uint8_t *p, const uint8_t *end, cscan_skip_state *state) {
#if defined(__x86_64__)
    if (implementation == 2 && has_avx2()) return skip_avx2(p, end, state);
    if (implementation == 1) return skip_sse2(p, end, state);
#endif
    (void)implementation;
    return skip_portable(p, end, state);
}

const uint8_t *cscan_skip(const uint8_t *p, const uint8_t *end, cscan_skip_state *state) {
#if defined(__x86_64__)
    /* __builtin_cpu_supports reads one word that was filled at start: cheaper than a pointer that must be atomic. */
    return has_avx2() ? skip_avx2(p, end, state) : skip_sse2(p, end, state);
#else
    return skip_portable(p, end, state);
#endif
}

/* Bytes a character needs after its first, and the range its second byte must be in; 0 for a byte that starts none. */
static inline unsigned followers(uint8_t first, uint8_t *low, uint8_t *high) {
    *low = 0x80;
    *high = 0xbf;
    if (first >= 0xc2 && first <= 0xdf) return 1;
    if (first >= 0xe0 && first <= 0xef) {
        if (first == 0xe0) *low = 0xa0;  /* overlong */
        if (first == 0xed) *high = 0x9f; /* surrogates */
        return 2;
    }
    if (first >= 0xf0 && first <= 0xf4) {
        if (first == 0xf0) *low = 0x90;  /* overlong */
        if (first == 0xf4) *high = 0x8f; /* above U+10FFFF */
        return 3;
    }
    return 0;
}

size_t cscan_utf8_valid(const uint8_t *p, size_t length, bool *incomplete) {
    size_t i = 0;
    *incomplete = false;
    while (i < length) {
        if (length - i >= 8) {
            uint64_t word;
            memcpy(&word, p + i, 8);
            if (!(word & UINT64_C(0x8080808080808080))) {
                i += 8;
                continue;
            }
        }
        if (p[i] < 0x80) {
            i++;
            continue;
        }
        uint8_t low, high;
        const unsigned needed = followers(p[i], &low, &high);
        if (!needed) return i;
        for (unsigned k = 1; k <= needed; k++) {
            if (i + k == length) {
                *incomplete = true;
                return i;
            }
            if (p[i + k] < low || p[i + k] > high) return i;
            low = 0x80;
            high = 0xbf;
        }
        i += needed + 1;
    }
    return length;
}
