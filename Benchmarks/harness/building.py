"""Builds what is measured: release programs, one after the other, and the floors."""
import subprocess
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
FLOOR = ROOT / ".build/bench/sync-floor"
PRODUCTS = ["marquee", "marquee-simulator", "bench-parse"]


def run(*command):
    subprocess.run(command, cwd=ROOT, check=True)


def build():
    for product in PRODUCTS:
        run("swift", "build", "-c", "release", "--product", product)
    run("Benchmarks/sync-floor/build")
    run("Benchmarks/webhooks/build")


def program(name):
    """The path of a release program."""
    return ROOT / ".build/release" / name
