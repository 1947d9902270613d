// Writes the rows of a first library sync as Store/LibraryInsertion.swift does: same tables, same order, same bytes.
#pragma once
#include "record.hpp"
#include <algorithm>
#include <sqlite3.h>

class Statement {
    sqlite3 *db;
    sqlite3_stmt *raw;
    int next = 1;

    void check(int code) {
        if (code != SQLITE_OK) die(std::string("SQLite: ") + sqlite3_errmsg(db));
    }

public:
    Statement(sqlite3 *db, const char *sql) : db(db) {
        check(sqlite3_prepare_v3(db, sql, -1, SQLITE_PREPARE_PERSISTENT, &raw, nullptr));
    }
    Statement(const Statement &) = delete;
    ~Statement() { sqlite3_finalize(raw); }

    Statement &integer(int64_t value) { return check(sqlite3_bind_int64(raw, next++, value)), *this; }
    Statement &null() { return check(sqlite3_bind_null(raw, next++)), *this; }
    Statement &text(std::string_view value) {
        if (!value.data()) return null();
        return check(sqlite3_bind_text(raw, next++, value.data(), int(value.size()), SQLITE_STATIC)), *this;
    }
    Statement &blob(std::string_view value) {
        return check(sqlite3_bind_blob(raw, next++, value.data(), int(value.size()), SQLITE_STATIC)), *this;
    }
    Statement &integer(const Fields &line, Slot slot) { return line.has(slot) ? integer(line.integer(slot)) : null(); }
    Statement &digits(std::string_view value) {
        uint64_t id;
        return number(value, id) ? integer(int64_t(id)) : null();
    }

    // Runs it; one row changed, or it is no measurement.
    void run(bool changes_row = true) {
        if (sqlite3_step(raw) != SQLITE_DONE) die(std::string("SQLite: ") + sqlite3_errmsg(db));
        if (changes_row && sqlite3_changes(db) != 1) die("a row was not written");
        sqlite3_reset(raw);
        next = 1;
    }
};

inline void execute(sqlite3 *db, const char *sql) {
    if (sqlite3_exec(db, sql, nullptr, nullptr, nullptr) != SQLITE_OK) die(std::string(sql) + ": " + sqlite3_errmsg(db));
}

// The settings of Database/SQLite/SQLiteOpening.swift.
inline sqlite3 *open_database(const char *path) {
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    sqlite3 *db;
    if (sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, nullptr) != SQLITE_OK)
        die(std::string("cannot open ") + path);
    execute(db,
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 67108864");
    return db;
}

// A key that waits for its turn in the index.
struct Key {
    int64_t request;
    const char *kind, *instance;
    std::string value, identity;
};

class Insertion {
    sqlite3 *db;
    int64_t now;
    bool sorts_keys;
    Statement requests{
        db, "INSERT INTO requests(id, media_type, origin, title, title_key, year, overview, poster_url, jellyfin_instance,"
            " jellyfin_id, tmdb_id, tvdb_id, imdb_id, radarr_instance, radarr_id, sonarr_instance, sonarr_id, is_anime,"
            " state, uncertain, requested_by, created_at, updated_at, state_changed_at, available_at,"
            " available_approximate, version) VALUES(?,?,'library_sync',?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,0,'Library Sync',"
            "?,?,?,?,?,1)"};
    Statement keys{db, "INSERT INTO request_keys(request_id, kind, instance, value, identity) VALUES(?,?,?,?,?)"};
    Statement facts{
        db, "INSERT INTO facts(id, request_id, unit_id, service, instance, channel, fact, natural_key, holds, observed_at,"
            " received_at) VALUES(?,?,0,'jellyfin',?,'sync','playable',?,1,?,?)"};
    Statement timeline{
        db, "INSERT INTO timeline(id, request_id, unit_id, entry_key, at, service, event, state)"
            " VALUES(?,?,0,'synced_from_library',?,'jellyfin','synced_from_library',?)"};
    Statement changes{
        db, "INSERT INTO changes(id, job_id, request_id, action, field, source, at) VALUES(?,?,?,'add','','jellyfin',?)"};
    Statement search{db, "INSERT INTO requests_search(rowid, title_key) VALUES(?,?)"};
    std::string key, identity;
    std::vector<Key> waiting;

