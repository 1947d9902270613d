public import Database

/// The tables, as a list of steps that is only ever appended to (style.md §10).
public enum Schema {
    public static let migrations: [Migration] = [
        Migration("0001-requests", requests, sqlite: titleSearchSQLite, postgresql: titleSearchPostgreSQL),
        Migration("0002-facts", facts),
        Migration("0003-jobs", jobs),
        Migration("0004-findings-events", findingsAndEvents),
        Migration("0005-tracking", tracking),
        Migration("0006-activity", activity),
        Migration("0007-lighter-hooks", lighterHooks),
        Migration("0008-hook-secrets", hookSecrets),
        Migration("0009-outages", outages),
        Migration("0010-access", access),
        Migration("0011-owners", owners),
        Migration("0012-settings", settings),
        Migration("0013-lists", lists, sqlite: otherTitlesSQLite, postgresql: otherTitlesPostgreSQL),
        Migration("0014-history", history),
        Migration("0015-deletion", deletion),
    ]

    private static let requests = """
        CREATE TABLE requests(
            id {id},
            media_type {text} NOT NULL CHECK(media_type IN ('movie', 'tv')),
            origin {text} NOT NULL CHECK(origin IN ('request', 'library_sync')),
            variant {text} CHECK(variant IN ('hd', '4k')),
            title {text} NOT NULL,
            title_key {text} NOT NULL,
            original_title {text},
            year {int},
            overview {text},
            poster_url {text},
            jellyfin_instance {text},
            jellyfin_id {blob},
            tmdb_id {int},
            tvdb_id {int},
            imdb_id {text},
            radarr_instance {text},
            radarr_id {int},
            sonarr_instance {text},
            sonarr_id {int},
            is_anime {int} CHECK(is_anime IN (0, 1)),
            state {text} NOT NULL CHECK(state IN ('requested', 'approved', 'indexed', 'downloading', 'download_done',
                'importing', 'anime_matching', 'syncing_library', 'available', 'failed', 'declined', 'deleted')),
            uncertain {int} NOT NULL CHECK(uncertain IN (0, 1)),
            requested_by {text},
            created_at {int} NOT NULL,
            updated_at {int} NOT NULL,
            state_changed_at {int} NOT NULL,
            available_at {int},
            available_approximate {int} CHECK(available_approximate IN (0, 1)),
            version {int} NOT NULL
        ) {strict};
        CREATE INDEX requests_updated ON requests(updated_at, id);
        CREATE INDEX requests_created ON requests(created_at, id);
        CREATE INDEX requests_title ON requests(title_key, id);
        CREATE INDEX requests_state ON requests(state, updated_at, id);
        CREATE TABLE request_keys(
            request_id {int} NOT NULL,
            kind {text} NOT NULL,
            instance {text} NOT NULL,
            value {text} NOT NULL,
            identity {text},
            PRIMARY KEY(request_id, kind, instance, value)
        ) {clustered};
        CREATE UNIQUE INDEX request_keys_identity ON request_keys(identity) WHERE identity IS NOT NULL;
        CREATE INDEX request_keys_value ON request_keys(kind, instance, value);
        CREATE TABLE counters(name {text} PRIMARY KEY, n {int} NOT NULL) {clustered};
        """

    private static let titleSearchSQLite = """
        CREATE VIRTUAL TABLE requests_search USING fts5(
            title_key, content='requests', content_rowid='id', tokenize='trigram');
        """

    private static let titleSearchPostgreSQL = """
        CREATE EXTENSION IF NOT EXISTS pg_trgm;
        CREATE INDEX requests_search ON requests USING gin (title_key gin_trgm_ops);
        """

    private static let facts = """
        CREATE TABLE facts(
            id {id},
            request_id {int} NOT NULL,
            unit_id {int} NOT NULL,
            service {text} NOT NULL,
            instance {text} NOT NULL,
            channel {text} NOT NULL CHECK(channel IN ('webhook', 'poll', 'stream', 'sync', 'user')),
            fact {text} NOT NULL,
            natural_key {text} NOT NULL,
            holds {int} NOT NULL CHECK(holds IN (0, 1)),
            observed_at {int} NOT NULL,
            received_at {int} NOT NULL,
            fields {text}
        ) {strict};
        CREATE UNIQUE INDEX facts_identity ON facts(request_id, service, instance, fact, natural_key, unit_id);
        CREATE TABLE timeline(
            id {id},
            request_id {int} NOT NULL,
            unit_id {int} NOT NULL,
            entry_key {text} NOT NULL,
            at {int} NOT NULL,
            service {text} NOT NULL,
            event {text} NOT NULL,
            state {text},
            data {text}
        ) {strict};
        CREATE UNIQUE INDEX timeline_identity ON timeline(request_id, unit_id, entry_key);
        """

    private static let jobs = """
        CREATE TABLE jobs(
            id {id},
            kind {text} NOT NULL,
            target {text} NOT NULL,
            state {text} NOT NULL CHECK(state IN ('queued', 'running', 'succeeded', 'partial', 'failed', 'cancelled',
                'interrupted')),
            dry_run {int} NOT NULL CHECK(dry_run IN (0, 1)),
            started_by {text} NOT NULL,
            params {text} NOT NULL,
            lane {text},
            created_at {int} NOT NULL,
            started_at {int},
            finished_at {int},
            phase {text},
            done {int} NOT NULL,
            total {int},
            counts {text} NOT NULL,
            planned_at {int},
            result {text},
            error_code {text},
            error {text},
            owner {text},
            lease_until {int},
            cancel_requested {int} NOT NULL CHECK(cancel_requested IN (0, 1)),
            plan_of {int},
            undo_of {int},
            undone_by {int}
        ) {strict};
        CREATE UNIQUE INDEX jobs_lane ON jobs(lane) WHERE lane IS NOT NULL;
        CREATE INDEX jobs_kind ON jobs(kind, id);
        CREATE TABLE job_items(
            job_id {int} NOT NULL,
            seq {int} NOT NULL,
            entry {blob} NOT NULL,
            PRIMARY KEY(job_id, seq)
        ) {clustered};
        CREATE TABLE changes(
            id {id},
            job_id {int} NOT NULL,
            request_id {int} NOT NULL,
            action {text} NOT NULL CHECK(action IN ('add', 'fill', 'stage', 'adopt')),
            field {text} NOT NULL,
            before {text},
            after {text},
            source {text} NOT NULL,
            at {int} NOT NULL
        ) {strict};
        CREATE INDEX changes_job ON changes(job_id, id);
        CREATE INDEX changes_request ON changes(request_id, field, id);
        """

    private static let findingsAndEvents = """
        CREATE TABLE findings(
            id {id},
            kind {text} NOT NULL,
            subject {text} NOT NULL UNIQUE,
            request_id {int},
            media_type {text} NOT NULL,
            title {text} NOT NULL,
            year {int},
            detail {text} NOT NULL,
            state {text} NOT NULL CHECK(state IN ('open', 'resolved', 'ignored', 'gone')),
            choice {text},
            job_id {int} NOT NULL,
            created_at {int} NOT NULL,
            updated_at {int} NOT NULL,
            resolved_at {int},
            resolved_by {text}
        ) {strict};
        CREATE INDEX findings_state ON findings(state, id);
        CREATE TABLE events(
            id {id},
            at {int} NOT NULL,
            topic {text} NOT NULL,
            object_id {int},
            data {text} NOT NULL
        ) {strict};
        """
}
