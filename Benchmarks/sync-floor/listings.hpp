// Reads the same answers as Marquee's sync, with simdjson on demand, into lines of a plan.
#pragma once
#include "http.hpp"
#include "record.hpp"
#include <cmath>
#include <ctime>

namespace json = simdjson::ondemand;

struct Catalogue {
    struct Entry {
        int64_t id, added;
        bool has_file, is_anime;
        std::string imdb;
    };
    std::vector<Entry> entries;
    KeyTable by_native{400'000};
};

// Radarr's films or Sonarr's series, by the number each of them knows titles by.
inline void read_catalogue(Client &client, const char *service, Catalogue &catalogue) {
    bool is_radarr = !strcmp(service, "RADARR");
    auto url = setting((std::string(service) + "_URL").c_str()) + "/api/v3/";
    auto header = "X-Api-Key: " + setting((std::string(service) + "_API_KEY").c_str());
    json::parser parser;
    auto tags = parser.iterate(client.get(url + "tag", header));
    for (json::object tag : tags.get_array())
        if (std::string_view(tag["label"]) == "anime") die("a tag named anime: not a plain library");
    auto answer = client.get(
        url + (is_radarr ? "movie?excludeLocalCovers=true" : "series?includeSeasonImages=false"), header);
    auto document = parser.iterate(answer);
    for (json::object entry : document.get_array()) {
        int64_t id = 0, native = 0, files = 0;
        bool has_file = false, is_anime = false;
        std::string_view imdb, added;
        for (auto field : entry) {
            json::raw_json_string key = field.key();
            if (key == "id") id = field.value();
            else if (key == (is_radarr ? "tmdbId" : "tvdbId")) native = field.value();
            else if (key == "imdbId") imdb = field.value();
            else if (key == "hasFile" && is_radarr) has_file = field.value();
            else if (key == "movieFile" && is_radarr) added = field.value()["dateAdded"];
            else if (key == "seriesType") is_anime = std::string_view(field.value()) == "anime";
            else if (key == "statistics" && !is_radarr) files = field.value()["episodeFileCount"];
        }
        if (!id || !native) die(std::string(service) + " lists an entry without ids");
        catalogue.by_native.insert(native, uint32_t(catalogue.entries.size()));
        catalogue.entries.push_back(
            {id, milliseconds(added) / 1000 * 1000, is_radarr ? has_file : files > 0, is_anime, std::string(imdb)});
    }
}

// What one pass over Jellyfin needs besides its pages.
struct Library {
    const Catalogue &radarr, &sonarr;
    std::string base = setting("JELLYFIN_URL") + "/Items";
    std::string images = base + "/";
    std::string header = "Authorization: MediaBrowser Token=\"" + setting("JELLYFIN_API_KEY") + "\"";
    int64_t now = time(nullptr) * 1000;
    KeyTable known{3'000'000};
    size_t count = 0;
    std::string url{};

    // Exactly the parameters of Upstreams/Jellyfin.
    std::string page(size_t start, int limit, bool has_fields) const {
        return base + "?recursive=true&includeItemTypes=Movie%2CSeries"
            + (has_fields ? "&fields=ProviderIds%2CPath%2COverview%2CDateCreated%2CMediaSources" : "")
            + "&collapseBoxSetItems=false&enableUserData=false&sortBy=DateCreated%2CSortName&sortOrder=Ascending"
            + "&startIndex=" + std::to_string(start) + "&limit=" + std::to_string(limit);
    }

