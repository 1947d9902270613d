// sync-floor DATABASE [--sorted-keys]: a first library sync as C++ would do it with nothing in the way (architecture.md §7).
//
// DATABASE is a file that Marquee made and that holds no requests. Reads the answers Marquee's sync reads (JELLYFIN_URL,
// RADARR_URL, SONARR_URL and their _API_KEYs) with libcurl, parses them with simdjson on demand, and writes the same rows
// in the same batches at the same durability: plan lines 500 at a time, then everything in one transaction. Only a plain
// library: whatever would need judgement ends it. Prints one line of JSON with the CPU this process used.
#include "listings.hpp"
#include "tables.hpp"
#include <sys/resource.h>

static double cpu() {
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    return used.ru_utime.tv_sec + used.ru_stime.tv_sec + (used.ru_utime.tv_usec + used.ru_stime.tv_usec) * 1e-6;
}

static const int64_t job = 1, add = 6;

// Plan lines on their way to `job_items`, and kept for the transaction that carries them out.
class Plan {
    sqlite3 *db;
    Statement insert{db, "INSERT INTO job_items(job_id, seq, entry) VALUES(?,?,?)"};
    size_t written = 0;

public:
    std::vector<std::string> lines;

    explicit Plan(sqlite3 *db) : db(db) {}

    void append(const std::string &line) {
        lines.push_back(line);
        if (lines.size() - written == 500) write();
    }

    void write() {
        if (written == lines.size()) return;
        execute(db, "BEGIN IMMEDIATE");
        for (; written < lines.size(); written++)
            insert.integer(job).integer(add << 40 | int64_t(written + 1)).blob(lines[written]).run();
        execute(db, "COMMIT");
    }
};

static void apply(sqlite3 *db, const Plan &plan, int64_t now, bool sorts_keys) {
    execute(db, "BEGIN IMMEDIATE");
    size_t films = 0, count = plan.lines.size();
    Insertion insertion(db, now, sorts_keys);
    for (size_t start = 0; start < count; start += 500) {
        std::vector<Fields> batch;
        for (size_t at = start; at < count && at < start + 500; at++) {
            batch.emplace_back(plan.lines[at]);
            films += batch.back().integer(Type) == 0;
        }
        insertion.write(int64_t(start) + 1, batch);
    }
    insertion.write_waiting(1);
    Statement counter(db, "INSERT INTO counters(name, n) VALUES(?,?) ON CONFLICT DO UPDATE SET n = excluded.n");
    for (auto name : {"id|requests", "id|facts", "id|timeline", "id|changes", "listing|jellyfin|default"})
        counter.text(name).integer(int64_t(count)).run();
    counter.text("id|jobs").integer(job).run();
    if (films) counter.text("requests|movie|available|library_sync").integer(int64_t(films)).run();
    if (count > films) counter.text("requests|tv|available|library_sync").integer(int64_t(count - films)).run();
    Statement ended(db, "INSERT INTO events(at, topic, object_id, data) VALUES(?,?,?,'{}')");
    ended.integer(now).text("job").integer(job).run();
    Statement(db, "UPDATE jobs SET state = 'succeeded', lane = NULL, finished_at = ? WHERE id = ?").integer(now).integer(job).run();
    execute(db, "COMMIT");
}

static void start_job(sqlite3 *db, int64_t now) {
    Statement(db, "INSERT INTO jobs(id, kind, target, state, dry_run, started_by, params, lane, created_at, started_at, done,"
                  " counts, cancel_requested) VALUES(?,'library_sync','','running',0,'floor','{}','sync',?,?,0,'{}',0)")
        .integer(job).integer(now).integer(now).run();
}

int main(int count, char **arguments) {
    bool sorts_keys = count == 3 && !strcmp(arguments[2], "--sorted-keys");
    if (count != 2 && !sorts_keys) die("usage: sync-floor DATABASE [--sorted-keys]");
    sqlite3 *db = open_database(arguments[1]);
    int64_t now = time(nullptr) * 1000;
    double begun = cpu();
    Catalogue radarr, sonarr;
    Plan plan(db);
    start_job(db, now);
    Client client;
    read_catalogue(client, "RADARR", radarr);
    read_catalogue(client, "SONARR", sonarr);
    double catalogues = cpu();
    Library library{radarr, sonarr};
    read_library(client, library, [&](const std::string &line) { plan.append(line); });
    plan.write();
    double planned = cpu();
    apply(db, plan, now, sorts_keys);
    double applied = cpu();
    rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("{\"items\":%zu,\"bytes\":%zu,\"calls\":%d,\"cpu\":%.4f,\"catalogues\":%.4f,\"plan\":%.4f,\"apply\":%.4f,"
           "\"peak_mb\":%.1f}\n",
           plan.lines.size(), client.total, client.calls, applied - begun, catalogues - begun, planned - catalogues,
           applied - planned, used.ru_maxrss / 1024.0);
    return 0;
}
