// The line of a stored plan as Marquee writes it (Sources/Domain/Media/PackedRecord.swift): slot, length, payload.
#pragma once
#include "support.hpp"

// Media.LibraryItem.Slot and Media.PlannedChange.Slot.
enum Slot : uint8_t {
    Id = 0, Type = 1, Title = 2, Year = 3, Overview = 4, Path = 5, PosterURL = 6, CreatedAt = 7, Tmdb = 8, Tvdb = 9,
    Imdb = 10, IsPlayable = 13, Action = 14, CatalogueID = 18, CatalogueInstance = 19, Stage = 20, Fills = 21,
    FromCatalogue = 22, AvailableAt = 23, IsApproximate = 24, IsAnime = 25, Items = 29, ItemInstance = 30, SlotCount = 36
};

// Media.FillableField.
enum Field { JellyfinIDField, TmdbField, TvdbField, ImdbField, RadarrField, SonarrField, AnimeField, PosterField, YearField,
             OverviewField, AvailableField };

struct Record {
    std::string bytes;

    void put(Slot slot, std::string_view value) {
        bytes.push_back(char(slot));
        size_t rest = value.size();
        for (; rest >= 0x80; rest >>= 7) bytes.push_back(char(rest & 0x7f | 0x80));
        bytes.push_back(char(rest));
        bytes.append(value);
    }

    void put(Slot slot, int64_t value) { put(slot, std::string_view(reinterpret_cast<char *>(&value), 8)); }
};

// A line taken apart again; a slot that is not there has no address.
struct Fields {
    std::string_view slots[SlotCount];

    explicit Fields(std::string_view line) {
        for (size_t at = 0; at < line.size();) {
            uint8_t slot = line[at++];
            size_t length = 0;
            for (int shift = 0;; shift += 7) {
                uint8_t byte = line[at++];
                length |= size_t(byte & 0x7f) << shift;
                if (byte < 0x80) break;
            }
            slots[slot] = line.substr(at, length);
            at += length;
        }
    }

    bool has(Slot slot) const { return slots[slot].data(); }
    std::string_view text(Slot slot) const { return slots[slot]; }
    int64_t integer(Slot slot) const {
        int64_t value;
        memcpy(&value, slots[slot].data(), 8);
        return value;
    }
};
