// Counts the codes in JSON Lines with simdjson, for comparison. benches/compare.py compiles it.
//
//     simdjson dom|ondemand THREADS FILE [PASSES]
//
// The program reads the whole file, and each thread takes the lines of one part of it. `dom` fully
// validates every line. `ondemand` looks for one member and does not validate the values that it
// skips. With PASSES, the program counts the lines in memory several times and prints only the
// median time of a pass in seconds.

#include <simdjson.h>

#include <algorithm>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <iostream>
#include <map>
#include <string>
#include <thread>
#include <vector>

using Counts = std::map<int64_t, uint64_t>;

static Counts count_dom(const simdjson::padded_string &text, size_t begin, size_t end) {
    Counts counts;
    simdjson::dom::parser parser;
    while (begin < end) {
        const char *line = text.data() + begin;
        const char *newline = static_cast<const char *>(memchr(line, '\n', end - begin));
        size_t length = newline ? newline - line : end - begin;
        counts[parser.parse(line, length, false)["aggregationStatusCode"].get_int64()] += 1;
        begin += length + 1;
    }
    return counts;
}

static Counts count_ondemand(const simdjson::padded_string &text, size_t begin, size_t end) {
    Counts counts;
    simdjson::ondemand::parser parser;
    while (begin < end) {
        const char *line = text.data() + begin;
        const char *newline = static_cast<const char *>(memchr(line, '\n', end - begin));
        size_t length = newline ? newline - line : end - begin;
        simdjson::padded_string_view view(line, length, text.size() + simdjson::SIMDJSON_PADDING - begin);
        simdjson::ondemand::document document = parser.iterate(view);
        counts[document["aggregationStatusCode"].get_int64()] += 1;
        begin += length + 1;
    }
    return counts;
}

using Count = Counts (*)(const simdjson::padded_string &, size_t, size_t);

static Counts count_all(const simdjson::padded_string &text, size_t threads, Count count) {
    std::vector<std::thread> workers;
    std::vector<Counts> parts(threads);
    size_t begin = 0;
    for (size_t part = 0; part < threads; part++) {
        size_t end = text.size() * (part + 1) / threads;
        while (end < text.size() && text.data()[end - 1] != '\n') {
            end++;
        }
        workers.emplace_back([&, part, begin, end] { parts[part] = count(text, begin, end); });
        begin = end;
    }
    Counts all;
    for (size_t part = 0; part < threads; part++) {
        workers[part].join();
        for (auto [code, accounts] : parts[part]) {
            all[code] += accounts;
        }
    }
    return all;
}

int main(int argc, char **argv) {
    if (argc != 4 && argc != 5) {
        return 2;
    }
    Count count = strcmp(argv[1], "dom") == 0 ? count_dom : count_ondemand;
    size_t threads = atoi(argv[2]);
    simdjson::padded_string text = simdjson::padded_string::load(argv[3]);
    Counts all = count_all(text, threads, count);
    if (argc == 4) {
        for (auto [code, accounts] : all) {
            std::cout << code << ' ' << accounts << '\n';
        }
        return 0;
    }
    std::vector<double> seconds(std::max(1, atoi(argv[4])));
    for (double &pass : seconds) {
        auto begun = std::chrono::steady_clock::now();
        count_all(text, threads, count);
        pass = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
    }
    std::sort(seconds.begin(), seconds.end());
    std::cout << seconds[seconds.size() / 2] << '\n';
}
