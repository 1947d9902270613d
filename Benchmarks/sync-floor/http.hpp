// One kept-alive connection; each answer lands in one buffer that simdjson can read in place.
#pragma once
#include "support.hpp"
#include <curl/curl.h>
#include <simdjson.h>

class Client {
    CURL *easy = curl_easy_init();
    std::vector<char> body;
    size_t size = 0;

    static size_t receive(char *bytes, size_t one, size_t count, void *me) {
        auto &client = *static_cast<Client *>(me);
        size_t more = one * count;
        if (client.size + more + simdjson::SIMDJSON_PADDING > client.body.size())
            client.body.resize((client.size + more) * 3 / 2 + simdjson::SIMDJSON_PADDING);
        memcpy(client.body.data() + client.size, bytes, more);
        client.size += more;
        return more;
    }

public:
    size_t total = 0;
    int calls = 0;

    Client() {
        curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, receive);
        curl_easy_setopt(easy, CURLOPT_WRITEDATA, this);
        curl_easy_setopt(easy, CURLOPT_BUFFERSIZE, 512L << 10);
        curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "gzip, deflate");  // as Marquee asks
        curl_easy_setopt(easy, CURLOPT_PROXY, "");
        curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
    }

    ~Client() { curl_easy_cleanup(easy); }

    // The answer stays valid until the next call.
    simdjson::padded_string_view get(const std::string &url, const std::string &header) {
        curl_slist *headers = curl_slist_append(nullptr, header.c_str());
        headers = curl_slist_append(headers, "Accept: application/json");
        curl_easy_setopt(easy, CURLOPT_URL, url.c_str());
        curl_easy_setopt(easy, CURLOPT_HTTPHEADER, headers);
        size = 0;
        CURLcode code = curl_easy_perform(easy);
        long status = 0;
        curl_easy_getinfo(easy, CURLINFO_RESPONSE_CODE, &status);
        curl_slist_free_all(headers);
        if (code != CURLE_OK || status != 200)
            die("GET " + url + ": " + curl_easy_strerror(code) + ", status " + std::to_string(status));
        total += size;
        calls++;
        return simdjson::padded_string_view(body.data(), size, body.size());
    }
};
