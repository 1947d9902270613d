/* The walk itself, included by Walk.c once per instruction set with NAME, STRING_END, matches, and digits defined.
 * Every function returns NULL, or stops, where the careful parser must decide. */

static const uint8_t *NAME(members)(const uint8_t *p, int object, bool starts, uint32_t levels, cscan_walk *walk);

/* Index of the closing quote of a string that has an escape at `p`, or NULL. */
static const uint8_t *NAME(escaped_end)(const uint8_t *p, uint32_t *high) {
    while (*p == '\\') {
        p = escape_end(p);
        if (!p) return NULL;
        p = STRING_END(p, high);
    }
    return *p == '"' ? p : NULL;
}

/* Behind the string whose opening quote is at `p`. */
INLINE const uint8_t *NAME(plain_string)(const uint8_t *p, bool wanted, cscan_step *step, bool *escaped) {
    const uint8_t *const first = p + 1, *end;
    uint32_t above, second_above, high;
    uint32_t stops = NAME(stops)(first, &above);
    if (stops) {
        end = first + by_guess((size_t)__builtin_ctz(stops), step);
        high = above & (stops ^ (stops - 1));
    } else if ((stops = NAME(stops)(first + 32, &second_above))) {
        end = first + by_guess(32 + (size_t)__builtin_ctz(stops), step);
        high = above | (second_above & (stops ^ (stops - 1)));
    } else {
        high = above | second_above;
        end = STRING_END(first + 64, &high);
    }
    if (RARE(*end != '"')) {
        end = NAME(escaped_end)(end, &high);
        if (!end) return NULL;
        *escaped = true;
    }
    if (wanted && RARE(high)) {
        bool incomplete;
        const size_t length = (size_t)(end - first);
        if (cscan_utf8_valid(first, length, &incomplete) != length) return NULL;
    }
    return end + 1;
}

/* Behind the number, true, false, or null at `p`. */
INLINE const uint8_t *NAME(plain_scalar)(const uint8_t *p, const uint8_t *end, uint8_t *kind, cscan_step *step) {
    const uint8_t first = *p;
    if ((uint8_t)(first - '0') <= 9 || first == '-') {
        *kind = CSCAN_NUMBER;
        const uint8_t *start = p + (first == '-');
        const size_t count = by_guess(NAME(digits)(start), step);
        const uint8_t after = start[count];
        if (count > 0 && count < 16 && (*start != '0' || count == 1) && after != '.' && (after | 0x20) != 'e') {
            if (RARE(start + count >= end)) return NULL;
            return start + count;
        }
        uint8_t state = CSCAN_NUMBER_START;
        p = cscan_number_end(p, &state);
        const unsigned whole = 1 << CSCAN_NUMBER_ZERO | 1 << CSCAN_NUMBER_INTEGER | 1 << CSCAN_NUMBER_FRACTION |
                               1 << CSCAN_NUMBER_EXPONENT;
        return p < end && (whole >> state & 1) ? p : NULL;
    }
    if (first == 't') {
        *kind = CSCAN_BOOL;
        if (RARE(memcmp(p, "true", 4) != 0)) return NULL;
        return p + 4;
    }
    if (first == 'f') {
        *kind = CSCAN_BOOL;
        if (RARE(memcmp(p, "false", 5) != 0)) return NULL;
        return p + 5;
    }
    *kind = CSCAN_NULL;
    if (RARE(memcmp(p, "null", 4) != 0)) return NULL;
    return p + 4;
}

/* Behind the container that `p` is inside of, skipped. */
static const uint8_t *NAME(rest)(const uint8_t *p, const uint8_t *end, uint32_t levels, bool is_object) {
    cscan_skip_state state = {.kinds = is_object, .depth = 1, .limit = levels};
    p = cscan_skip(p, end, &state);
    return state.status == CSCAN_CLOSED ? p : NULL;
}

/* Behind the container at `p`, skipped. */
static const uint8_t *NAME(plain_container)(const uint8_t *p, const uint8_t *end, uint32_t levels) {
    if (levels == 0) return NULL;
    if (p[1] == *p + 2) return p + 2; /* {} or []: each closing bracket is two above its opening one */
    return NAME(rest)(p + 1, end, levels, *p == '{');
}

/* Behind the unwanted value at `p`. */
INLINE const uint8_t *NAME(unwanted)(const uint8_t *p, uint32_t levels, const cscan_walk *walk, cscan_step *step) {
    uint8_t kind;
    bool escaped;
    if (*p == '"') return NAME(plain_string)(p, false, step, &escaped);
    if (*p == '{' || *p == '[') return NAME(plain_container)(p, walk->end, levels);
    return NAME(plain_scalar)(p, walk->end, &kind, step);
}

/* Behind the object at `p` whose members are wanted. */
static const uint8_t *NAME(object)(const uint8_t *p, int object, uint32_t levels, cscan_walk *walk) {
    if (levels == 0) return NULL;
    if (p[1] == '}') return p + 2;
    p = NAME(members)(p + 1, object, true, levels - 1, walk);
    if (RARE(walk->status != CSCAN_AT_SEPARATOR || *p != '}')) return NULL;
    return p + 1;
}