    // Each id stands for one item here; one seen twice would need a person.
    void claim(uint64_t name, uint64_t value) {
        if (!known.insert(name << 57 | (value & ((1ull << 57) - 1)), uint32_t(count)))
            die("an id that two items carry: not a plain library");
    }
};

struct Item {
    std::string_view id, name, type, overview, path, created, location, tmdb, tvdb, imdb, poster;
    int64_t year = 0;
    bool has_source = false;
};

inline Item read_item(json::object object) {
    Item item;
    for (auto field : object) {
        json::raw_json_string key = field.key();
        if (key == "Id") item.id = field.value();
        else if (key == "Name") item.name = field.value();
        else if (key == "Type") item.type = field.value();
        else if (key == "ProductionYear") item.year = field.value();
        else if (key == "Overview") item.overview = field.value();
        else if (key == "Path") item.path = field.value();
        else if (key == "DateCreated") item.created = field.value();
        else if (key == "LocationType") item.location = field.value();
        else if (key == "MediaSources") {
            for (auto source : field.value().get_array()) { (void)source; item.has_source = true; break; }
        } else if (key == "ProviderIds") {
            for (auto provider : field.value().get_object()) {
                json::raw_json_string name = provider.key();
                if (name == "Tmdb") item.tmdb = provider.value();
                else if (name == "Tvdb") item.tvdb = provider.value();
                else if (name == "Imdb") item.imdb = provider.value();
                else die("a provider beyond TMDB, TVDB and IMDb: not a plain library");
            }
        } else if (key == "ImageTags") item.poster = field.value()["Primary"];
    }
    return item;
}

inline void unhex(std::string_view digits, char *bytes) {
    auto value = [](unsigned char c) { return c <= '9' ? c - '0' : (c | 32) - 'a' + 10; };
    if (digits.size() != 32) die("an item id that is no GUID");
    for (int at = 0; at < 16; at++) bytes[at] = char(value(digits[2 * at]) << 4 | value(digits[2 * at + 1]));
}

inline bool names_anime(std::string_view path) {
    for (size_t start = 0; start <= path.size();) {
        size_t end = path.find_first_of("/\\", start);
        if (end == std::string_view::npos) end = path.size();
        if (end - start == 5 && !strncasecmp(path.data() + start, "anime", 5)) return true;
        start = end + 1;
    }
    return false;
}

// Matches one item with its entry in the *arr and writes the line that adds it.
inline void plan(const Item &item, Library &library, Record &line) {
    bool is_film = item.type == "Movie";
    if ((!is_film && item.type != "Series") || item.location == "Virtual" || item.location == "Offline")
        die("an item that is neither film nor series, or not there: not a plain library");
    if (item.name.empty() || item.overview.empty() || item.path.empty() || item.poster.empty() || item.year <= 0)
        die("an item with gaps: not a plain library");
    char id[16];
    unhex(item.id, id);
    uint64_t key, tmdb = 0, tvdb = 0, imdb = 0;
    memcpy(&key, id, 8);
    library.claim(30, key);
    if (number(item.tmdb, tmdb)) library.claim(is_film ? 1 : 33, tmdb);
    if (number(item.tvdb, tvdb)) library.claim(is_film ? 2 : 34, tvdb);
    if (item.imdb.size() > 2 && number(item.imdb.substr(2), imdb)) library.claim(is_film ? 3 : 35, imdb);

    int64_t fills = 1 << JellyfinIDField | 1 << PosterField | 1 << YearField | 1 << OverviewField;
    line.bytes.clear();
    line.put(Id, std::string_view(id, 16));
    line.put(Type, is_film ? 0 : 1);
    line.put(Year, item.year);
    line.put(Overview, item.overview);
    line.put(Path, item.path);
    library.url.assign(library.images).append(item.id).append("/Images/Primary?tag=").append(item.poster);
    line.put(PosterURL, library.url);
    line.put(Title, item.name);
    int64_t created = milliseconds(item.created);
    if (created) line.put(CreatedAt, created);
    if (tmdb) line.put(Tmdb, item.tmdb), fills |= 1 << TmdbField;
    if (tvdb) line.put(Tvdb, item.tvdb), fills |= 1 << TvdbField;
    if (imdb) line.put(Imdb, item.imdb), fills |= 1 << ImdbField;
    line.put(IsPlayable, 1);

    auto &catalogue = is_film ? library.radarr : library.sonarr;
    const uint32_t *found = catalogue.by_native.find(is_film ? tmdb : tvdb);
    const Catalogue::Entry *entry = found ? &catalogue.entries[*found] : nullptr;
    if (entry && !entry->imdb.empty() && imdb && entry->imdb != item.imdb) die("ids that contradict: not a plain library");
    if (!is_film && entry && !entry->has_file) die("a series without files: not a plain library");
    line.put(Action, 6);
    line.put(ItemInstance, "default");
    line.put(Items, 1);
    int64_t from_catalogue = 0;
    if (entry) {
        line.put(CatalogueID, entry->id);
        line.put(CatalogueInstance, "default");
        from_catalogue = 1 << (is_film ? RadarrField : SonarrField);
    }
    auto is_sound = [&](int64_t time) { return time >= 946'684'800'000 && time <= library.now; };
    bool is_exact = entry && is_sound(entry->added);
    if (is_exact || is_sound(created)) {
        line.put(AvailableAt, is_exact ? entry->added : created);
        line.put(IsApproximate, is_exact ? 0 : 1);
        fills |= 1 << AvailableField;
        if (is_exact) from_catalogue |= 1 << AvailableField;
    }
    fills |= from_catalogue;
    if ((entry && entry->is_anime) || names_anime(item.path)) {
        line.put(IsAnime, 1);
        fills |= 1 << AnimeField;
    }
    if (from_catalogue) line.put(FromCatalogue, from_catalogue);
    line.put(Fills, fills);
    line.put(Stage, "available");
}

// Reads every page and hands each item's line to `each`.
template <typename Each> void read_library(Client &client, Library &library, Each each) {
    json::parser parser;
    Record line;
    size_t total = 0;
    for (size_t read = 500; read == 500;) {
        auto url = library.page(library.count, 500, true);
        if (library.count) url += "&enableTotalRecordCount=false";
        auto document = parser.iterate(client.get(url, library.header));
        read = 0;
        for (auto field : document.get_object()) {
            json::raw_json_string key = field.key();
            if (key == "Items") {
                for (json::object object : field.value().get_array()) {
                    plan(read_item(object), library, line);
                    each(line.bytes);
                    library.count++;
                    read++;
                }
            } else if (key == "TotalRecordCount" && !total) {
                total = uint64_t(field.value());
            }
        }
    }
    auto last = parser.iterate(client.get(library.page(0, 1, false), library.header));
    if (uint64_t(last["TotalRecordCount"]) != library.count || total != library.count) die("the listing does not add up");
}
