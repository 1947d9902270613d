/* Walking the members of objects: the loop where a listing spends its time. */
#include "CScan.h"
#if defined(__x86_64__)
#include <immintrin.h>
#endif

#define INLINE static inline __attribute__((always_inline))

/* Marks the rare way out, so that it stays a branch: a conditional move would make the next member wait for it. */
#define RARE(condition) __builtin_expect(!!(condition), 0)

/* Whether the key's bytes, made lower case, are those at `wanted`. */
static bool same_folded(const uint8_t *key, const uint8_t *wanted, size_t length) {
    for (size_t i = 0; i < length; i++) {
        const uint8_t c = key[i];
        if ((uint8_t)(c - 'A') < 26 ? (c | 0x20) != wanted[i] : c != wanted[i]) return false;
    }
    return true;
}

int cscan_find(const cscan_object *object, const uint8_t *text, const uint8_t *key, size_t length) {
    uint8_t cell = cscan_cell(key[0], key[length - 1], length);
    for (unsigned number; (number = object->cells[cell]); cell++) {
        const cscan_key *wanted = &object->keys[number - 1];
        if (wanted->length != length) continue;
        const uint8_t *bytes = text + wanted->text;
        if (object->folds ? same_folded(key, bytes, length) : cscan_same(key, bytes, length)) return (int)number - 1;
    }
    return -1;
}

/* The step at an offset. */
INLINE cscan_step *step_at(cscan_object *object, uint16_t offset) {
    return (cscan_step *)(void *)((uint8_t *)object->steps + offset);
}

INLINE uint16_t offset_of(const cscan_object *object, const cscan_step *step) {
    return (uint16_t)((const uint8_t *)step - (const uint8_t *)object->steps);
}

/* Remembers that the key, `length` bytes with quote and colon, came after the step `before`; its step, or the first when
 * it is too long or there is no room. */
static uint16_t learn(cscan_object *object, uint16_t before, const uint8_t *key, size_t length, int number) {
    if (length > sizeof object->steps->text) return 0;
    unsigned index = 1;
    while (index < object->step_count) {
        const cscan_step *known = &object->steps[index];
        if (known->length == length && memcmp(known->text, key, length) == 0) break;
        index++;
    }
    if (index == CSCAN_STEPS) return 0;
    if (index == object->step_count) {
        object->step_count++;
        cscan_step *fresh = &object->steps[index];
        memset(fresh, 0, sizeof *fresh);
        memcpy(fresh->text, key, length);
        fresh->mask = (uint32_t)((UINT64_C(1) << length) - 1);
        fresh->length = (uint8_t)length;
        fresh->number = (int16_t)number;
    }
    const uint16_t step = (uint16_t)(index * sizeof(cscan_step));
    uint16_t *followers = step_at(object, before)->followers;
    if (followers[0] != step) {
        followers[1] = followers[0];
        followers[0] = step;
    }
    return step;
}

/* `found`, by way of the guess when that is right: a branch the processor predicts, where a computed value would make
 * everything after it wait. The empty statement keeps the compiler from seeing that both are the same; it must stand
 * before the comparison, as behind it the compiler would hand over the computed one. */
INLINE size_t by_guess(size_t found, cscan_step *step) {
    const size_t guess = step->value_length;
    size_t guessed = guess;
    __asm__("" : "+r"(guessed));
    if (__builtin_expect(found == guess, 1)) return guessed;
    step->value_length = (uint8_t)found;
    return found;
}

INLINE void reset(const cscan_object *object, cscan_slot *slots) {
    for (uint32_t i = 0; i < object->reset_count; i++) {
        const cscan_reset below = object->resets[i];
        slots[below.slot] = below.is_count ? (cscan_slot){.length = CSCAN_COUNT, .kind = CSCAN_NUMBER}
                                          : (cscan_slot){.length = 0};
    }
}

/* Behind the escape at `p`, or NULL when it is wrong or cut. */
static const uint8_t *escape_end(const uint8_t *p) {
    static const char single[] = "\"\\/bfnrt";
    if (p[1] != 'u') return p[1] && strchr(single, p[1]) ? p + 2 : NULL;
    for (int i = 2; i < 6; i++) {
        const uint8_t c = p[i] | 0x20;
        if ((uint8_t)(p[i] - '0') > 9 && (uint8_t)(c - 'a') > 5) return NULL;
    }
    return p + 6;
}

/* Below: the walk, once with SSE2 or plain C, once more with AVX2. */

#define NAME(name) name##_baseline
#define STRING_END cscan_string_end