/* Behind the array at `p`, of which the number of elements or the first element's members are wanted. */
static const uint8_t *NAME(array)(const uint8_t *p, const cscan_key *key, uint32_t levels, cscan_walk *walk) {
    if (levels == 0) return NULL;
    cscan_step step = {.value_length = 0};
    int32_t count = 0;
    p++;
    if (*p == ']') return p + 1;
    for (;; p++) {
        p = count == 0 && key->element >= 0 && *p == '{' ? NAME(object)(p, key->element, levels - 1, walk)
                                                         : NAME(unwanted)(p, levels - 1, walk, &step);
        if (RARE(!p)) return NULL;
        count++;
        if (*p == ']') break;
        if (*p != ',') return NULL;
        if (key->count_slot < 0) return NAME(rest)(p + 1, walk->end, levels, false);
    }
    if (key->count_slot >= 0) walk->slots[key->count_slot].offset = count;
    return p + 1;
}

/* Forgets what an earlier member of the same name left below the key. */
INLINE void NAME(forget)(const cscan_key *key, cscan_walk *walk) {
    cscan_slot *slots = walk->slots;
    if (key->object >= 0) reset(&walk->objects[key->object], slots);
    if (key->element >= 0) reset(&walk->objects[key->element], slots);
    if (key->count_slot >= 0) slots[key->count_slot] = (cscan_slot){.length = CSCAN_COUNT, .kind = CSCAN_NUMBER};
}

/* Behind the value at `p` of a wanted key. */
INLINE const uint8_t *NAME(wanted)(
    const uint8_t *p, const cscan_key *key, uint32_t levels, cscan_walk *walk, cscan_step *step) {
    cscan_slot *slots = walk->slots;

    cscan_slot found = {.offset = (int32_t)(p - walk->record)};
    const uint8_t *start = p;
    switch (*p) {
    case '"':
        p = NAME(plain_string)(p, true, step, &found.escaped);
        if (RARE(!p)) return NULL;
        found.offset++;
        found.length = (int32_t)(p - start) - 2;
        found.kind = CSCAN_STRING;
        walk->escapes |= found.escaped;
        break;
    case '{':
        p = key->object >= 0 ? NAME(object)(p, key->object, levels, walk) : NAME(plain_container)(p, walk->end, levels);
        found.kind = CSCAN_OBJECT;
        break;
    case '[':
        p = key->element >= 0 || key->count_slot >= 0 ? NAME(array)(p, key, levels, walk)
                                                      : NAME(plain_container)(p, walk->end, levels);
        found.kind = CSCAN_ARRAY;
        break;
    default:
        p = NAME(plain_scalar)(p, walk->end, &found.kind, step);
        if (RARE(!p)) return NULL;
        found.length = (int32_t)(p - start);
    }
    if (key->slot >= 0) slots[key->slot] = found;
    return p;
}

static const uint8_t *NAME(members)(const uint8_t *p, int object, bool starts, uint32_t levels, cscan_walk *walk) {
    cscan_object *const here = &walk->objects[object];
    cscan_step *step = step_at(here, starts ? 0 : here->step);
    uint64_t seen = starts ? 0 : ~UINT64_C(0); /* one bit per wanted key, shared beyond 64: only these need to forget */
    for (;; p++) {
        const uint8_t *const member = p, *key = p + 1;
        if (RARE(*p != '"')) break;
        cscan_step *const first = step_at(here, step->followers[0]), *const second = step_at(here, step->followers[1]);
        int number;
        if (step->followers[0] && NAME(matches)(first, key)) {
            step = first;
            number = step->number;
            p = key + step->length;
        } else if (step->followers[1] && NAME(matches)(second, key)) {
            step = second;
            number = step->number;
            p = key + step->length;
        } else {
            uint32_t high = 0;
            p = STRING_END(key, &high);
            if (p[0] != '"' || p[1] != ':' || high || p == key) { p = member; break; }
            number = cscan_find(here, walk->text, key, (size_t)(p - key));
            p += 2;
            step = step_at(here, learn(here, offset_of(here, step), key, (size_t)(p - key), number));
        }

        if (number < 0) {
            p = NAME(unwanted)(p, levels, walk, step);
        } else if (here->keys[number].special) {
            here->step = offset_of(here, step);
            walk->found = number;
            walk->status = CSCAN_AT_VALUE;
            return p;
        } else {
            const uint64_t bit = UINT64_C(1) << (number & 63);
            if (RARE(seen & bit)) NAME(forget)(&here->keys[number], walk);
            seen |= bit;
            p = NAME(wanted)(p, &here->keys[number], levels, walk, step);
        }
        if (RARE(!p)) { p = member; break; }
        if (p[0] != ',' || p[1] != '"') {
            here->step = offset_of(here, step);
            walk->status = CSCAN_AT_SEPARATOR;
            return p;
        }
    }
    here->step = offset_of(here, step);
    walk->status = CSCAN_AT_KEY;
    return p;
}
