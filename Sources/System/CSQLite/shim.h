#pragma once
#include <sqlite3.h>

// sqlite3_config is variadic and the destructor constants are casts: Swift sees neither.

static inline int csqlite_config_one_thread_per_connection(void) {
    return sqlite3_config(SQLITE_CONFIG_MULTITHREAD);
}

static inline int csqlite_config_no_memory_statistics(void) {
    return sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

// Up to so many bytes of pages that a savepoint may have to bring back stay in memory, then a file of their own.
static inline int csqlite_config_savepoint_memory(int bytes) {
    return sqlite3_config(SQLITE_CONFIG_STMTJRNL_SPILL, bytes);
}

// The bytes are copied before the call returns.
static inline int csqlite_bind_text_copy(sqlite3_stmt *s, int i, const void *p, int n) {
    return sqlite3_bind_text(s, i, (const char *)p, n, SQLITE_TRANSIENT);
}

static inline int csqlite_bind_blob_copy(sqlite3_stmt *s, int i, const void *p, int n) {
    return sqlite3_bind_blob(s, i, p, n, SQLITE_TRANSIENT);
}

// The bytes must stay where they are until the statement is stepped and bound anew or cleared.
static inline int csqlite_bind_text_in_place(sqlite3_stmt *s, int i, const void *p, int n) {
    return sqlite3_bind_text(s, i, (const char *)p, n, SQLITE_STATIC);
}

static inline int csqlite_bind_blob_in_place(sqlite3_stmt *s, int i, const void *p, int n) {
    return sqlite3_bind_blob(s, i, p, n, SQLITE_STATIC);
}