/* One bit for each of the 32 bytes at `p` that ends or interrupts a string; `*high`: for each above 0x7f. */
INLINE uint32_t stops_baseline(const uint8_t *p, uint32_t *high) {
    uint32_t stops = 0, above = 0;
#if defined(__x86_64__)
    const __m128i quote = _mm_set1_epi8('"'), backslash = _mm_set1_epi8('\\'), control = _mm_set1_epi8(0x1f);
    for (int i = 0; i < 32; i += 16) {
        const __m128i bytes = _mm_loadu_si128((const __m128i *)(p + i));
        const __m128i stop = _mm_or_si128(
            _mm_or_si128(_mm_cmpeq_epi8(bytes, quote), _mm_cmpeq_epi8(bytes, backslash)),
            _mm_cmpeq_epi8(_mm_min_epu8(bytes, control), bytes));
        stops |= (uint32_t)_mm_movemask_epi8(stop) << i;
        above |= (uint32_t)_mm_movemask_epi8(bytes) << i;
    }
#else
    for (int i = 0; i < 32; i++) {
        stops |= (uint32_t)(p[i] == '"' || p[i] == '\\' || p[i] < 0x20) << i;
        above |= (uint32_t)(p[i] >> 7) << i;
    }
#endif
    *high = above;
    return stops;
}

INLINE bool matches_baseline(const cscan_step *step, const uint8_t *key) {
#if defined(__x86_64__)
    const __m128i low = _mm_cmpeq_epi8(_mm_loadu_si128((const __m128i *)key), _mm_loadu_si128((const __m128i *)step->text));
    const __m128i high = _mm_cmpeq_epi8(
        _mm_loadu_si128((const __m128i *)(key + 16)), _mm_loadu_si128((const __m128i *)(step->text + 16)));
    const uint32_t same = (uint32_t)_mm_movemask_epi8(low) | (uint32_t)_mm_movemask_epi8(high) << 16;
    return (step->mask & ~same) == 0;
#else
    return memcmp(key, step->text, step->length) == 0;
#endif
}

/* How many decimal digits stand at `p`, up to 16. */
INLINE unsigned digits_baseline(const uint8_t *p) {
#if defined(__x86_64__)
    const __m128i v = _mm_sub_epi8(_mm_loadu_si128((const __m128i *)p), _mm_set1_epi8('0'));
    const __m128i digit = _mm_cmpeq_epi8(_mm_min_epu8(v, _mm_set1_epi8(9)), v);
    return (unsigned)__builtin_ctz(~(uint32_t)_mm_movemask_epi8(digit));
#else
    unsigned count = 0;
    while (count < 16 && (uint8_t)(p[count] - '0') <= 9) count++;
    return count;
#endif
}

#include "WalkBody.h"

#undef NAME
#undef STRING_END

#if defined(__x86_64__)

#pragma clang attribute push(__attribute__((target("avx2,bmi,bmi2,popcnt"))), apply_to = function)

#define NAME(name) name##_avx2
#define STRING_END string_end_avx2
#define digits_avx2 digits_baseline

INLINE bool matches_avx2(const cscan_step *step, const uint8_t *key) {
    const __m256i same =
        _mm256_cmpeq_epi8(_mm256_loadu_si256((const __m256i *)key), _mm256_loadu_si256((const __m256i *)step->text));
    return (step->mask & ~(uint32_t)_mm256_movemask_epi8(same)) == 0;
}

INLINE uint32_t stops_avx2(const uint8_t *p, uint32_t *high) {
    const __m256i quote = _mm256_set1_epi8('"'), backslash = _mm256_set1_epi8('\\'), control = _mm256_set1_epi8(0x1f);
    const __m256i bytes = _mm256_loadu_si256((const __m256i *)p);
    const __m256i stops = _mm256_or_si256(
        _mm256_or_si256(_mm256_cmpeq_epi8(bytes, quote), _mm256_cmpeq_epi8(bytes, backslash)),
        _mm256_cmpeq_epi8(_mm256_min_epu8(bytes, control), bytes));
    *high = (uint32_t)_mm256_movemask_epi8(bytes);
    return (uint32_t)_mm256_movemask_epi8(stops);
}

/* As cscan_string_end, 32 bytes at a time. */
INLINE const uint8_t *string_end_avx2(const uint8_t *p, uint32_t *high) {
    for (;; p += 32) {
        uint32_t above;
        const uint32_t stops = stops_avx2(p, &above);
        if (stops) {
            *high |= above & (stops ^ (stops - 1));
            return p + __builtin_ctz(stops);
        }
        *high |= above;
    }
}

#include "WalkBody.h"

#undef NAME
#undef STRING_END
#pragma clang attribute pop

#endif

#if defined(__x86_64__)
static bool has_avx2(void) { return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("bmi2"); }
#endif

const uint8_t *cscan_members_with(
    int implementation, const uint8_t *p, int object, bool starts, uint32_t levels, cscan_walk *walk) {
#if defined(__x86_64__)
    if (implementation == 2 && has_avx2()) return members_avx2(p, object, starts, levels, walk);
#endif
    (void)implementation;
    return members_baseline(p, object, starts, levels, walk);
}

const uint8_t *cscan_members(const uint8_t *p, int object, bool starts, uint32_t levels, cscan_walk *walk) {
    return cscan_members_with(2, p, object, starts, levels, walk);
}

const uint8_t *cscan_record(const uint8_t *p, int object, uint32_t levels, cscan_walk *walk) {
    memcpy(walk->slots, walk->blank, walk->slot_count * sizeof *walk->slots);
#if defined(__x86_64__)
    if (has_avx2()) return object_avx2(p, object, levels, walk);
#endif
    return object_baseline(p, object, levels, walk);
}
