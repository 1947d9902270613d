"""health.py PORT: asks /api/health every 5 ms on one kept-alive connection until standard input closes.

Prints the milliseconds each answer took, as a JSON array. A process of its own, so that nothing else delays its clock.
"""
import json
import select
import socket
import sys
import time


def ask(connection, request):
    """One exchange; the time until the last byte of the answer."""
    begun = time.monotonic()
    connection.sendall(request)
    answer = b""
    while b"\r\n\r\n" not in answer:
        answer += connection.recv(65536)
    head, body = answer.split(b"\r\n\r\n", 1)
    lines = head.lower().split(b"\r\n")
    length = next(int(line.split(b":")[1]) for line in lines if line.startswith(b"content-length:"))
    while len(body) < length:
        body += connection.recv(65536)
    return lines[0].split()[1], (time.monotonic() - begun) * 1000


def main():
    connection = socket.create_connection(("127.0.0.1", int(sys.argv[1])))
    connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
    request = b"GET /api/health HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n"
    times = []
    while not select.select([sys.stdin], [], [], 0.005)[0]:
        status, milliseconds = ask(connection, request)
        if status != b"200":
            sys.exit(f"/api/health answered {status}")
        times.append(milliseconds)
    print(json.dumps(times))


main()
