// replay PORT CONNECTIONS FILE: sends the requests of a file (hooks.py) over kept-alive connections, in their order.
//
// Each connection has one request under way at a time. Every answer must be 202. Prints one line of JSON: how many
// requests, the seconds from the first byte sent to the last answer, and the milliseconds an answer took.
#include "wire.h"
#include <sys/epoll.h>
#include <sys/stat.h>

typedef struct {
    int socket;
    double sent_at;
    char answer[4096];
    size_t held;
} Line;

static char *file, *next_request, *file_end;

static double *times;
static long answered;

static void send_next(Line *line) {
    uint32_t size;
    memcpy(&size, next_request, 4);
    line->sent_at = now();
    line->held = 0;
    send_all(line->socket, next_request + 4, size);
    next_request += 4 + size;
}

// True when the whole answer is there.
static int receive(Line *line) {
    ssize_t got = recv(line->socket, line->answer + line->held, sizeof line->answer - 1 - line->held, 0);
    if (got <= 0) fail("recv", "the connection ended");
    line->held += (size_t)got;
    line->answer[line->held] = 0;
    char *end = strstr(line->answer, "\r\n\r\n");
    if (!end) return 0;
    char *length = strcasestr(line->answer, "\r\nContent-Length:");
    if (!length || length > end) fail("answer", "has no length");
    if (line->held < (size_t)(end + 4 - line->answer) + (size_t)atol(length + 17)) return 0;
    if (strncmp(line->answer, "HTTP/1.1 202 ", 13)) fail("answer", line->answer);
    times[answered++] = (now() - line->sent_at) * 1000;
    return 1;
}

static long load(const char *path) {
    FILE *input = fopen(path, "rb");
    struct stat about;
    if (!input || fstat(fileno(input), &about)) fail(path, "cannot be read");
    file = malloc((size_t)about.st_size);
    if (!file || fread(file, 1, (size_t)about.st_size, input) != (size_t)about.st_size) fail(path, "cannot be read");
    fclose(input);
    file_end = file + about.st_size;
    long count = 0;
    for (char *at = file; at < file_end; count++) {
        uint32_t size;
        memcpy(&size, at, 4);
        at += 4 + size;
    }
    next_request = file;
    return count;
}

int main(int count, char **arguments) {
    if (count != 4) fail("usage", "replay PORT CONNECTIONS FILE");
    int width = atoi(arguments[2]);
    long requests = load(arguments[3]);
    times = calloc((size_t)requests, sizeof *times);
    Line *lines = calloc((size_t)width, sizeof *lines);
    int poll = epoll_create1(0);
    for (int i = 0; i < width; i++) {
        lines[i].socket = connect_to(atoi(arguments[1]));
        struct epoll_event wish = {.events = EPOLLIN, .data.ptr = &lines[i]};
        epoll_ctl(poll, EPOLL_CTL_ADD, lines[i].socket, &wish);
    }
    double start = now();
    for (int i = 0; i < width && next_request < file_end; i++) send_next(&lines[i]);
    while (answered < requests) {
        struct epoll_event ready[64];
        int found = epoll_wait(poll, ready, 64, 30000);
        if (found <= 0) fail("epoll_wait", "no answer for 30 seconds");
        for (int i = 0; i < found; i++) {
            Line *line = ready[i].data.ptr;
            if (receive(line) && next_request < file_end) send_next(line);
        }
    }
    double seconds = now() - start;
    sort(times, answered);
    printf("{\"hooks\": %ld, \"seconds\": %.4f, \"rate\": %.1f, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f}\n", answered,
           seconds, (double)answered / seconds, times[answered / 2], times[answered * 99 / 100], times[answered - 1]);
}
