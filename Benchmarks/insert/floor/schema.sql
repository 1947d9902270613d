CREATE TABLE requests (
    id INTEGER PRIMARY KEY, media TEXT NOT NULL, tmdb_id INTEGER, tvdb_id INTEGER, imdb_id TEXT, title TEXT NOT NULL,
    sort_title TEXT NOT NULL, year INTEGER, overview TEXT, poster_tag TEXT, path TEXT, jellyfin_id TEXT, premiered TEXT,
    library_added INTEGER, radarr_id INTEGER, sonarr_id INTEGER, stage TEXT NOT NULL, source TEXT NOT NULL,
    created_at INTEGER NOT NULL, updated_at INTEGER NOT NULL
) STRICT;
CREATE UNIQUE INDEX requests_tmdb ON requests (media, tmdb_id) WHERE tmdb_id IS NOT NULL;
CREATE INDEX requests_tvdb ON requests (tvdb_id) WHERE tvdb_id IS NOT NULL;
CREATE UNIQUE INDEX requests_jellyfin ON requests (jellyfin_id) WHERE jellyfin_id IS NOT NULL;
CREATE INDEX requests_stage ON requests (stage, updated_at);
CREATE INDEX requests_created ON requests (source, created_at);
CREATE INDEX requests_sort ON requests (sort_title, id);
