"""The upstreams of the reconciler figures: Jellyfin, Radarr, Seerr and qBittorrent with as much as 10,000 requests need.

Answers are made beforehand, so that they cost little; every call is counted by what it reads. `live` of the films are in
the queue and in the client, where their progress moves with every reading.
"""
import json
import threading
from collections import Counter
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

LIBRARY = 5_000


class Stub:
    def __init__(self, films, live):
        self.films, self.live, self.round = films, live, 0
        self.calls = Counter()
        stub = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            wbufsize = 1 << 16

            def do_GET(self):
                stub.serve(self)

            def do_POST(self):
                self.rfile.read(int(self.headers.get("Content-Length", 0)))
                stub.serve(self)

            def log_message(self, *_):
                pass

        self.movies = json.dumps([self.movie(n) for n in range(1, films + 1)]).encode()
        self.items = [self.item(n) for n in range(1, LIBRARY + 1)]
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self.server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self.server.server_address[1]}"
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def stop(self):
        self.server.shutdown()
        self.server.server_close()

    def environment(self, *services):
        known = {
            "jellyfin": {"JELLYFIN_URL": self.base + "/jellyfin", "JELLYFIN_API_KEY": "0123456789abcdef0123456789abcdef"},
            "radarr": {"RADARR_URL": self.base + "/radarr", "RADARR_API_KEY": "0123456789abcdef0123456789abcdef"},
            "seerr": {"JELLYSEERR_URL": self.base + "/seerr", "JELLYSEERR_API_KEY": "0123456789abcdef"},
            "qbittorrent": {"QBITTORRENT_URL": self.base + "/qbittorrent"},
        }
        return {name: value for service in services for name, value in known[service].items()}

    # What they hold, of the films that hooks.py makes.

    @staticmethod
    def movie(number):
        return {
            "id": number, "title": f"Film {number} of Many", "year": 2024, "tmdbId": 500_000 + number,
            "imdbId": f"tt{number:07d}", "monitored": True, "hasFile": False, "isAvailable": True, "tags": [],
            "path": f"/data/movies/Film {number} of Many (2024)", "added": "2026-01-01T00:00:00Z"}

    @staticmethod
    def item(number):
        return {
            "Id": f"{number:032x}", "Type": "Movie", "Name": f"Another {number}", "ProductionYear": 2020,
            "ProviderIds": {"Tmdb": str(number)}, "Path": f"/media/movies/Another {number}/Another {number}.mkv",
            "LocationType": "FileSystem", "MediaSources": [{"Id": f"{number:032x}", "Path": "/x"}]}

    def queued(self, number):
        return {
            "id": number, "movieId": number, "title": f"Film.{number}", "downloadId": f"{number:040X}",
            "status": "downloading", "trackedDownloadState": "downloading", "trackedDownloadStatus": "ok",
            "size": 8_000_000_000, "sizeleft": 7_000_000_000 - self.round * 1000, "protocol": "torrent",
            "timeleft": "01:00:00"}

    def torrent(self, number):
        return {
            "name": f"Film.{number}", "state": "downloading", "progress": min(0.99, 0.1 + self.round * 0.0001),
            "size": 8_000_000_000, "amount_left": 7_000_000_000 - self.round * 1000, "dlspeed": 1_000_000 + self.round,
            "eta": 3600 - self.round % 3000, "num_seeds": 5, "infohash_v1": f"{number:040x}", "added_on": 1_760_000_000}

    @staticmethod
    def request(number):
        changed = f"2026-01-{1 + number // 1440:02d}T{number // 60 % 24:02d}:{number % 60:02d}:00.000Z"
        return {
            "id": number, "status": 2, "type": "movie", "is4k": False, "createdAt": changed, "updatedAt": changed,
            "media": {"id": number, "tmdbId": 500_000 + number, "mediaType": "movie", "status": 3},
            "requestedBy": {"id": 1, "displayName": "somebody"}}

    # What they answer.

    def serve(self, handler):
        parts = urlsplit(handler.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        service, path = parts.path.strip("/").split("/", 1)
        name = f"{service} {path}" + (" ids" if "ids" in query else " changes" if "minDateLastSaved" in query else "")
        answer = getattr(self, service)(path, query)
        self.calls[name] += 1
        body = answer if isinstance(answer, bytes) else json.dumps(answer).encode()
        handler.send_response(404 if answer is None else 200)
        handler.send_header("Content-Type", "application/json")
        handler.send_header("Content-Length", str(len(body)))
        handler.end_headers()
        handler.wfile.write(body)

    def jellyfin(self, path, query):
        if path == "System/Info/Public":
            return {"Id": "0123456789abcdef0123456789abcdef", "ServerName": "stub", "Version": "10.11.3", "ProductName": "Jellyfin Server"}
        if path == "Library/VirtualFolders":
            return []
        if path != "Items":
            return None
        held = [] if "ids" in query or "minDateLastSaved" in query or "Movie" not in query.get("includeItemTypes", "") else self.items
        first, limit = int(query.get("startIndex", 0)), int(query.get("limit", len(held) or 1))
        return {"Items": held[first:first + limit], "TotalRecordCount": len(held), "StartIndex": first}

    def radarr(self, path, query):
        if path == "api/v3/system/status":
            return {"appName": "Radarr", "version": "5.26.2", "urlBase": "/radarr"}
        if path == "api/v3/queue":
            self.round += 1
            page, size = int(query["page"]), int(query["pageSize"])
            numbers = range(1, self.live + 1)[(page - 1) * size:page * size]
            return {"page": page, "pageSize": size, "totalRecords": self.live, "records": [self.queued(n) for n in numbers]}
        if path == "api/v3/movie":
            return self.movies
        return [] if path in ("api/v3/history/since", "api/v3/tag") else None

    def seerr(self, path, query):
        if path == "api/v1/status":
            return {"version": "2.7.3"}
        if path == "api/v1/request":
            first, size = int(query.get("skip", 0)), int(query.get("take", 10))
            newest_first = range(self.films, 0, -1)
            results = [self.request(n) for n in newest_first[first:first + size]]
            return {"pageInfo": {"pages": 1, "pageSize": size, "results": self.films, "page": 1}, "results": results}
        return {"results": [], "pageInfo": {"results": 0}}

    def qbittorrent(self, path, query):
        if path == "api/v2/auth/login":
            return b"Ok."
        if path == "api/v2/app/version":
            return b"v5.1.2"
        if path == "api/v2/app/webapiVersion":
            return b"2.11.4"
        if path == "api/v2/sync/maindata":
            self.round += 1
            torrents = {f"{n:040x}": self.torrent(n) for n in range(1, self.live + 1)}
            return {"rid": self.round, "full_update": query.get("rid", "0") == "0", "torrents": torrents}
        return None
