"""Tables, the JSON of a run, and docs/performance.md."""
import json
import os
import subprocess
from datetime import datetime, timezone
from pathlib import Path

from building import ROOT


def text(value, unit):
    number = f"{value:,.0f}" if unit in ("calls", "/s") else f"{value:.2f}" if unit in ("×", "s") else f"{value:.1f}"
    return number + ("" if unit in ("×", "/s") else " ") + unit


def line(figure):
    verdict = "MISSED" if figure.is_missed else "ok"
    return f"{figure.what}: {text(figure.value, figure.unit)} ({bound(figure)}) {verdict}"


def bound(figure):
    return "–" if figure.limit is None else f"{'≥' if figure.is_least else '≤'} {text(figure.limit, figure.unit)}"


def table(found):
    rows = ["| what | measured | limit | |", "|---|---|---|---|"]
    for figure in found:
        mark = "**missed**" if figure.is_missed else ""
        note = "; ".join(part for part in (figure.detail, mark) if part)
        rows.append(f"| {figure.what} | {text(figure.value, figure.unit)} | {bound(figure)} | {note} |")
    return "\n".join(rows)


def machine():
    cpu = next(
        (l.split(":", 1)[1].strip() for l in Path("/proc/cpuinfo").read_text().splitlines() if l.startswith("model name")),
        "unknown")
    kilobytes = int(Path("/proc/meminfo").read_text().split()[1])
    commit = subprocess.run(
        ["git", "describe", "--always", "--dirty"], cwd=ROOT, stdout=subprocess.PIPE, text=True).stdout.strip()
    return {
        "cpu": cpu, "cores": os.cpu_count(), "memory_gb": round(kilobytes / 1024**2), "kernel": os.uname().release,
        "load": os.getloadavg()[0], "commit": commit, "date": datetime.now(timezone.utc).strftime("%Y-%m-%dT%H:%M:%SZ"),
    }


def save(found, options):
    folder = ROOT / "bench-results"
    folder.mkdir(exist_ok=True)
    about = machine()
    path = folder / f"{about['date'].replace(':', '')}.json"
    figures = [
        {"what": f.what, "value": f.value, "unit": f.unit, "limit": f.limit, "detail": f.detail, "raw": f.raw}
        for f in found
    ]
    path.write_text(json.dumps({"machine": about, "options": vars(options), "figures": figures}, indent=1) + "\n")
    return path.relative_to(ROOT)


PAGE = """# Performance

Measured by `make bench` on {date}, commit {commit}: {cores} cores of {cpu}, {memory_gb} GB, Linux {kernel}. The limits are
those of the design (architecture.md §7). Times and memory of a shared machine come and go; the ratios, taken in one run,
are what to trust.

{table}

How each figure comes about:

- **Median of {runs} runs**, each with fresh processes and a fresh database; of the 500,000 items one run.
- **CPU** is user and system time of the one process in question, from /proc; **memory** is the kernel's own peak (VmHWM),
  shared libraries included. The simulator that plays Jellyfin, Radarr and Sonarr is not counted.
- **The sync floor** (`Benchmarks/sync-floor`) is C++: libcurl, simdjson on demand built for this very processor, and the
  sqlite3 API. It asks for the same answers and writes the same rows, plan lines included, in the same batches and
  transactions, into a database that Marquee itself created, at synchronous=FULL. After every run both databases are compared
  column by column, but for times (`Benchmarks/sync-floor/compare`); a difference voids the figure.
- **A ratio below 1** is no contradiction: both write the same rows, but Marquee brings the keys into the order of their
  index first, 20,000 at a time, which spares SQLite most of the pages a scattered key touches. With `--sorted-keys` the
  floor does the same.
- **The insert floor** (`Benchmarks/insert/floor`) is C on the sqlite3 API, the same rows in the same transaction.
- **Webhooks** are sent by a small C program (`Benchmarks/webhooks/replay.c`) over 64 kept-alive connections, each with one
  hook under way: first Seerr's for thousands of titles, then every grab, then every import, with the members the services
  send. An answer is 202 and durable, or the figure is void, and so it is when the rows are not those that the hooks must
  leave. Marquee runs without readers then.
- **The floor of webhooks** (`floor.c`) writes the very rows that Marquee wrote, from memory, with the plain C interface of
  SQLite, 64 hooks to a durable commit: no HTTP, no parsing, no matching, no deriving.
- **Browsers** are 200 streams of `/api/events` in one C program; a hook is sent when all have told of the one before. Memory
  is what resident memory grew by, first with all streams open, then after 200 hooks had been told to all.
- **Pages** are asked for on one kept-alive connection while {active:,} requests wait; the deep page is the last but one.
- **Reconcilers** read a stand-in for the upstreams (`Benchmarks/harness/stub.py`), one reader at a time, in the steady state;
  the CPU is Marquee's, divided by the cycles that the stand-in saw.
- **/api/health** is asked every 5 ms on one kept-alive connection while the sync runs; the answer reads the database.

Run it yourself: `make bench`, or a short round with `Benchmarks/run --items 20000 --large 0`. The raw numbers of each run go
to `bench-results/`.
"""


def write_docs(found, options):
    about = machine()
    page = PAGE.format(table=table(found), runs=options.runs, active=options.active, **about | {"date": about["date"][:10]})
    (ROOT / "docs/performance.md").write_text(page)
