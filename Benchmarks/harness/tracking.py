"""What tracking costs: webhooks against their floor, pages, browsers, and the reconcilers."""
import http.client
import json
import os
import shutil
import socket
import sqlite3
import subprocess
import time
from pathlib import Path
from statistics import median

from building import ROOT
from figures import Figure, output, scratch
from processes import Server, Void, cpu_seconds, memory
from stub import Stub

TOOLS = ROOT / ".build/bench"
STEPS = ("requests", "grabs", "imports")
CONNECTIONS = 64
#: Without upstreams and so without readers: what is left is the way of a webhook.
ALONE = {"MARQUEE_WEBHOOK_TOKEN": "the-token-of-these-measurements"}


def write_hooks(kind, count, folder):
    subprocess.run([ROOT / "Benchmarks/webhooks/hooks.py", kind, str(count), str(folder)], check=True)
    return folder


def replay(server, file):
    return output(TOOLS / "hooks-replay", str(server.port), str(CONNECTIONS), str(file))


def rows(database, kind, count):
    """The rows that the hooks must have left, counted."""
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        def number(sql):
            return db.execute(sql).fetchone()[0]

        found = {
            "requests": number("SELECT count(*) FROM requests WHERE state IN ('importing', 'syncing_library')"),
            "applied": number("SELECT count(*) FROM inbox WHERE outcome = 'applied'"),
            "downloads": number("SELECT count(*) FROM downloads"),
            "imports": number("SELECT count(*) FROM facts WHERE fact = 'imported'"),
            "episodes": number("SELECT count(*) FROM episodes"),
        }
    files = 12 if kind == "shows" else 1
    wanted = {
        "requests": count, "applied": count * len(STEPS), "downloads": count, "imports": count * files,
        "episodes": count * files if kind == "shows" else 0,
    }
    if found != wanted:
        raise Void(f"after the hooks of {count} {kind}: {found}, not {wanted}")


def hooks_once(kind, count):
    with scratch() as folder:
        files = write_hooks(kind, count, folder / "hooks")
        empty = folder / "floor"
        Server(empty, ALONE).stop()
        with Server(folder / "ours", ALONE) as server:
            before = cpu_seconds(server.pid)
            steps = {name: replay(server, files / name) for name in STEPS}
            cpu = cpu_seconds(server.pid) - before
        rows(folder / "ours/marquee.db", kind, count)
        floor = output(TOOLS / "hooks-floor", str(folder / "ours/marquee.db"), str(empty / "marquee.db"), str(CONNECTIONS))
    return {"steps": steps, "cpu": cpu, "floor": floor}


def rate(run, names=STEPS):
    steps = [run["steps"][name] for name in names]
    return sum(step["hooks"] for step in steps) / sum(step["seconds"] for step in steps)


