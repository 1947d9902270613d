"""The processes of a measurement: started, looked at through /proc, and ended by their own id."""
import http.client
import json
import os
import signal
import socket
import subprocess
import time
from pathlib import Path

from building import program

TICKS = os.sysconf("SC_CLK_TCK")
#: What the environment of a measured server must not bring along.
MARQUEES = ("MARQUEE_", "JELLYFIN_", "RADARR_", "SONARR_", "JELLYSEERR_", "SEERR_", "OVERSEERR_", "QBITTORRENT_", "SHOKO_")


class Void(Exception):
    """A check failed, so the figure means nothing."""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def cpu_seconds(pid):
    """User and system time of a process, threads that have ended included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


def memory(pid, field):
    """VmHWM (peak) or VmRSS (now) in megabytes, as the kernel counts them: 1,024 kB of 1,024 bytes."""
    for line in Path(f"/proc/{pid}/status").read_text().splitlines():
        if line.startswith(field + ":"):
            return int(line.split()[1]) / 1024
    raise Void(f"/proc/{pid}/status has no {field}")


def forget_peak(pid):
    """Starts VmHWM anew (proc(5), clear_refs)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


class Process:
    def __init__(self, command, log, environment):
        self.log = open(log, "w")
        self.process = subprocess.Popen(command, stdout=self.log, stderr=self.log, env=environment)
        self.pid = self.process.pid

    def stop(self):
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGTERM)
            try:
                self.process.wait(30)
            except subprocess.TimeoutExpired:
                self.process.kill()
                self.process.wait()
        self.log.close()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.stop()


class Simulator(Process):
    """Jellyfin, Radarr and Sonarr with a library of `items` titles, seven films in ten."""

    def __init__(self, items, folder):
        films = items * 7 // 10
        log = Path(folder) / "simulator.log"
        library = f"films={films},series={items - films}"
        command = [program("marquee-simulator"), "serve", "--plain", "--library", library, "--port", "0"]
        super().__init__(command, log, dict(os.environ))
        self.environment = {}
        deadline = time.monotonic() + 60
        while "SONARR_API_KEY" not in self.environment:
            if self.process.poll() is not None or time.monotonic() > deadline:
                raise Void(f"the simulator did not start: {log.read_text()}")
            time.sleep(0.05)
            lines = [line.split("=", 1) for line in log.read_text().splitlines() if "=" in line and line[0] != "#"]
            self.environment = dict(lines)


class Server(Process):
    """`marquee serve` on a data folder; ready when this returns."""

    def __init__(self, folder, upstreams):
        Path(folder).mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        clean = {k: v for k, v in os.environ.items() if not k.startswith(MARQUEES)}
        clean |= upstreams | {"MARQUEE_DATA_DIR": str(folder), "MARQUEE_BIND": f"127.0.0.1:{self.port}"}
        begun = time.monotonic()
        super().__init__([program("marquee"), "serve"], Path(folder) / "serve.log", clean)
        while not self.answers("/readyz"):
            if self.process.poll() is not None or time.monotonic() - begun > 30:
                raise Void(f"marquee did not start: {(Path(folder) / 'serve.log').read_text()}")
            time.sleep(0.001)
        self.start_seconds = time.monotonic() - begun

    def answers(self, path):
        try:
            return self.call("GET", path, 5).status == 200
        except OSError:
            return False

    def call(self, method, path, timeout=1800):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=timeout)
        connection.request(method, path)
        answer = connection.getresponse()
        answer.body = answer.read()
        connection.close()
        return answer

    def sync(self):
        """Runs a library sync to its end; its report, and the CPU seconds this process spent on it."""
        before = cpu_seconds(self.pid)
        answer = self.call("POST", "/api/admin/sync/library")
        if answer.status != 200:
            raise Void(f"the sync answered {answer.status}: {answer.body[:500]!r}")
        return json.loads(answer.body), cpu_seconds(self.pid) - before
