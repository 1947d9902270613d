"""What is measured, and the limits of architecture.md §7 and library-sync.md §9."""
import json
import os
import shutil
import sqlite3
import subprocess
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from statistics import median
from typing import Optional

from building import FLOOR, ROOT, program
from processes import Server, Simulator, Void, forget_peak, memory


@dataclass
class Figure:
    what: str
    value: float
    unit: str
    limit: Optional[float]
    detail: str = ""
    raw: dict = field(default_factory=dict)
    #: Whether the limit is the least that is wanted, not the most that is allowed.
    is_least: bool = False

    @property
    def is_missed(self):
        if self.limit is None:
            return False
        return self.value < self.limit if self.is_least else self.value > self.limit


@contextmanager
def scratch():
    folder = Path(tempfile.mkdtemp(prefix="marquee-bench."))
    try:
        yield folder
    finally:
        shutil.rmtree(folder)


def output(*command, environment=None):
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    if done.returncode != 0:
        raise Void(f"{Path(command[0]).name} failed with {done.returncode}")
    return json.loads(done.stdout.splitlines()[-1])


def parse(options):
    found = output(program("bench-parse"), str(options.items))
    detail = f"{found['items']:,} items, {found['bytes'] / 1e6:.0f} MB, {found['parse_cpu']:.3f} s CPU"
    yield Figure("parsing a listing, against reading its bytes", found["ratio"], "×", 3, detail, found)
    yield Figure("parsing, peak memory", found["peak_mb"], "MB", 20, "", {})


def insert(options):
    if not (ROOT / "Benchmarks/insert/run").exists():
        raise Void("Benchmarks/insert/run is missing")
    found = output(ROOT / "Benchmarks/insert/run", str(options.items))
    detail = f"{found['rows']:,} rows, {found['swift_cpu_s']:.2f} s CPU"
    yield Figure("insert path, against C on the sqlite3 API", found["ratio"], "×", 1.10, detail, found)


def start(options):
    with scratch() as folder:
        times, idle = [], []
        for number in range(options.runs):
            with Server(folder / str(number), {}) as server:
                times.append(server.start_seconds * 1000)
                time.sleep(3)
                idle.append(memory(server.pid, "VmRSS"))
        raw = {"start_ms": times, "idle_mb": idle}
        yield Figure("start to the first /readyz", median(times), "ms", 300, "migrating an empty database", raw)
        yield Figure("idle, resident", median(idle), "MB", 40, "three seconds after the start")


def empty_database(folder, upstreams):
    """A database as Marquee makes it, for the floor to fill: the same schema, page size and journal mode."""
    Server(folder, upstreams).stop()
    return folder / "marquee.db"


def check_sync(answer, items, database, is_first):
    counts = {"added": items if is_first else 0, "skipped": 0 if is_first else items, "errors": 0}
    if any(answer[name] != count for name, count in counts.items()):
        raise Void(f"the sync of {items} items reported {({name: answer[name] for name in counts})}")
    with sqlite3.connect(f"file:{database}?mode=ro", uri=True) as db:
        rows = db.execute("SELECT count(*) FROM requests").fetchone()[0]
    if rows != items:
        raise Void(f"{rows} rows after a sync of {items} items")


def sync_once(options, simulator, folder):
    """One floor, one first sync, one unchanged sync; the rows of floor and first sync compared."""
    database = empty_database(folder / "floor", simulator.environment)
    floor = output(FLOOR, str(database), environment=dict(os.environ) | simulator.environment)
    if floor["items"] != options.items:
        raise Void(f"the floor saw {floor['items']} items")
    sorting = empty_database(folder / "sorting", simulator.environment)
    sorting = output(FLOOR, str(sorting), "--sorted-keys", environment=dict(os.environ) | simulator.environment)
    ours = folder / "ours"
    with Server(ours, simulator.environment) as server:
        first, first_cpu = server.sync()
        first_peak = memory(server.pid, "VmHWM")
        check_sync(first, options.items, ours / "marquee.db", is_first=True)
        forget_peak(server.pid)
        again, again_cpu = server.sync()
        again_peak = memory(server.pid, "VmHWM")
        check_sync(again, options.items, ours / "marquee.db", is_first=False)
    rows = output(ROOT / "Benchmarks/sync-floor/compare", str(ours / "marquee.db"), str(database))
    return {
        "floor": floor, "sorting_floor": sorting, "first_cpu": first_cpu, "again_cpu": again_cpu, "first_peak": first_peak,
        "again_peak": again_peak, "rows": rows, "first_ms": first["duration_ms"], "calls": first["upstream_calls"],
    }


