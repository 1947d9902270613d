extension Schema {
    /// What tracking adds: columns that cache what was derived, episodes, downloads, due checks, and the inbox.
    static let tracking = """
        ALTER TABLE requests ADD COLUMN seasons {text};
        ALTER TABLE requests ADD COLUMN owner {text};
        ALTER TABLE requests ADD COLUMN note {text};
        ALTER TABLE requests ADD COLUMN attention_code {text};
        ALTER TABLE requests ADD COLUMN attention_reason {text};
        ALTER TABLE requests ADD COLUMN attention_since {int};
        ALTER TABLE requests ADD COLUMN attention_source {text};
        ALTER TABLE requests ADD COLUMN attention_actions {text};
        ALTER TABLE requests ADD COLUMN quality {text};
        ALTER TABLE requests ADD COLUMN indexer {text};
        ALTER TABLE requests ADD COLUMN release_group {text};
        ALTER TABLE requests ADD COLUMN episodes_available {int};
        ALTER TABLE requests ADD COLUMN episodes_aired {int};
        ALTER TABLE requests ADD COLUMN episodes_total {int};
        ALTER TABLE requests ADD COLUMN progress_percent {real};
        ALTER TABLE requests ADD COLUMN progress_done {int};
        ALTER TABLE requests ADD COLUMN progress_total {int};
        ALTER TABLE requests ADD COLUMN progress_speed {int};
        ALTER TABLE requests ADD COLUMN progress_eta {int};
        ALTER TABLE requests ADD COLUMN playable {int};
        ALTER TABLE requests ADD COLUMN playable_since {int};
        ALTER TABLE requests ADD COLUMN stub {text};
        ALTER TABLE requests ADD COLUMN absent_since {int};
        ALTER TABLE requests ADD COLUMN absent_at {int};
        ALTER TABLE requests ADD COLUMN jellyfin_read_at {int};
        ALTER TABLE requests ADD COLUMN episodes_read_at {int};
        CREATE INDEX requests_attention ON requests(attention_code, attention_since, id)
            WHERE attention_code IS NOT NULL;
        ALTER TABLE facts ADD COLUMN units {text};
        ALTER TABLE facts ADD COLUMN inbox_id {int};
        ALTER TABLE facts ADD COLUMN keys {text};
        ALTER TABLE facts ADD COLUMN match_key {text};
        CREATE INDEX facts_unmatched ON facts(match_key) WHERE match_key IS NOT NULL;
        CREATE TABLE episodes(
            id {id},
            request_id {int} NOT NULL,
            season {int} NOT NULL,
            episode {int} NOT NULL,
            title {text},
            sonarr_id {int},
            tvdb_id {int},
            air_date {int},
            monitored {int} CHECK(monitored IN (0, 1)),
            has_file {int} CHECK(has_file IN (0, 1)),
            has_file_since {int},
            path {text},
            item {blob},
            playable {int} NOT NULL CHECK(playable IN (0, 1)),
            uncertain {int} NOT NULL CHECK(uncertain IN (0, 1)),
            playable_since {int},
            stub {text},
            absent_since {int},
            absent_at {int},
            state {text} NOT NULL,
            class {text} NOT NULL CHECK(class IN ('unaired', 'unmonitored', 'counted', 'not_requested'))
        ) {strict};
        CREATE UNIQUE INDEX episodes_identity ON episodes(request_id, season, episode);
        CREATE INDEX episodes_sonarr ON episodes(sonarr_id, request_id);
        CREATE TABLE downloads(
            id {id},
            request_id {int} NOT NULL,
            service {text} NOT NULL,
            instance {text} NOT NULL,
            download_id {text} NOT NULL,
            hashes {text},
            units {text},
            release {text},
            size {int},
            grabbed_at {int} NOT NULL,
            started_at {int},
            done_at {int},
            failed_at {int},
            failure {text},
            ignored_at {int},
            gone_at {int},
            queue_status {text},
            queue_state {text},
            queue_message {text},
            queue_left {int},
            queue_since {int},
            queue_missed {int},
            torrent_state {text},
            torrent_is_done {int},
            torrent_progress {real},
            torrent_size {int},
            torrent_done {int},
            torrent_speed {int},
            torrent_eta {int},
            torrent_seeds {int},
            torrent_since {int},
            torrent_progress_at {int},
            torrent_missed {int},
            unit_progress {text}
        ) {strict};
        CREATE UNIQUE INDEX downloads_identity ON downloads(request_id, service, instance, download_id);
        CREATE INDEX downloads_id ON downloads(download_id);
        CREATE TABLE checks(
            request_id {int} NOT NULL,
            cause {text} NOT NULL,
            due_at {int} NOT NULL,
            attempt {int} NOT NULL,
            PRIMARY KEY(request_id, cause)
        ) {clustered};
        CREATE INDEX checks_due ON checks(due_at);
        CREATE TABLE inbox(
            id {id},
            received_at {int} NOT NULL,
            service {text} NOT NULL,
            instance {text} NOT NULL,
            event {text} NOT NULL,
            outcome {text} NOT NULL CHECK(outcome IN ('applied', 'recorded', 'unmatched', 'failed')),
            request_id {int},
            body {blob}
        ) {strict};
        CREATE INDEX inbox_outcome ON inbox(outcome, id);
        CREATE INDEX inbox_received ON inbox(received_at);
        """

    /// The bands of the Activity page, each in its order.
    static let activity = """
        CREATE INDEX requests_attention_since ON requests(attention_since, id)
            WHERE attention_code IS NOT NULL AND state <> 'deleted';
        CREATE INDEX requests_moving ON requests(state, state_changed_at, id) WHERE attention_code IS NULL;
        CREATE INDEX requests_arrived ON requests(state, available_at, id) WHERE origin = 'request';
        """

    /// What makes a webhook cheaper: one sequence of numbers for five tables, and an index that only arrivals touch.
    static let lighterHooks = """
        INSERT INTO counters(name, n) SELECT 'id|rows', max(n) FROM counters
            WHERE name IN ('id|facts', 'id|timeline', 'id|episodes', 'id|downloads', 'id|inbox') HAVING max(n) > 0;
        DROP INDEX requests_arrived;
        CREATE INDEX requests_arrived ON requests(state, available_at, id)
            WHERE origin = 'request' AND available_at IS NOT NULL;
        """
}
