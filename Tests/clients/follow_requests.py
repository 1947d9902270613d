"""Asks a simulator whose clock stands still for a film and a season, and follows both through public clients.

Environment: as for list_library.py. Exits 1 with a message at the first thing that is not as it should be.
"""

import os
import sys

import requests
from pyarr import RadarrAPI, SonarrAPI

SEERR = os.environ["JELLYSEERR_URL"] + "/api/v1"
KEY = {"X-Api-Key": os.environ["JELLYSEERR_API_KEY"]}
CONTROL = os.environ["SIMULATOR_URL"]


def same(what, seen, truth):
    if seen != truth:
        sys.exit(f"FAILED {what}: saw {seen!r}, expected {truth!r}")
    print(f"ok  {what}: {seen}")


def advance(span):
    requests.post(CONTROL + "/clock", json={"advance": span}, timeout=30).raise_for_status()


def seerr(method, path, status=200, **more):
    answer = requests.request(method, SEERR + path, headers=KEY, timeout=30, **more)
    same(f"seerr {method} {path.split('?')[0]}", answer.status_code, status)
    return answer.json() if answer.content else None


def check_seerr():
    same("seerr without a key", requests.get(SEERR + "/request", timeout=30).status_code, 403)
    same("seerr status needs none", requests.get(SEERR + "/status", timeout=30).status_code, 200)
    seerr("GET", "/request?unknown=1", 400)
    film = seerr("POST", "/request", 201, json={"mediaType": "movie", "mediaId": 603})
    season = seerr("POST", "/request", 201, json={"mediaType": "tv", "mediaId": 1399, "seasons": "all"})
    seerr("POST", "/request", 409, json={"mediaType": "movie", "mediaId": 603})
    same("seerr total", seerr("GET", "/request?take=1&sort=added")["pageInfo"]["results"], 2)
    same("seerr kinds", [film["type"], season["type"]], ["movie", "tv"])
    return film["id"], season["id"]


def check_downloading():
    radarr = RadarrAPI(os.environ["RADARR_URL"], os.environ["RADARR_API_KEY"])
    sonarr = SonarrAPI(os.environ["SONARR_URL"], os.environ["SONARR_API_KEY"])
    advance("60s")
    film = radarr.get_movie(603, tmdb=True)[0]
    same("radarr film without file", film["hasFile"], False)
    queue = radarr.get_queue()["records"]
    same("radarr queue", [record["movieId"] for record in queue], [film["id"]])
    records = sonarr.get_queue(page_size=50)["records"]
    same("sonarr queue: one record per episode, one download", (len(records), len({r["downloadId"] for r in records})), (8, 1))
    return radarr, sonarr, film["id"]


def check_imported(radarr, sonarr, film):
    advance("1h")
    same("radarr film with file", radarr.get_movie(film)["hasFile"], True)
    same("radarr queue empty", radarr.get_queue()["totalRecords"], 0)
    history = [record["eventType"] for record in radarr.get_history(page=1, page_size=20)["records"]]
    same("radarr history", history, ["downloadFolderImported", "grabbed"])
    imported = [r for r in sonarr.get_history(page=1, page_size=100)["records"] if r["eventType"] != "grabbed"]
    same("sonarr imports", len(imported), 8)
    command = radarr.post_command("MoviesSearch", movieIds=[film])
    same("radarr command", command["name"], "MoviesSearch")
    advance("2s")
    same("radarr command done", radarr.get_command(command["id"])["status"], "completed")


def check_deleted(radarr, film):
    files = requests.get(
        os.environ["RADARR_URL"] + f"/api/v3/moviefile?movieId={film}",
        headers={"X-Api-Key": os.environ["RADARR_API_KEY"]}, timeout=30,
    ).json()
    same("radarr files of the film", len(files), 1)
    radarr.del_movie(film, delete_files=True, add_exclusion=True)
    gone = requests.get(
        os.environ["RADARR_URL"] + f"/api/v3/movie/{film}",
        headers={"X-Api-Key": os.environ["RADARR_API_KEY"]}, timeout=30,
    )
    same("radarr film gone", gone.status_code, 404)
    advance("3m")
    media = seerr("GET", "/movie/603")["mediaInfo"]["id"]
    seerr("DELETE", f"/media/{media}", 204)
    advance("6m")
    same("seerr forgets what is gone", "mediaInfo" in seerr("GET", "/movie/603"), False)


def main():
    film, season = check_seerr()
    radarr, sonarr, movie = check_downloading()
    check_imported(radarr, sonarr, movie)
    for number in (film, season):
        same(f"seerr request {number} available", seerr("GET", f"/request/{number}")["media"]["status"], 5)
    seerr("DELETE", f"/request/{film}", 204)
    check_deleted(radarr, movie)
    print("All public clients followed both requests.")


if __name__ == "__main__":
    main()
