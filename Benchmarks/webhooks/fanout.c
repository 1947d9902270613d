// fanout PORT PID CLIENTS FILE: how long from sending a webhook until the last of many browsers has its news.
//
// Sends the first WARM requests of the file (hooks.py) while one stream listens, so that the server has touched what any
// webhook needs once; then opens the other streams of /api/events and sends the rest, each request once all streams have
// told of the one before. Prints one line of JSON: the milliseconds from the webhook's first byte to the last stream's
// event, and the kilobytes by which the resident memory of process PID grew for each stream.
#include "wire.h"
#include <sys/epoll.h>

enum { MOST = 2000, WARM = 50 };

typedef struct {
    int socket;
    int has_heard;
} Stream;

static long resident_kb(const char *pid) {
    char path[64], text[256];
    snprintf(path, sizeof path, "/proc/%s/status", pid);
    FILE *status = fopen(path, "r");
    if (!status) fail(path, "cannot be read");
    long found = 0;
    while (fgets(text, sizeof text, status))
        if (!strncmp(text, "VmRSS:", 6)) found = atol(text + 6);
    fclose(status);
    return found;
}

static void open_stream(Stream *stream, int port) {
    static const char ask[] = "GET /api/events?topics=request HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n";
    stream->socket = connect_to(port);
    send_all(stream->socket, ask, sizeof ask - 1);
}

// Waits until every stream has had `needle` since the last call.
static void await(int poll, Stream *streams, int count, const char *needle) {
    static char bytes[1 << 16];
    int rest = count;
    for (int i = 0; i < count; i++) streams[i].has_heard = 0;
    while (rest) {
        struct epoll_event ready[256];
        int found = epoll_wait(poll, ready, 256, 10000);
        if (found <= 0) fail("epoll_wait", "a stream has not told for ten seconds");
        for (int i = 0; i < found; i++) {
            Stream *stream = ready[i].data.ptr;
            ssize_t got = recv(stream->socket, bytes, sizeof bytes - 1, 0);
            if (got <= 0) fail("recv", "a stream ended");
            bytes[got] = 0;
            if (!stream->has_heard && strstr(bytes, needle)) stream->has_heard = 1, rest--;
        }
    }
}

// Sends the next request of the file and waits until `count` streams have told of it; its milliseconds, or -1 at the end.
static double tell(FILE *input, int sender, int poll, Stream *streams, int count) {
    static char request[1 << 20], answer[4096];
    uint32_t size;
    if (fread(&size, 4, 1, input) != 1) return -1;
    if (size > sizeof request || fread(request, 1, size, input) != size) fail("the file", "is cut short");
    double start = now();
    send_all(sender, request, size);
    await(poll, streams, count, "event: request\n");
    double time = (now() - start) * 1000;
    ssize_t got = recv(sender, answer, sizeof answer - 1, 0);
    if (got <= 0 || strncmp(answer, "HTTP/1.1 202 ", 13)) fail("answer", "is not 202");
    usleep(20000);  // the answer's rest, and another beat of each stream
    return time;
}

int main(int count, char **arguments) {
    if (count != 5) fail("usage", "fanout PORT PID CLIENTS FILE");
    int port = atoi(arguments[1]), clients = atoi(arguments[3]), listening = 0;
    int poll = epoll_create1(0), sender = connect_to(port);
    Stream *streams = calloc((size_t)clients, sizeof *streams);
    FILE *input = fopen(arguments[4], "rb");
    if (!input) fail(arguments[4], "cannot be read");
    long before = 0;
    while (listening < clients) {
        int wanted = listening ? clients : 1;
        for (int i = listening; i < wanted; i++) {
            open_stream(&streams[i], port);
            struct epoll_event wish = {.events = EPOLLIN, .data.ptr = &streams[i]};
            epoll_ctl(poll, EPOLL_CTL_ADD, streams[i].socket, &wish);
        }
        await(poll, streams + listening, wanted - listening, "200 OK");
        sleep(1);  // until each listens
        if (!listening) {
            for (int i = 0; i < WARM; i++)
                if (tell(input, sender, poll, streams, 1) < 0) fail(arguments[4], "is too short");
            before = resident_kb(arguments[2]);
        }
        listening = wanted;
    }
    long open = resident_kb(arguments[2]);

    double times[MOST];
    long told = 0;
    while (told < MOST && (times[told] = tell(input, sender, poll, streams, clients)) >= 0) told++;
    long after = resident_kb(arguments[2]);
    sort(times, told);
    double added = clients - 1;
    printf("{\"hooks\": %ld, \"clients\": %d, \"p50_ms\": %.3f, \"p99_ms\": %.3f, \"max_ms\": %.3f, \"open_kb\": %.2f, \"told_kb\": %.2f}\n",
           told, clients, times[told / 2], times[told * 99 / 100], times[told - 1], (double)(open - before) / added,
           (double)(after - before) / added);
}
