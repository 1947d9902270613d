// Small things every part of the floor needs.
#pragma once
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

// The floor proves nothing when it did other work than asked: every surprise ends it.
[[noreturn]] inline void die(const std::string &why) {
    fprintf(stderr, "sync-floor: %s\n", why.c_str());
    exit(1);
}

inline std::string setting(const char *name) {
    const char *value = getenv(name);
    if (!value || !*value) die(std::string(name) + " is not set");
    return value;
}

// Open addressing over 64-bit keys, sized once: the cheapest map there is for this.
class KeyTable {
    std::vector<uint64_t> keys;
    std::vector<uint32_t> values;
    uint64_t mask;

    size_t slot(uint64_t key) const {
        size_t at = ((key ^ key >> 32) * 0x9e3779b97f4a7c15ull) >> 20 & mask;
        while (keys[at] && keys[at] != key) at = (at + 1) & mask;
        return at;
    }

public:
    explicit KeyTable(size_t entries) {
        size_t size = 1024;
        while (size < entries * 2) size *= 2;
        keys.assign(size, 0);
        values.assign(size, 0);
        mask = size - 1;
    }

    // False when the key is there already.
    bool insert(uint64_t key, uint32_t value) {
        size_t at = slot(key);
        if (keys[at]) return false;
        keys[at] = key;
        values[at] = value;
        return true;
    }

    const uint32_t *find(uint64_t key) const {
        size_t at = slot(key);
        return keys[at] ? &values[at] : nullptr;
    }
};

inline bool number(std::string_view digits, uint64_t &value) {
    value = 0;
    if (digits.empty() || digits.size() > 15) return false;
    for (unsigned char c : digits) {
        if (c < '0' || c > '9') return false;
        value = value * 10 + (c - '0');
    }
    return true;
}

// Milliseconds since 1970 of `2012-01-01T03:31:43[.3349631]Z`; 0 when it is none.
inline int64_t milliseconds(std::string_view text) {
    auto two = [&](size_t at) { return (text[at] - '0') * 10 + text[at + 1] - '0'; };
    if (text.size() < 20 || text[10] != 'T' || text.back() != 'Z') return 0;
    int64_t year = two(0) * 100 + two(2), month = two(5), day = two(8);
    int64_t shifted = year - (month <= 2), era = shifted / 400, of_era = shifted - era * 400;
    int64_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
    int64_t result = (days * 86400 + two(11) * 3600 + two(14) * 60 + two(17)) * 1000;
    int64_t scale = 100;
    for (size_t at = 20; text[19] == '.' && at < 23 && at + 1 < text.size(); at++, scale /= 10)
        result += (text[at] - '0') * scale;
    return result;
}
