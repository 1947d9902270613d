"""Listens to a running simulator's Shoko with the public WebSocket client websockets, and reads its REST API.

Environment: what the simulator printed (SHOKO_URL, SHOKO_API_KEY), SHOKO_VERSION, and SIMULATOR_URL, the address of its
control API. Exits 1 with a message at the first thing that is wrong.
"""

import json
import os
import sys

import requests
from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

END = "\x1e"


def same(what, seen, truth):
    if seen != truth:
        sys.exit(f"FAILED shoko {what}: saw {seen!r}, expected {truth!r}")
    print(f"ok  shoko {what}: {seen}")


def control(**body):
    answer = requests.post(os.environ["SIMULATOR_URL"] + "/services/shoko", json=body, timeout=30)
    answer.raise_for_status()
    return answer.json()


def connected(feeds, key):
    url = os.environ["SHOKO_URL"].replace("http", "ws", 1) + f"/signalr/aggregate?feeds={feeds}"
    return connect(url, additional_headers={"apikey": key}, compression=None)


class Listener:
    """Records of the event stream, put together from messages as they come."""

    def __init__(self, socket):
        self.socket = socket
        self.rest = ""
        self.say({"protocol": "json", "version": 1})

    def say(self, record):
        self.socket.send(json.dumps(record) + END)

    def next(self):
        while END not in self.rest:
            self.rest += self.socket.recv(timeout=10)
        record, self.rest = self.rest.split(END, 1)
        return json.loads(record)


def check_rest(key):
    url = os.environ["SHOKO_URL"]
    headers = {"apikey": key}

    def get(route, **parameters):
        return requests.get(url + route, params=parameters, headers=headers, timeout=30)

    same("status", requests.get(url + "/api/v3/Init/Status", timeout=30).json()["State"], "Started")
    version = requests.get(url + "/api/v3/Init/Version", timeout=30).json()["Server"]["Version"]
    same("version", version.split(".")[0], os.environ["SHOKO_VERSION"])
    series = get("/api/v3/Series", pageSize=100).json()
    one = series["List"][0]["IDs"]
    same("series by its AniDB number", get(f"/api/v3/Series/AniDB/{one['AniDB']}/Series").json()["IDs"], one)
    same("too large a page", get("/api/v3/Series", pageSize=101).status_code, 400)
    same("episodes", get(f"/api/v3/Series/{one['ID']}/Episode").json()["Total"] > 0, True)
    files = get("/api/v3/File/PathEndsWith", path=".mkv", include="XRefs", limit=5).json()
    same("files by the end of their path", len(files), 5)
    same("references", files[0]["SeriesIDs"][0]["SeriesID"]["ID"] is not None, True)


def check_events(listener):
    version = os.environ["SHOKO_VERSION"]
    same("handshake", listener.next(), {})
    greeting = "ShokoEvent:OnConnected" if version == "5" else "release:connected"
    same("greeting", listener.next()["target"], greeting)
    for place in range(3):
        control(action="send", target="ShokoEvent:Test", arguments=[{"Place": place}])
        same("event", listener.next(), {"type": 1, "target": "ShokoEvent:Test", "arguments": [{"Place": place}]})
    listener.say({"type": 1, "target": "Anything", "arguments": [], "invocationId": "7"})
    same("completion", listener.next()["invocationId"], "7")
    control(action="close", allow_reconnect=True)
    same("close", listener.next(), {"type": 7, "allowReconnect": True})
    try:
        listener.next()
        sys.exit("FAILED shoko: the connection stayed open")
    except ConnectionClosed as closed:
        same("closing frame", closed.rcvd.code if closed.rcvd else None, 1000)


def main():
    url = os.environ["SHOKO_URL"]
    credentials = {"user": "admin", "pass": "admin", "device": "test"}
    key = requests.post(url + "/api/auth", json=credentials, timeout=30).json()["apikey"]
    check_rest(key)
    try:
        with connected("shoko", "wrong"):
            sys.exit("FAILED shoko: a wrong key was taken")
    except InvalidStatus as error:
        same("wrong key", error.response.status_code, 401)
    with connected("shoko,release,nonsense", key) as socket:
        check_events(Listener(socket))
    print("The public client could listen to Shoko.")


if __name__ == "__main__":
    main()
