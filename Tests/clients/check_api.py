"""Holds Marquee's description of its API against the specification of OpenAPI, and the running server against both.

A `marquee serve` of its own over a simulator's library: schemathesis calls every operation that the description names,
with what it allows and with what it does not, and compares each answer with it.

Environment: as for list_library.py, and MARQUEE, the program. Arguments go to schemathesis. Exits 1 at a difference.
"""

import os
import re
import subprocess
import sys
import tempfile
import time

import requests
from openapi_spec_validator import OpenAPIV31SpecValidator

TOKEN = "t0ken-" * 8
HEADERS = {"Authorization": f"Bearer {TOKEN}"}

# A stream has no end to wait for.
STREAMS = ["listenToEvents", "listenToEventsBySSE"]

CHECKS = [
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
    "missing_required_header",
    "unsupported_method",
    "allow_header_conformance",
    "negative_data_rejection",
    "ignored_auth",
]


def start(folder):
    """Starts the server; returns it with its address."""
    environment = {
        **os.environ,
        "MARQUEE_DATA_DIR": folder,
        "MARQUEE_BIND": "127.0.0.1:0",
        "MARQUEE_ADMIN_TOKEN": TOKEN,
    }
    log = open(os.path.join(folder, "log"), "w+")
    server = subprocess.Popen([os.environ["MARQUEE"], "serve"], env=environment, stdout=log, stderr=log)
    for _ in range(300):
        text = open(log.name).read()
        if found := re.search(r'"url":"([^"]+)"', text):
            # What the command line shows to the running server opens its webhooks too.
            HEADERS["X-Marquee-Token"] = open(os.path.join(folder, "marquee.token")).read().strip()
            return server, found.group(1)
        if server.poll() is not None:
            break
        time.sleep(0.1)
    server.kill()
    sys.exit(f"FAILED: marquee did not start\n{open(log.name).read()}")


def check_description(url):
    answer = requests.get(url + "/api/openapi.json", timeout=30)
    answer.raise_for_status()
    document = answer.json()
    errors = list(OpenAPIV31SpecValidator(document).iter_errors())
    for error in errors:
        print("FAILED", error.message, list(error.path))
    if errors:
        sys.exit(1)
    again = requests.get(url + "/api/openapi.json", headers={"If-None-Match": answer.headers["ETag"]}, timeout=30)
    if again.status_code != 304:
        sys.exit(f"FAILED: the description is sent again with its ETag: {again.status_code}")
    print(f"ok  the description is valid: {sum(len(path) for path in document['paths'].values())} operations")


def fill(url):
    """Rows, jobs and findings, so that there is something to answer with."""
    for path in ("/api/admin/sync/library", "/api/admin/sync/pending?dry_run=true", "/api/admin/backups"):
        answer = requests.post(url + path, headers=HEADERS, timeout=300)
        if answer.status_code not in (200, 201):
            sys.exit(f"FAILED: {path} answered {answer.status_code}: {answer.text[:500]}")
    print(f"ok  filled: {requests.get(url + '/api/requests?limit=1', headers=HEADERS, timeout=30).json()['total']} requests")


def explore(url, folder, more):
    command = [os.path.join(os.path.dirname(sys.executable), "schemathesis"), "run", url + "/api/openapi.json"]
    command += ["--phases", "examples,coverage,fuzzing", "--max-examples", "12", "--seed", "7", "--no-shrink"]
    command += ["--generation-deterministic", "--suppress-health-check", "all"]
    command += ["--request-timeout", "60", "--workers", "2", "--continue-on-failure", "--warnings", "off", "--no-color"]
    # More than 50 refused calls a second are told to wait (429), which is no answer to a wrong key.
    command += ["--rate-limit", "45/s"]
    command += ["--checks", ",".join(CHECKS)]
    for name, value in HEADERS.items():
        command += ["--header", f"{name}: {value}"]
    for name in STREAMS:
        command += ["--exclude-operation-id", name]
    return subprocess.run(command + more, cwd=folder, check=False).returncode


def main():
    with tempfile.TemporaryDirectory(prefix="marquee-api-") as folder:
        server, url = start(folder)
        try:
            check_description(url)
            fill(url)
            code = explore(url, folder, sys.argv[1:])
            if server.poll() is not None:
                sys.exit(f"FAILED: marquee ended with {server.returncode}")
            log = open(os.path.join(folder, "log")).read()
            failures = [line for line in log.splitlines() if '"request_failed"' in line]
            for line in failures[:10]:
                print("FAILED", line[:600])
            sys.exit(1 if code or failures else 0)
        finally:
            server.terminate()
            try:
                server.wait(30)
            except subprocess.TimeoutExpired:
                server.kill()


if __name__ == "__main__":
    main()
