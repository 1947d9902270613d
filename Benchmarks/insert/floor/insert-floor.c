// The floor of the insert path: the same rows into the same table with the plain C interface of SQLite.
//
//   insert-floor make FILE ROWS     writes deterministic rows, tab-separated
//   insert-floor run FILE DATABASE SCHEMA  inserts them in one transaction; prints {"rows", "cpu_s", "checksum"}
#include <inttypes.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>

enum { COLUMNS = 20 };

// Which columns hold numbers; the others hold text. An empty cell is NULL.
static const int is_number[COLUMNS] = {1, 0, 1, 1, 0, 0, 0, 1, 0, 0, 0, 0, 0, 1, 1, 1, 0, 0, 1, 1};

typedef struct {
    const char *text;
    int size;
    int64_t number;
} Cell;

static void fail(const char *what, const char *why) {
    fprintf(stderr, "insert-floor: %s: %s\n", what, why);
    exit(1);
}

static double cpu_seconds(void) {
    struct rusage r;
    getrusage(RUSAGE_SELF, &r);
    return (double)(r.ru_utime.tv_sec + r.ru_stime.tv_sec) + (double)(r.ru_utime.tv_usec + r.ru_stime.tv_usec) * 1e-6;
}

static uint64_t state = 0x9e3779b97f4a7c15u;

static uint64_t next_random(void) {
    state ^= state << 13;
    state ^= state >> 7;
    state ^= state << 17;
    return state;
}

static void words(FILE *file, int count) {
    static const char *list[] = {"the", "last", "river", "of", "night", "été", "and", "machine", "golden", "story", "日本", "house"};
    for (int i = 0; i < count; i++) fprintf(file, "%s%s", i ? " " : "", list[next_random() % 12]);
}

static void make(const char *path, long rows) {
    FILE *file = fopen(path, "w");
    if (!file) fail(path, "cannot be written");
    for (long id = 1; id <= rows; id++) {
        int film = next_random() % 10 < 7;
        fprintf(file, "%ld\t%s\t%ld\t", id, film ? "movie" : "series", id * 7 + 3);
        if (!film) fprintf(file, "%ld", id * 5 + 1);
        fprintf(file, "\ttt%07ld\t", id);
        words(file, 3);
        fprintf(file, " %ld\t", id);
        words(file, 3);
        fprintf(file, "\t%d\t", (int)(1950 + next_random() % 75));
        words(file, 40);
        fprintf(file, "\t%016" PRIx64 "%016" PRIx64 "\t/media/library/", next_random(), next_random());
        words(file, 3);
        fprintf(file, "/file-%ld.mkv\t%016" PRIx64 "%016" PRIx64 "\t20%02d-05-17\t", id, next_random(), (uint64_t)id, (int)(next_random() % 25));
        fprintf(file, "%ld\t", 1600000000000 + id);
        if (film) fprintf(file, "%ld", id);
        fprintf(file, "\t");
        if (!film) fprintf(file, "%ld", id);
        fprintf(file, "\tavailable\tlibrary\t%ld\t%ld\n", 1700000000000 + id, 1700000000000 + (long)(next_random() % 100000));
    }
    if (fclose(file)) fail(path, "cannot be written");
}

static char *read_file(const char *path, long *size) {
    FILE *file = fopen(path, "rb");
    if (!file) fail(path, "cannot be read");
    fseek(file, 0, SEEK_END);
    *size = ftell(file);
    rewind(file);
    char *bytes = malloc((size_t)*size);
    if (!bytes || fread(bytes, 1, (size_t)*size, file) != (size_t)*size) fail(path, "cannot be read");
    fclose(file);
    return bytes;
}

static Cell *read_cells(const char *bytes, long size, long *rows) {
    long count = 0, capacity = 1 << 20;
    Cell *cells = malloc(sizeof(Cell) * (size_t)capacity);
    const char *start = bytes;
    for (const char *p = bytes; p < bytes + size; p++) {
        if (*p != '\t' && *p != '\n') continue;
        if (count == capacity && !(cells = realloc(cells, sizeof(Cell) * (size_t)(capacity *= 2)))) fail("cells", "no memory");
        int64_t number = 0;
        for (const char *d = start; d < p; d++) number = number * 10 + (*d - '0');
        cells[count++] = (Cell){start, (int)(p - start), number};
        start = p + 1;
    }
    *rows = count / COLUMNS;
    return cells;
}

