// floor SOURCE TARGET BATCH: the floor of webhooks, the plain C interface of SQLite on one thread without any queue.
//
// Writes the rows that Marquee wrote for a series of webhooks (SOURCE, its database) into an empty database of the same
// schema (TARGET), hook by hook: each hook with its share of the new rows and one update of its whole request, BATCH hooks
// to a durable commit. All rows are in memory before the clock starts; nothing is parsed, matched or derived. Afterwards
// the rows of both are counted. Prints one line of JSON.
#include "wire.h"
#include <sqlite3.h>

typedef struct {
    const char *name;
    int columns;
    long rows;
    sqlite3_value **cells;
    sqlite3_stmt *insert;
} Table;

static Table tables[] = {{"inbox"}, {"facts"}, {"timeline"}, {"events"}, {"downloads"}, {"episodes"}, {"request_keys"}, {"checks"}};
enum { TABLES = sizeof tables / sizeof *tables };
static Table requests = {"requests"};
static sqlite3 *source, *target;

static sqlite3_stmt *prepare(sqlite3 *database, const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0)) fail(sql, sqlite3_errmsg(database));
    return statement;
}

static void run(sqlite3_stmt *statement) {
    if (sqlite3_step(statement) != SQLITE_DONE) fail(sqlite3_sql(statement), sqlite3_errmsg(target));
    sqlite3_reset(statement);
}

static void run_sql(const char *sql) {
    if (sqlite3_exec(target, sql, 0, 0, 0)) fail(sql, sqlite3_errmsg(target));
}

static long count(sqlite3 *database, const char *table) {
    char sql[100];
    snprintf(sql, sizeof sql, "SELECT count(*) FROM %s", table);
    sqlite3_stmt *statement = prepare(database, sql);
    sqlite3_step(statement);
    long found = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

// Reads all rows in the order in which they were made.
static void load(Table *table) {
    char sql[4000];
    snprintf(sql, sizeof sql, "SELECT * FROM %s ORDER BY 1", table->name);
    sqlite3_stmt *rows = prepare(source, sql);
    table->columns = sqlite3_column_count(rows);
    long capacity = 0, held = 0;
    while (sqlite3_step(rows) == SQLITE_ROW) {
        table->rows++;
        for (int column = 0; column < table->columns; column++) {
            if (held == capacity) table->cells = realloc(table->cells, sizeof *table->cells * (size_t)(capacity = capacity * 2 + 1024));
            table->cells[held++] = sqlite3_value_dup(sqlite3_column_value(rows, column));
        }
    }
    size_t size = (size_t)snprintf(sql, sizeof sql, "INSERT INTO %s VALUES(", table->name);
    for (int i = 0; i < table->columns; i++) size += (size_t)snprintf(sql + size, sizeof sql - size, i ? ",?" : "?");
    snprintf(sql + size, sizeof sql - size, ")");
    table->insert = prepare(target, sql);
    sqlite3_finalize(rows);
}

static void bind_row(sqlite3_stmt *statement, const Table *table, long row, int first) {
    for (int column = first; column < table->columns; column++)
        sqlite3_bind_value(statement, column - first + 1, table->cells[row * table->columns + column]);
}

static sqlite3_stmt *prepare_update(void) {
    char sql[4000];
    sqlite3_stmt *names = prepare(target, "SELECT name FROM pragma_table_info('requests') WHERE cid > 0 ORDER BY cid");
    size_t size = (size_t)snprintf(sql, sizeof sql, "UPDATE requests SET ");
    for (int i = 0; sqlite3_step(names) == SQLITE_ROW; i++)
        size += (size_t)snprintf(sql + size, sizeof sql - size, "%s%s=?", i ? "," : "", sqlite3_column_text(names, 0));
    snprintf(sql + size, sizeof sql - size, " WHERE id=?");
    sqlite3_finalize(names);
    return prepare(target, sql);
}

int main(int argument_count, char **arguments) {
    if (argument_count != 4) fail("usage", "floor SOURCE TARGET BATCH");
    int batch = atoi(arguments[3]);
    if (sqlite3_open_v2(arguments[1], &source, SQLITE_OPEN_READONLY, 0)) fail(arguments[1], "cannot be opened");
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    if (sqlite3_open_v2(arguments[2], &target, SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX, 0)) fail(arguments[2], "cannot be opened");
    run_sql("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -4096; PRAGMA journal_size_limit = 67108864; DELETE FROM counters");
    for (int i = 0; i < TABLES; i++) load(&tables[i]);
    load(&requests);
    sqlite3_stmt *begin = prepare(target, "BEGIN IMMEDIATE"), *commit = prepare(target, "COMMIT"), *update = prepare_update();
    sqlite3_stmt *search = prepare(target, "INSERT INTO requests_search(rowid, title_key) VALUES(?, ?)");
    sqlite3_stmt *counters = prepare(target, "INSERT INTO counters VALUES('id|' || ?, ?) ON CONFLICT(name) DO UPDATE SET n = excluded.n");
    int title_key = 5;
    long hooks = tables[0].rows, made = 0, done[TABLES] = {0};

    double start = now();
    for (long hook = 0; hook < hooks; hook++) {
        if (hook % batch == 0) run(begin);
        for (int i = 0; i < TABLES; i++) {
            Table *table = &tables[i];
            for (; done[i] < table->rows * (hook + 1) / hooks; done[i]++) {
                bind_row(table->insert, table, done[i], 0);
                run(table->insert);
            }
        }
        // The first third asks for the titles, the others move them on.
        long row = hook % requests.rows;
        if (made < requests.rows) {
            bind_row(requests.insert, &requests, made, 0);
            run(requests.insert);
            sqlite3_bind_value(search, 1, requests.cells[made * requests.columns]);
            sqlite3_bind_value(search, 2, requests.cells[made * requests.columns + title_key]);
            run(search);
            made++;
        } else {
            bind_row(update, &requests, row, 1);
            sqlite3_bind_value(update, requests.columns, requests.cells[row * requests.columns]);
            run(update);
            if (sqlite3_changes(target) != 1) fail("update", "changed no row");
        }
        if (hook % batch == batch - 1 || hook == hooks - 1) {
            for (int i = 0; i < 6; i++) {
                sqlite3_bind_text(counters, 1, tables[i].name, -1, SQLITE_STATIC);
                sqlite3_bind_int64(counters, 2, done[i]);
                run(counters);
            }
            run(commit);
        }
    }
    double seconds = now() - start;
    long rows = 0;
    for (int i = 0; i < TABLES; i++) {
        if (count(target, tables[i].name) != tables[i].rows) fail(tables[i].name, "rows are missing");
        rows += tables[i].rows;
    }
    if (count(target, "requests") != requests.rows) fail("requests", "rows are missing");
    printf("{\"hooks\": %ld, \"rows\": %ld, \"requests\": %ld, \"seconds\": %.4f, \"rate\": %.1f}\n", hooks, rows, requests.rows, seconds,
           (double)hooks / seconds);
}
