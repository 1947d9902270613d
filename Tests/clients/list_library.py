"""Lists a running simulator's library through public clients, and counts what they saw.

Environment: what the simulator printed (JELLYFIN_URL, JELLYFIN_API_KEY, RADARR_URL, …) and SIMULATOR_URL, the address of
its control API. Exits 1 with a message at the first thing that differs from the truth told there.
"""

import os
import sys

import requests
from jellyfin_apiclient_python import JellyfinClient
from pyarr import RadarrAPI, SonarrAPI
from pyarr.exceptions import PyarrResourceNotFound, PyarrUnauthorizedError

PAGE = 100


def same(what, seen, truth):
    if seen != truth:
        sys.exit(f"FAILED {what}: saw {seen!r}, expected {truth!r}")
    print(f"ok  {what}: {seen if not isinstance(seen, set) else len(seen)}")


def jellyfin_client():
    client = JellyfinClient()
    client.config.app("marquee-test", "1.0", "test machine", "test-device")
    client.config.data["auth.ssl"] = False
    return client


def logged_in(url):
    """Logs in as a person does: finds the server, then name and password."""
    client = jellyfin_client()
    client.auth.connect_to_address(url)
    result = client.auth.login(url, "user1", "user1")
    if not result:
        sys.exit("FAILED jellyfin login: the client got no session")
    client.logged_in = True
    client.start(keep_alive=True)
    client.config.data["auth.server"] = url
    return client


def with_key(url, key):
    """Uses an API key, as services do."""
    client = jellyfin_client()
    client.authenticate({"Servers": [{"AccessToken": key, "address": url}]}, discover=False)
    client.config.data["auth.server"] = url
    client.config.data["auth.token"] = key
    return client


def listed(call):
    """Every item of a listing, page by page until a short page."""
    items, start = [], 0
    while True:
        page = call(
            {
                "recursive": "true",
                "includeItemTypes": "Movie,Series",
                "collapseBoxSetItems": "false",
                "fields": "ProviderIds,Path,Overview,DateCreated,MediaSources",
                "sortBy": "DateCreated,SortName",
                "startIndex": start,
                "limit": PAGE,
            }
        )
        items += page["Items"]
        start += PAGE
        if len(page["Items"]) < PAGE:
            return items, page["TotalRecordCount"]


def check_jellyfin(state):
    url, key = os.environ["JELLYFIN_URL"], os.environ["JELLYFIN_API_KEY"]
    films, series = state["jellyfin"]["Movie"], state["jellyfin"]["Series"]
    ways = {"with a login": logged_in(url).jellyfin.user_items}
    if "CLIENTS_WITHOUT_KEY" not in os.environ:
        ways["with a key"] = with_key(url, key).jellyfin.items
    for name, call in ways.items():
        items, total = listed(lambda query: call(params=query))
        same(f"jellyfin {name}: items", len(items), films + series)
        same(f"jellyfin {name}: total", total, films + series)
        same(f"jellyfin {name}: distinct ids", len({item["Id"] for item in items}), total)
        same(f"jellyfin {name}: films", sum(item["Type"] == "Movie" for item in items), films)
    person = logged_in(url)
    same("jellyfin libraries", person.jellyfin.get_views()["TotalRecordCount"], state["jellyfin"]["libraries"])
    first = next(item for item in items if item["Type"] == "Series")
    same("jellyfin one item", person.jellyfin.get_item(first["Id"])["Name"], first["Name"])
    several = person.jellyfin.get_items([item["Id"] for item in items[:5]])["Items"]
    same("jellyfin items by id", {item["Id"] for item in several}, {item["Id"] for item in items[:5]})
    return {item["Path"] for item in items if item["Type"] == "Movie" and "Path" in item}


def check_radarr(state, paths):
    for name, truth in state["radarr"].items():
        prefix = name.upper().replace("/", "__") + ("__" if "/" in name else "_")
        radarr = RadarrAPI(os.environ[prefix + "URL"], os.environ[prefix + "API_KEY"])
        films = radarr.get_movie()
        same(f"{name} films", len(films), truth)
        same(f"{name} status", radarr.get_system_status()["appName"], "Radarr")
        same(f"{name} one film", radarr.get_movie(films[0]["id"])["title"], films[0]["title"])
        same(f"{name} by tmdb", radarr.get_movie(films[0]["tmdbId"], tmdb=True)[0]["id"], films[0]["id"])
        if name == "radarr":
            shared = sum(film.get("movieFile", {}).get("path") in paths for film in films)
            same("radarr files that jellyfin has too, most of them", shared > truth * 0.8, True)
        try:
            radarr.get_movie(99_999_999)
            sys.exit(f"FAILED {name}: an unknown id was found")
        except PyarrResourceNotFound:
            print(f"ok  {name} unknown id: not found")
        same(f"{name} profiles", len(radarr.get_quality_profile()), 2)
        same(f"{name} folders", len(radarr.get_root_folder()), 1)
    try:
        RadarrAPI(os.environ["RADARR_URL"], "wrong").get_movie()
        sys.exit("FAILED radarr: a wrong key was taken")
    except PyarrUnauthorizedError:
        print("ok  radarr wrong key: unauthorized")


def check_sonarr(state):
    sonarr = SonarrAPI(os.environ["SONARR_URL"], os.environ["SONARR_API_KEY"])
    series = sonarr.get_series()
    same("sonarr series", len(series), state["sonarr"])
    one = series[-1]
    episodes = sonarr.get_episode(one["id"], series=True)
    same("sonarr episodes of one", len(episodes), one["statistics"]["totalEpisodeCount"])
    same("sonarr status", sonarr.get_system_status()["appName"], "Sonarr")
    same("sonarr tags", len(sonarr.get_tag()), 3)


def main():
    state = requests.get(os.environ["SIMULATOR_URL"] + "/state", timeout=30).json()
    paths = check_jellyfin(state)
    check_radarr(state, paths)
    check_sonarr(state)
    print("All public clients saw the whole library.")


if __name__ == "__main__":
    main()
