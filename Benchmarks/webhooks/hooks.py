#!/usr/bin/env python3
"""hooks.py films|shows COUNT FOLDER: writes the webhooks of COUNT titles, each as the request that carries it.

One file for each step of their way, so that no hook overtakes the one it builds upon: `requests` (Seerr), `grabs` and
`imports` (Radarr, or Sonarr with packs of twelve episodes). A file is a row of requests, each led by its length in four
bytes, little end first, as `replay` reads it. The bodies have the members that the services send.
"""
import json
import sys
from pathlib import Path

EPISODES = 12
#: What Marquee must be told as MARQUEE_WEBHOOK_TOKEN.
TOKEN = "the-token-of-these-measurements"


def request(service, body):
    data = json.dumps(body).encode()
    head = f"POST /hooks/{service} HTTP/1.1\r\nHost: 127.0.0.1\r\nContent-Type: application/json\r\n"
    head += f"Authorization: {TOKEN}\r\n"
    return head.encode() + f"Content-Length: {len(data)}\r\n\r\n".encode() + data


def seerr(number, kind, title, ids, extra=()):
    return request("jellyseerr", {
        "notification_type": "MEDIA_AUTO_APPROVED", "event": f"{kind.title()} Request Automatically Approved",
        "subject": f"{title} (2024)", "message": f"What happens in {title}, told in one sentence of a usual length, and a half.",
        "image": f"https://image.tmdb.org/t/p/w600_and_h900_bestv2/{number:027d}.jpg",
        "media": {"media_type": kind, "tmdbId": "", "tvdbId": "", "status": "PENDING", "status4k": "UNKNOWN"} | ids,
        "request": {
            "request_id": str(number), "requestedBy_email": "user@example.com", "requestedBy_username": "somebody",
            "requestedBy_avatar": "/avatarproxy/1", "requestedBy_settings_discordId": "",
            "requestedBy_settings_telegramChatId": ""},
        "issue": None, "comment": None, "extra": list(extra)})


def release(title, size):
    return {
        "quality": "Bluray-1080p", "qualityVersion": 1, "releaseGroup": "GROUP", "releaseTitle": title,
        "indexer": "Indexer (Prowlarr)", "size": size, "customFormatScore": 0, "customFormats": ["10bit", "x265"],
        "languages": [{"id": 1, "name": "English"}], "indexerFlags": ["G_Freeleech"]}


def download(number, instance):
    return {
        "downloadClient": "qBittorrent", "downloadClientType": "qBittorrent", "downloadId": f"{number:040X}",
        "instanceName": instance, "applicationUrl": ""}


def images(folder, number):
    return [
        {"coverType": kind, "url": f"/MediaCover/{number}/{kind}.jpg?lastWrite=639046525018477211",
         "remoteUrl": f"https://{folder}/{number:027d}.jpg"} for kind in ("poster", "fanart")]


def films(count):
    for number in range(1, count + 1):
        title, tmdb, imdb = f"Film {number} of Many", 500_000 + number, f"tt{number:07d}"
        folder = f"/data/movies/{title} (2024)"
        movie = {
            "id": number, "title": title, "year": 2024, "releaseDate": "2024-10-13", "folderPath": folder, "tmdbId": tmdb,
            "imdbId": imdb, "overview": f"What happens in {title}, told in one sentence of a usual length, and a half.",
            "genres": ["Drama", "Comedy"], "images": images("image.tmdb.org/t/p/original", number), "tags": [],
            "originalLanguage": {"id": 1, "name": "English"}}
        common = {"movie": movie, "remoteMovie": {"tmdbId": tmdb, "imdbId": imdb, "title": title, "year": 2024}}
        name = f"Film.{number}.of.Many.2024.1080p.BluRay.x265-GROUP"
        file = {
            "id": number, "relativePath": f"{name}.mkv", "path": f"{folder}/{name}.mkv", "quality": "Bluray-1080p",
            "qualityVersion": 1, "releaseGroup": "GROUP", "sceneName": name, "size": 8_000_000_000 + number,
            "dateAdded": "2026-01-01T00:00:00Z"}
        yield (
            seerr(number, "movie", title, {"tmdbId": str(tmdb)}),
            request("radarr", common | {"release": release(name, 8_000_000_000), "eventType": "Grab"}
                    | download(number, "Radarr")),
            request("radarr", common | {"movieFile": file, "isUpgrade": False, "eventType": "Download"}
                    | download(number, "Radarr")))


def shows(count):
    for number in range(1, count + 1):
        title, tvdb, tmdb, imdb = f"Show {number} of Many", 300_000 + number, 100_000 + number, f"tt9{number:06d}"
        folder = f"/data/shows/{title}"
        series = {
            "id": number, "title": title, "titleSlug": f"show-{number}", "path": folder, "tvdbId": tvdb,
            "tvMazeId": number, "tmdbId": tmdb, "imdbId": imdb, "type": "standard", "year": 2024,
            "genres": ["Drama", "Comedy"], "images": images("artworks.thetvdb.com/banners", number), "tags": [],
            "originalLanguage": {"id": 1, "name": "English"}}
        episodes = [
            {"id": number * 100 + episode, "episodeNumber": episode, "seasonNumber": 1, "title": f"Part {episode}",
             "airDate": "2024-04-01", "airDateUtc": "2024-04-01T20:00:00Z", "tvdbId": number * 100 + episode}
            for episode in range(1, EPISODES + 1)]
        name = f"Show.{number}.of.Many.S01.1080p.BluRay.x265-GROUP"
        files = [
            {"id": number * 100 + episode, "relativePath": f"Season 1/{file}", "path": f"{folder}/Season 1/{file}",
             "quality": "Bluray-1080p", "qualityVersion": 1, "releaseGroup": "GROUP", "size": 700_000_000 + episode}
            for episode in range(1, EPISODES + 1)
            for file in [f"Show.{number}.of.Many.S01E{episode:02d}.1080p.BluRay.x265-GROUP.mkv"]]
        common = {"series": series, "episodes": episodes, "release": release(name, 9_000_000_000)}
        common |= download(1_000_000 + number, "Sonarr")
        yield (
            seerr(1_000_000 + number, "tv", title, {"tmdbId": str(tmdb), "tvdbId": str(tvdb)},
                  [{"name": "Requested Seasons", "value": "1"}]),
            request("sonarr", common | {"eventType": "Grab"}),
            request("sonarr", common | {"episodeFiles": files, "fileCount": EPISODES, "eventType": "Download"}))


def main():
    kind, count, folder = sys.argv[1], int(sys.argv[2]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    files = [open(folder / name, "wb") for name in ("requests", "grabs", "imports")]
    for hooks in {"films": films, "shows": shows}[kind](count):
        for file, hook in zip(files, hooks):
            file.write(len(hook).to_bytes(4, "little") + hook)
    for file in files:
        file.close()


main()
