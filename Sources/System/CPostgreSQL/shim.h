#pragma once
#include <libpq-fe.h>

// The field codes are character macros, which Swift does not see.

static inline const char *cpostgresql_sqlstate(const PGresult *r) { return PQresultErrorField(r, PG_DIAG_SQLSTATE); }
static inline const char *cpostgresql_message(const PGresult *r) { return PQresultErrorField(r, PG_DIAG_MESSAGE_PRIMARY); }
static inline const char *cpostgresql_constraint(const PGresult *r) { return PQresultErrorField(r, PG_DIAG_CONSTRAINT_NAME); }
static inline const char *cpostgresql_table(const PGresult *r) { return PQresultErrorField(r, PG_DIAG_TABLE_NAME); }
static inline const char *cpostgresql_column(const PGresult *r) { return PQresultErrorField(r, PG_DIAG_COLUMN_NAME); }

// Warnings of the server would otherwise go to standard error.
static inline void cpostgresql_no_notices_handler(void *arg, const PGresult *r) { (void)arg; (void)r; }
static inline void cpostgresql_no_notices(PGconn *c) { PQsetNoticeReceiver(c, cpostgresql_no_notices_handler, 0); }
