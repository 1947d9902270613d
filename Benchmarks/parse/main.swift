// bench-parse [ITEMS] [RUNS]: what parsing a Jellyfin listing costs above reading its bytes, in one run on one machine.
//
// Prints one line of JSON: items and bytes of the listing, CPU seconds of only reading it and of reading and parsing it
// (the medians of RUNS alternating rounds), their ratio, and the peak resident memory of the whole process. Two ways in:
// `parse_cpu` lets read(2) fill the parser's buffer, `feed_cpu` copies chunks in, as a client with its own buffers does.
import Glibc

let arguments = CommandLine.arguments.dropFirst().compactMap { Int($0) }
let items = arguments.first ?? 100_000
let rounds = arguments.dropFirst().first ?? 7

run()

func run() {
    let listing = Listing(items: items)
    defer { listing.remove() }
    var reads: [Double] = []
    var fills: [Double] = []
    var feeds: [Double] = []
    for _ in 0..<rounds {
        reads.append(measure { listing.read() })
        fills.append(measure { check(listing.parse(copying: false), listing) })
        feeds.append(measure { check(listing.parse(copying: true), listing) })
    }
    let (read, fill, feed) = (median(reads), median(fills), median(feeds))
    print(
        #"{"items":\#(items),"bytes":\#(listing.bytes),"read_cpu":\#(rounded(read)),"parse_cpu":\#(rounded(fill)),"#
            + #""ratio":\#(rounded(fill / read)),"feed_cpu":\#(rounded(feed)),"feed_ratio":\#(rounded(feed / read)),"#
            + #""peak_mb":\#(rounded(peakMegabytes()))}"#)
}

/// A figure whose pass did not find everything is void.
func check(_ found: Findings, _ listing: Listing) {
    guard found == listing.expected else {
        print("wrong result: \(found), expected \(listing.expected)")
        listing.remove()
        exit(1)
    }
}

func median(_ values: [Double]) -> Double {
    values.sorted()[values.count / 2]
}

func rounded(_ value: Double) -> Double {
    (value * 10_000).rounded() / 10_000
}