static sqlite3 *database;

static void run_sql(const char *sql) {
    if (sqlite3_exec(database, sql, 0, 0, 0) != SQLITE_OK) fail(sql, sqlite3_errmsg(database));
}

static sqlite3_stmt *prepare(const char *sql) {
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v3(database, sql, -1, SQLITE_PREPARE_PERSISTENT, &statement, 0) != SQLITE_OK) fail(sql, sqlite3_errmsg(database));
    return statement;
}

static uint64_t checksum(long rows) {
    sqlite3_stmt *s = prepare("SELECT * FROM requests ORDER BY id");
    uint64_t hash = 0xcbf29ce484222325u;
    long found = 0;
    int code;
    while ((code = sqlite3_step(s)) == SQLITE_ROW) {
        found++;
        for (int column = 0; column < COLUMNS; column++) {
            const unsigned char *text = sqlite3_column_text(s, column);
            int size = sqlite3_column_bytes(s, column);
            for (int i = 0; i < size; i++) hash = (hash ^ text[i]) * 0x100000001b3u;
            hash = (hash ^ (text ? 0x100 : 0x101)) * 0x100000001b3u;
        }
    }
    if (code != SQLITE_DONE) fail("checksum", sqlite3_errmsg(database));
    if (found != rows) fail("checksum", "rows are missing");
    sqlite3_finalize(s);
    return hash;
}

static void insert(const char *file, const char *path, const char *schema) {
    long size, rows, schema_size;
    char *bytes = read_file(file, &size);
    Cell *cells = read_cells(bytes, size, &rows);
    char *tables = read_file(schema, &schema_size);
    tables = realloc(tables, (size_t)schema_size + 1);
    tables[schema_size] = 0;
    sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
    sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    if (sqlite3_open_v2(path, &database, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE | SQLITE_OPEN_NOMUTEX, 0)) fail(path, "cannot be opened");
    run_sql("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA secure_delete = OFF; PRAGMA foreign_keys = ON;"
            "PRAGMA cache_size = -16384; PRAGMA journal_size_limit = 67108864");
    run_sql(tables);

    double start = cpu_seconds();
    run_sql("BEGIN IMMEDIATE");
    sqlite3_stmt *s = prepare("INSERT INTO requests VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14,$15,$16,$17,$18,$19,$20)");
    const Cell *cell = cells;
    for (long row = 0; row < rows; row++) {
        for (int column = 0; column < COLUMNS; column++, cell++) {
            int code = cell->size == 0         ? sqlite3_bind_null(s, column + 1)
                       : is_number[column] ? sqlite3_bind_int64(s, column + 1, cell->number)
                                               : sqlite3_bind_text(s, column + 1, cell->text, cell->size, SQLITE_STATIC);
            if (code != SQLITE_OK) fail("bind", sqlite3_errmsg(database));
        }
        if (sqlite3_step(s) != SQLITE_DONE) fail("insert", sqlite3_errmsg(database));
        sqlite3_reset(s);
    }
    sqlite3_finalize(s);
    run_sql("COMMIT");
    double used = cpu_seconds() - start;
    printf("{\"rows\": %ld, \"cpu_s\": %.4f, \"checksum\": \"%016" PRIx64 "\"}\n", rows, used, checksum(rows));
    sqlite3_close(database);
}

int main(int count, char **arguments) {
    if (count == 4 && !strcmp(arguments[1], "make")) make(arguments[2], atol(arguments[3]));
    else if (count == 5 && !strcmp(arguments[1], "run")) insert(arguments[2], arguments[3], arguments[4]);
    else fail("usage", "make FILE ROWS | run FILE DATABASE SCHEMA");
}