def webhooks(options):
    for kind, count, limit in (("films", options.hooks, 5000), ("shows", max(options.hooks // 4, 1), 1500)):
        runs = [hooks_once(kind, count) for _ in range(options.runs)]
        of = "films" if kind == "films" else "12-episode packs"
        names = STEPS if kind == "films" else STEPS[1:]
        rates = [rate(run, names) for run in runs]
        slowest = [max(run["steps"][name]["p99_ms"] for name in names) for run in runs]
        each = ", ".join(
            f"{name} {median(run['steps'][name]['rate'] for run in runs):,.0f}/s" for name in STEPS)
        detail = f"{CONNECTIONS} connections, {len(names) * count:,} hooks; {each}"
        yield Figure(f"webhooks over HTTP, {of}", median(rates), "/s", limit, detail, {"runs": runs}, is_least=True)
        # 64 packs at a time wait for each other: their p99 is 64 divided by the rate, and has no limit of its own.
        most = 30 if kind == "films" else None
        yield Figure(f"webhooks over HTTP, {of}, p99 of the slowest kind", median(slowest), "ms", most)
        floor = runs[0]["floor"]
        detail = f"floor {median(run['floor']['rate'] for run in runs):,.0f}/s, {floor['rows']:,} rows"
        ratio = median(rate(run) / run["floor"]["rate"] for run in runs)
        yield Figure(f"the same, against C that only writes the rows ({of})", ratio, "×", 0.6, detail, is_least=True)


# 10,000 active requests

def fill(folder, count, live):
    """A database with `count` approved films, the first `live` of them grabbed; nobody else is asked."""
    files = write_hooks("films", count, folder / "hooks")
    part = folder / "live"
    data = (files / "grabs").read_bytes()
    at = 0
    for _ in range(live):
        at += 4 + int.from_bytes(data[at:at + 4], "little")
    part.write_bytes(data[:at])
    with Server(folder / "full", ALONE) as server:
        replay(server, files / "requests")
        replay(server, part)
    return folder / "full"


class Page:
    """Asks on one kept-alive connection; the milliseconds to the first byte and to the last."""

    def __init__(self, port):
        self.connection = socket.create_connection(("127.0.0.1", port))
        self.connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def ask(self, path):
        begun = time.monotonic()
        self.connection.sendall(f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n".encode())
        answer = self.connection.recv(1 << 20)
        first = time.monotonic() - begun
        while b"\r\n\r\n" not in answer:
            answer += self.connection.recv(1 << 20)
        head, body = answer.split(b"\r\n\r\n", 1)
        lines = head.lower().split(b"\r\n")
        status = int(lines[0].split()[1])
        if status in (302, 303):
            return self.ask(next(l for l in head.split(b"\r\n") if l.lower().startswith(b"location:"))[9:].strip().decode())
        if status != 200:
            raise Void(f"{path} answered {status}")
        length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
        while len(body) < length:
            body += self.connection.recv(1 << 20)
        return first * 1000, (time.monotonic() - begun) * 1000, body


def pages(options):
    with scratch() as folder:
        full = fill(folder, options.active, 500)
        with Server(full, ALONE) as server:
            page = Page(server.port)
            deep, number = None, 0
            while number < options.active // 100:
                path = "/api/requests?limit=50" + (f"&after={deep}" if deep else "")
                deep = json.loads(page.ask(path)[2]).get("next") or deep
                number += 1
            first = [page.ask("/api/requests?limit=50")[1] for _ in range(300)]
            below = [page.ask(f"/api/requests?limit=50&after={deep}")[1] for _ in range(300)]
            whole = [page.ask("/") for _ in range(100)]
    detail = f"{options.active:,} requests under way, 50 to a page"
    yield Figure("GET /api/requests, first page, p50", median(first), "ms", 2, detail, {"ms": first})
    yield Figure("GET /api/requests, deep page, p50", median(below), "ms", 2, f"page {number}", {"ms": below})
    yield Figure("GET /, first byte, p50", median(answer[0] for answer in whole), "ms", 20)
    yield Figure("GET /, size", len(whole[0][2]) / 1000, "kB", 120)
    yield from stored(options)


def stored(options):
    """The first byte of the two busiest pages with very many requests stored, warm (web.md §4)."""
    with scratch() as folder:
        full = fill(folder, options.stored, 500)
        with Server(full, ALONE) as server:
            page = Page(server.port)
            total = json.loads(page.ask("/api/requests?limit=1")[2])["total"]
            if total < min(options.stored, 10_000):
                raise Void(f"{total} of {options.stored} requests are there")
            for path in "/", "/requests":
                for _ in range(20):
                    page.ask(path)
                first = sorted(page.ask(path)[0] for _ in range(300))
                detail = f"{options.stored:,} requests stored"
                yield Figure(f"GET {path}, first byte, many stored, p50", median(first), "ms", 20, detail)
                yield Figure(f"GET {path}, first byte, many stored, p99", first[len(first) * 99 // 100], "ms", 60)


def browsers(options):
    with scratch() as folder:
        files = write_hooks("films", 250, folder / "hooks")
        found = []
        for number in range(options.runs):
            with Server(folder / str(number), ALONE) as server:
                found.append(output(TOOLS / "hooks-fanout", str(server.port), str(server.pid), "200", str(files / "requests")))
    detail = f"200 streams, {found[0]['hooks']} hooks one by one; p99 {median(run['p99_ms'] for run in found):.1f} ms"
    yield Figure("webhook to the last of 200 browsers, p50", median(run["p50_ms"] for run in found), "ms", 15, detail, {"runs": found})
    detail = f"{median(run['open_kb'] for run in found):.1f} kB before the first news"
    yield Figure("memory for each browser", median(run["told_kb"] for run in found), "kB", 20, detail)


#: A reader, the settings that let it alone read often, and the call that begins each of its cycles.
READERS = (
    ("Jellyfin changes", "jellyfin", "JELLYFIN", "jellyfin Items changes", 2),
    ("Radarr queue", "radarr", "ARR_QUEUE", "radarr api/v3/queue", 1),
    ("Radarr history", "radarr", "ARR_HISTORY", "radarr api/v3/history/since", 1),
    ("Radarr list", "radarr", "ARR_LIST", "radarr api/v3/movie", 1),
    ("qBittorrent", "qbittorrent", "QBITTORRENT", "qbittorrent api/v2/sync/maindata", 1),
    ("Seerr", "seerr", "SEERR", "seerr api/v1/request", 1),
)
PACES = ("SEERR", "ARR_QUEUE", "ARR_HISTORY", "ARR_MISSING", "ARR_LIST", "QBITTORRENT", "SHOKO", "JELLYFIN", "JELLYFIN_FULL")


def cycle(stub, full, folder, reader, seconds):
    """CPU seconds and calls of one reader's cycle, in the steady state."""
    name, service, pace, marker, per_cycle = reader
    data = folder / pace
    shutil.copytree(full, data)
    settings = {}
    for other in PACES:
        wanted = "300ms" if other == pace else "2h"
        settings |= {f"MARQUEE_POLL_{other}": wanted, f"MARQUEE_POLL_{other}_ACTIVE": wanted}
    stub.calls.clear()
    with Server(data, stub.environment(service) | settings) as server:
        deadline = time.monotonic() + 120
        # The first reading books everything, in many pages where it is Seerr's; the second one has begun after it.
        while stub.calls[marker] <= (-(-stub.films // 100) if pace == "SEERR" else per_cycle) + per_cycle:
            if time.monotonic() > deadline:
                raise Void(f"{name} does not read: {dict(stub.calls)}; {(data / 'serve.log').read_text()[-2000:]}")
            time.sleep(0.2)
        before, calls, marks = cpu_seconds(server.pid), sum(stub.calls.values()), stub.calls[marker]
        time.sleep(seconds)
        cpu, calls, marks = cpu_seconds(server.pid) - before, sum(stub.calls.values()) - calls, stub.calls[marker] - marks
        peak = memory(server.pid, "VmHWM")
    shutil.rmtree(data)
    if marks < 2:
        raise Void(f"{name} read {marks} times in {seconds} s")
    # The queue's cycle has several pages, the changes' cycle a page and a count.
    cycles = marks / (per_cycle if pace != "ARR_QUEUE" else -(-stub.live // 200))
    return {"cpu": cpu / cycles, "calls": calls / cycles, "cycles": cycles, "peak_mb": peak}


def cycles(options):
    with scratch() as folder:
        live = min(500, options.active)
        stub = Stub(options.active, live)
        full = fill(folder, options.active, live)
        found = {reader[0]: cycle(stub, full, folder, reader, options.window) for reader in READERS}
        stub.stop()
    total = sum(run["cpu"] for run in found.values())
    detail = f"{options.active:,} requests, {live} downloading; " + ", ".join(
        f"{name} {run['cpu'] * 1000:.0f} ms" for name, run in found.items())
    yield Figure("a reconcile cycle of every reader, CPU", total, "s", 1, detail, {"readers": found})
    calls = sum(run["calls"] for run in found.values())
    each = ", ".join(f"{name} {run['calls']:.0f}" for name, run in found.items())
    yield Figure("a reconcile cycle of every reader, calls", calls, "calls", None, each)


MEASURES = {"webhooks": webhooks, "pages": pages, "browsers": browsers, "cycles": cycles}
