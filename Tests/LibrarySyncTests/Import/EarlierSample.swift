import Database
import TestSupport

@testable import LibrarySync

/// Makes files such as the earlier tracker left behind.
enum EarlierSample {
    /// As its last version made them.
    static let tables: [SQL] = [
        """
        CREATE TABLE requests(id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(500) NOT NULL,
            media_type VARCHAR(5) NOT NULL, state VARCHAR(14) NOT NULL, jellyseerr_id INTEGER, tmdb_id INTEGER,
            tvdb_id INTEGER, imdb_id VARCHAR(20), qbit_hash VARCHAR(100), sonarr_id INTEGER, radarr_id INTEGER,
            shoko_series_id INTEGER, is_anime BOOLEAN, alternate_titles TEXT, download_progress FLOAT,
            download_speed VARCHAR(50), download_eta VARCHAR(50), quality VARCHAR(100), indexer VARCHAR(100),
            file_size INTEGER, release_group VARCHAR(100), download_path VARCHAR(1000), final_path VARCHAR(1000),
            jellyfin_id VARCHAR(100), requested_by VARCHAR(100), poster_url VARCHAR(500), year INTEGER, overview TEXT,
            season INTEGER, episode INTEGER, requested_seasons VARCHAR(50), total_episodes INTEGER,
            created_at DATETIME, updated_at DATETIME, state_changed_at DATETIME, available_at DATETIME)
        """,
        """
        CREATE TABLE timeline_events(id INTEGER NOT NULL PRIMARY KEY, request_id INTEGER NOT NULL,
            service VARCHAR(50), event_type VARCHAR(100), state VARCHAR(14), details TEXT, raw_data TEXT,
            timestamp DATETIME)
        """,
        """
        CREATE TABLE episodes(id INTEGER NOT NULL PRIMARY KEY, request_id INTEGER NOT NULL, season_number INTEGER,
            episode_number INTEGER, episode_title VARCHAR(500), sonarr_episode_id INTEGER, episode_tvdb_id INTEGER,
            state VARCHAR(14), qbit_hash VARCHAR(100), final_path VARCHAR(1000), shoko_file_id VARCHAR(100),
            jellyfin_id VARCHAR(100), created_at DATETIME, updated_at DATETIME)
        """,
        """
        CREATE TABLE deletion_logs(id INTEGER NOT NULL PRIMARY KEY, title VARCHAR(500), media_type VARCHAR(5),
            tmdb_id INTEGER, tvdb_id INTEGER, jellyfin_id VARCHAR(100), sonarr_id INTEGER, radarr_id INTEGER,
            shoko_series_id INTEGER, jellyseerr_id INTEGER, poster_url VARCHAR(500), year INTEGER, is_anime BOOLEAN,
            source VARCHAR(9), deleted_by_user_id VARCHAR(100), deleted_by_username VARCHAR(100), status VARCHAR(11),
            initiated_at DATETIME, completed_at DATETIME)
        """,
        """
        CREATE TABLE deletion_sync_events(id INTEGER NOT NULL PRIMARY KEY, deletion_log_id INTEGER NOT NULL,
            service VARCHAR(50), status VARCHAR(14), details TEXT, error_message TEXT, api_response TEXT,
            timestamp DATETIME)
        """,
    ]

    /// As its first version made them: no deletions, no episodes, few columns.
    static let firstTables: [SQL] = [
        "CREATE TABLE requests(id INTEGER PRIMARY KEY, title TEXT, media_type TEXT, state TEXT, created_at DATETIME)",
        "CREATE TABLE timeline_events(id INTEGER PRIMARY KEY, request_id INTEGER, state TEXT, timestamp DATETIME)",
    ]

    /// Runs the statements in a new file.
    static func make(_ path: String, _ statements: [SQL]) async throws -> Database {
        let database = try await Database.open(.sqlite(path: path))
        try await database.write { tx in for statement in statements { try tx.execute(statement) } }
        return database
    }

    /// What is read from a file of the statements.
    static func read(_ statements: [SQL], tables: [SQL] = tables) async throws -> EarlierRecords {
        try await TestDatabase.withFolder { folder in
            let path = folder + "/status.db"
            let database = try await make(path, tables + statements)
            await database.close()
            return try await EarlierTracker.read(path)
        }
    }
}
