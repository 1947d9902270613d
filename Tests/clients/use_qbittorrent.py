"""Uses a running simulator's qBittorrent through the public client qbittorrent-api.

Environment: what the simulator printed (QBITTORRENT_URL, …), QBITTORRENT_API_KEY where that version has one, and
SIMULATOR_URL, the address of its control API. Exits 1 with a message at the first thing that is wrong.
"""

import os
import sys

import qbittorrentapi
import requests


def same(what, seen, truth):
    if seen != truth:
        sys.exit(f"FAILED qbittorrent {what}: saw {seen!r}, expected {truth!r}")
    print(f"ok  qbittorrent {what}: {seen}")


def fails(what, error, call):
    try:
        call()
    except error:
        print(f"ok  qbittorrent {what}: {error.__name__}")
        return
    sys.exit(f"FAILED qbittorrent {what}: nothing was raised")


def control(action):
    url = os.environ["SIMULATOR_URL"] + "/services/qbittorrent"
    answer = requests.post(url, json={"action": action}, timeout=30)
    answer.raise_for_status()
    return answer.json()


def client(**credentials):
    return qbittorrentapi.Client(host=os.environ["QBITTORRENT_URL"], **credentials)


def check_torrents(qbt, count):
    torrents = qbt.torrents_info()
    same("torrents", len(torrents), count)
    one = torrents[0]
    same("one by hash", [t.name for t in qbt.torrents_info(torrent_hashes=one.hash)], [one.name])
    same("sorted and limited", len(qbt.torrents_info(sort="size", reverse=True, limit=3, offset=1)), 3)
    category = qbt.torrents_info(category=one.category)
    same("one category", {t.category for t in category}, {one.category})
    files = qbt.torrents_files(one.hash)
    same("bytes of its files", sum(file.size for file in files), one.size)
    same("properties", qbt.torrents_properties(one.hash)["save_path"], one.save_path)
    same("trackers", qbt.torrents_trackers(one.hash)[0].url, "** [DHT] **")
    fails("unknown torrent", qbittorrentapi.NotFound404Error, lambda: qbt.torrents_files("0" * 40))


def check_sync(qbt, count):
    full = qbt.sync_maindata(rid=0)
    same("full update", (full["full_update"], len(full["torrents"])), (True, count))
    quiet = qbt.sync_maindata(rid=full["rid"])
    same("nothing changed", (quiet.get("full_update"), quiet.get("torrents")), (None, None))
    running = [key for key, torrent in full["torrents"].items() if torrent["state"] == "stalledUP"]
    qbt.torrents_stop(torrent_hashes=running[:2])
    stopped = qbt.sync_maindata(rid=quiet["rid"])
    word = "pausedUP" if os.environ["QBITTORRENT_VERSION"] == "4.6" else "stoppedUP"
    same("stopped", dict(stopped["torrents"]), {key: {"state": word} for key in running[:2]})
    qbt.torrents_start(torrent_hashes=running[0])
    qbt.torrents_delete(delete_files=False, torrent_hashes=running[1])
    changed = qbt.sync_maindata(rid=stopped["rid"])
    same("started", dict(changed["torrents"]), {running[0]: {"state": "stalledUP"}})
    same("removed", list(changed["torrents_removed"]), [running[1]])
    control("full_update")
    same("full update on demand", qbt.sync_maindata(rid=changed["rid"]).get("full_update"), True)
    same("fewer torrents", len(qbt.torrents_info()), count - 1)


def main():
    password = os.environ["QBITTORRENT_PASSWORD"]
    version = os.environ["QBITTORRENT_VERSION"]
    wrong = client(username="admin", password="wrong")
    fails("wrong password", qbittorrentapi.LoginFailed, wrong.auth_log_in)
    qbt = client(username=os.environ["QBITTORRENT_USERNAME"], password=password)
    qbt.auth_log_in()
    same("version", qbt.app_version().startswith("v" + version), True)
    count = control("unban")["torrents"]
    check_torrents(qbt, count)  # the client logs in again by itself: unban ended its session
    check_sync(qbt, count)
    control("end_sessions")
    same("logs in again after a lost session", len(qbt.torrents_info()), count - 1)
    if "QBITTORRENT_API_KEY" in os.environ:
        url, key = os.environ["QBITTORRENT_URL"], os.environ["QBITTORRENT_API_KEY"]
        answer = requests.get(url + "/api/v2/torrents/info", headers={"Authorization": "Bearer " + key}, timeout=30)
        same("with the key", len(answer.json()), count - 1)
    qbt.auth_log_out()
    print("The public client could use qBittorrent.")


if __name__ == "__main__":
    main()