def sync(options):
    runs = []
    for _ in range(options.runs):
        with scratch() as folder, Simulator(options.items, folder) as simulator:
            runs.append(sync_once(options, simulator, folder))

    def middle(of):
        return median(of(run) for run in runs)

    floor = middle(lambda run: run["floor"]["cpu"])
    counted = sum(runs[0]["rows"].values())
    detail = f"{options.items:,} items over HTTP, {counted:,} rows compared, floor {floor:.2f} s CPU"
    first = middle(lambda run: run["first_cpu"] / run["floor"]["cpu"])
    again = middle(lambda run: run["again_cpu"] / run["floor"]["cpu"])
    yield Figure("first library sync, against the C++ floor", first, "×", 1.2, detail, {"runs": runs})
    sorting = middle(lambda run: run["first_cpu"] / run["sorting_floor"]["cpu"])
    yield Figure("the same, against a floor that sorts its keys too", sorting, "×", None, "see below")
    yield Figure("unchanged library sync, against the first floor", again, "×", 0.8)
    yield Figure("first library sync, peak memory", middle(lambda run: run["first_peak"]), "MB", 64)
    yield Figure("unchanged library sync, peak memory", middle(lambda run: run["again_peak"]), "MB", 64)
    allowed = options.items // 500 + 1 + 5
    yield Figure("upstream calls of a sync", runs[0]["calls"], "calls", allowed, "pages, a count, two listings, tags")


def health(options):
    p99s, worst = [], []
    for _ in range(options.runs):
        with scratch() as folder, Simulator(options.items, folder) as simulator:
            with Server(folder / "ours", simulator.environment) as server:
                command = ["python3", str(ROOT / "Benchmarks/harness/health.py"), str(server.port)]
                with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as sampler:
                    answer, _ = server.sync()
                    samples = json.loads(sampler.communicate()[0])
                check_sync(answer, options.items, folder / "ours/marquee.db", is_first=True)
        if len(samples) < 100:
            raise Void(f"only {len(samples)} samples during the sync")
        samples.sort()
        p99s.append(samples[len(samples) * 99 // 100])
        worst.append(samples[-1])
    detail = f"every 5 ms, {len(samples):,} samples in the last run, slowest {max(worst):.1f} ms"
    yield Figure("/api/health during a first sync, p99", median(p99s), "ms", 20, detail, {"p99": p99s, "worst": worst})


def large(options):
    if options.large == 0:
        return
    with scratch() as folder, Simulator(options.large, folder) as simulator:
        database = folder / "ours/marquee.db"
        with Server(folder / "ours", simulator.environment) as server:
            first, cpu = server.sync()
            peak = memory(server.pid, "VmHWM")
            check_sync(first, options.large, database, is_first=True)
            detail = f"{options.large:,} items, {cpu:.1f} s CPU"
            yield Figure(f"first sync of {options.large:,} items, peak memory", peak, "MB", 96, detail, {"cpu": cpu})
            forget_peak(server.pid)
            again, cpu = server.sync()
            peak = memory(server.pid, "VmHWM")
            check_sync(again, options.large, database, is_first=False)
            detail = f"{cpu:.1f} s CPU"
            yield Figure(f"unchanged sync of {options.large:,} items, peak memory", peak, "MB", 96, detail)


MEASURES = {"parse": parse, "insert": insert, "start": start, "sync": sync, "health": health, "large": large}
