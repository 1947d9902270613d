// What the clients of these measurements share: a clock, connections, and percentiles.
#pragma once
#define _GNU_SOURCE
#include <arpa/inet.h>
#include <netinet/tcp.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

static void fail(const char *what, const char *why) {
    fprintf(stderr, "%s: %s\n", what, why);
    exit(1);
}

// Seconds.
static double now(void) {
    struct timespec time;
    clock_gettime(CLOCK_MONOTONIC, &time);
    return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int connect_to(int port) {
    int found = socket(AF_INET, SOCK_STREAM, 0), one = 1;
    struct sockaddr_in place = {.sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK)};
    if (found < 0 || connect(found, (struct sockaddr *)&place, sizeof place)) fail("connect", "refused");
    setsockopt(found, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
    return found;
}

static void send_all(int socket, const char *bytes, size_t size) {
    while (size) {
        ssize_t sent = send(socket, bytes, size, MSG_NOSIGNAL);
        if (sent <= 0) fail("send", "the connection ended");
        bytes += sent;
        size -= (size_t)sent;
    }
}

static int ascending(const void *a, const void *b) {
    double x = *(const double *)a, y = *(const double *)b;
    return (x > y) - (x < y);
}

static void sort(double *values, long count) { qsort(values, (size_t)count, sizeof *values, ascending); }
