extension Schema {
    /// Deletions, each with every change of its steps; neither is ever edited by anybody, nor goes with its rows.
    static let deletion = """
        CREATE TABLE deletion_logs(
            id {id},
            job_id {int},
            status {text} NOT NULL CHECK(status IN ('in_progress', 'complete', 'incomplete', 'accepted', 'withdrawn')),
            phase {text} NOT NULL CHECK(phase IN ('asked', 'confirmed', 'executing', 'verifying', 'done')),
            source {text} NOT NULL CHECK(source IN ('dashboard', 'sonarr', 'radarr', 'jellyfin', 'shoko', 'external')),
            user_id {text},
            user_name {text} NOT NULL,
            title {text} NOT NULL,
            title_key {text} NOT NULL,
            year {int},
            media_type {text} NOT NULL CHECK(media_type IN ('movie', 'tv')),
            variant {text},
            is_anime {int},
            poster_url {text},
            tmdb_id {int},
            tvdb_id {int},
            imdb_id {text},
            requests {text} NOT NULL,
            options {text} NOT NULL,
            plan {text} NOT NULL,
            plan_hash {text} NOT NULL,
            undo {text} NOT NULL,
            initiated_at {int} NOT NULL,
            completed_at {int},
            freed_bytes {int},
            left_behind {text} NOT NULL,
            due_at {int},
            called_at {int},
            reads {int} NOT NULL,
            undone_by {int}
        ) {strict};
        CREATE INDEX deletion_logs_due ON deletion_logs(due_at) WHERE due_at IS NOT NULL;
        CREATE INDEX deletion_logs_status ON deletion_logs(status, id);
        CREATE INDEX deletion_logs_job ON deletion_logs(job_id);
        CREATE TABLE deletion_steps(
            id {id},
            log_id {int} NOT NULL,
            service {text} NOT NULL,
            instance {text},
            target {text} NOT NULL,
            status {text} NOT NULL CHECK(status IN ('pending', 'acknowledged', 'confirmed', 'verified', 'failed', 'skipped',
                'not_needed', 'not_applicable')),
            details {text},
            error {text},
            at {int} NOT NULL
        ) {strict};
        CREATE INDEX deletion_steps_log ON deletion_steps(log_id, id);
        ALTER TABLE requests ADD COLUMN deletion_log {int};
        ALTER TABLE requests ADD COLUMN deletion_status {text};
        ALTER TABLE requests ADD COLUMN deletion_files {int};
        """
}