    void add_key(int64_t id, const char *kind, const char *instance, std::string_view value, std::string_view identity) {
        if (sorts_keys) return waiting.push_back({id, kind, instance, std::string(value), std::string(identity)});
        keys.integer(id).text(kind).text(instance).text(value).text(identity.empty() ? std::string_view() : identity).run();
    }

    static std::string folded(std::string_view title) {
        std::string result(title);
        for (char &c : result) {
            if (c & 0x80) die("a title beyond ASCII: not a plain library");
            if (c >= 'A' && c <= 'Z') c |= 0x20;
        }
        return result;
    }

    static std::string hex(std::string_view id) {
        std::string text;
        for (unsigned char c : id) text += "0123456789abcdef"[c >> 4], text += "0123456789abcdef"[c & 15];
        return text;
    }

    void add_keys(int64_t id, const Fields &line, bool is_film, const std::string &item) {
        struct { Slot slot; const char *name; } providers[] = {{Tmdb, "tmdb"}, {Tvdb, "tvdb"}, {Imdb, "imdb"}};
        for (auto [slot, name] : providers) {
            if (!line.has(slot)) continue;
            identity.assign(is_film ? "movie|" : "tv|").append(name).append("||").append(line.text(slot));
            identity.append("|library_sync|1||");
            add_key(id, name, "", line.text(slot), identity);
        }
        add_key(id, "jellyfin", "default", item, {});
        if (!line.has(CatalogueID)) return;
        key = std::to_string(line.integer(CatalogueID));
        add_key(id, is_film ? "radarr" : "sonarr", "default", key, {});
    }

    void add_request(int64_t id, const Fields &line, bool is_film, const std::string &title_key) {
        requests.integer(id).text(is_film ? "movie" : "tv").text(line.text(Title)).text(title_key).integer(line, Year);
        requests.text(line.text(Overview)).text(line.text(PosterURL)).text(line.text(ItemInstance)).blob(line.text(Id));
        requests.digits(line.text(Tmdb)).digits(line.text(Tvdb)).text(line.text(Imdb));
        if (!is_film) requests.null().null();
        requests.text(line.text(CatalogueInstance)).integer(line, CatalogueID);
        if (is_film) requests.null().null();
        requests.integer(line, IsAnime).text(line.text(Stage)).integer(now).integer(now).integer(now);
        requests.integer(line, AvailableAt).integer(line, IsApproximate).run();
    }

public:
    Insertion(sqlite3 *db, int64_t now, bool sorts_keys) : db(db), now(now), sorts_keys(sorts_keys) {}

    // With --sorted-keys: 20,000 at a time in the order of their index, as Store/PendingKeys.swift does.
    void write_waiting(size_t least) {
        if (waiting.size() < least) return;
        std::sort(waiting.begin(), waiting.end(), [](const Key &a, const Key &b) {
            int kinds = strcmp(a.kind, b.kind);
            return kinds ? kinds < 0 : a.value < b.value;
        });
        for (auto &key : waiting)
            keys.integer(key.request).text(key.kind).text(key.instance).text(key.value)
                .text(key.identity.empty() ? std::string_view() : key.identity).run();
        waiting.clear();
    }

    // Table by table within a batch, so that each table's pages stay warm.
    void write(int64_t first, const std::vector<Fields> &batch) {
        std::vector<std::string> items, titles;
        for (auto &line : batch) items.push_back(hex(line.text(Id))), titles.push_back(folded(line.text(Title)));
        auto is_film = [&](size_t at) { return batch[at].integer(Type) == 0; };
        for (size_t at = 0; at < batch.size(); at++) add_request(first + at, batch[at], is_film(at), titles[at]);
        for (size_t at = 0; at < batch.size(); at++) add_keys(first + at, batch[at], is_film(at), items[at]);
        write_waiting(20'000);
        for (size_t at = 0; at < batch.size(); at++)
            facts.integer(first + at).integer(first + at).text(batch[at].text(ItemInstance)).text(items[at])
                .integer(now).integer(now).run();
        for (size_t at = 0; at < batch.size(); at++)
            timeline.integer(first + at).integer(first + at).integer(now).text(batch[at].text(Stage)).run();
        for (size_t at = 0; at < batch.size(); at++)
            changes.integer(first + at).integer(1).integer(first + at).integer(now).run();
        for (size_t at = 0; at < batch.size(); at++) search.integer(first + at).text(titles[at]).run(false);
    }
};
