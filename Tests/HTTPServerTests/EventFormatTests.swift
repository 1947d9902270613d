import Lifecycle
import Synchronization
import TestSupport
import Testing

@testable import HTTPServer

/// Events as a browser reads them, whatever their texts hold.
@Suite("An event of any text")
struct EventFormatTests {
    /// Keeps what is written.
    private final class Paper: BodyWriter {
        let draining = ShutdownSignal()
        let bytes = Mutex<[UInt8]>([])
        func write(_ more: [UInt8]) async throws { bytes.withLock { $0 += more } }
    }

    struct Event: Hashable {
        var id = ""
        var name = ""
        var data = ""
    }

    /// The algorithm of the HTML standard, "Interpreting an event stream", written apart from the sender.
    static func read(_ text: String) -> [Event] {
        var events: [Event] = []
        var (event, data, lastID) = (Event(), "", "")
        let plain = text.unicodeScalars.split(omittingEmptySubsequences: false) { $0 == "\n" }
        for line in plain.dropLast() {
            #expect(!line.contains("\r"), "a carriage return is a line end as well")
            guard !line.isEmpty else {
                if !data.isEmpty {
                    event.id = lastID
                    event.data = String(String.UnicodeScalarView(data.unicodeScalars.dropLast()))
                    events.append(event)
                }
                (event, data) = (Event(), "")
                continue
            }
            guard let colon = line.firstIndex(of: ":") else { continue }
            var value = line[line.index(after: colon)...]
            if value.first == " " { value = value.dropFirst() }
            switch String(String.UnicodeScalarView(line[..<colon])) {
            case "data": data += String(String.UnicodeScalarView(value)) + "\n"
            case "event": event.name = String(String.UnicodeScalarView(value))
            case "id": lastID = String(String.UnicodeScalarView(value))
            default: break
            }
        }
        return events
    }

    private static func text(_ random: inout SeededRandom) -> String {
        let parts = [
            "\n", "\r", "\r\n", "\n\n", "\0", ":", " ", "data: x", "event: forged\n", "id: 9\n\n", "retry: 1", "é", "🎬",
            "e\u{301}", "\u{2028}", "\u{FEFF}", "a", "{\"b\":1}",
        ]
        return (0..<random.below(8)).map { _ in random.pick(parts) }.joined()
    }

    @Test("arrives as that one event, and forges no other", arguments: 0..<20)
    func roundTrip(seed: Int) async throws {
        var random = SeededRandom(seed: UInt64(seed))
        let paper = Paper()
        let sender = EventSender(paper)
        var wanted: [Event] = []
        for _ in 0..<60 {
            let event = Event(id: Self.text(&random), name: Self.text(&random), data: Self.text(&random))
            try await sender.send(id: event.id, event: event.name, data: event.data)
            if random.chance(20) { try await sender.comment(Self.text(&random)) }
            wanted.append(
                Event(id: Self.oneLine(event.id), name: Self.oneLine(event.name), data: Self.unified(event.data)))
        }
        let found = Self.read(String(decoding: paper.bytes.withLock(\.self), as: UTF8.self))
        #expect(found.count == wanted.count)
        for (one, other) in zip(found, wanted) { #expect(one.isSame(as: other), "\(one) for \(other)") }
    }

    private static func oneLine(_ text: String) -> String {
        String(String.UnicodeScalarView(text.unicodeScalars.filter { !["\n", "\r", "\0"].contains($0) }))
    }

    /// Line ends of all kinds are read as one kind.
    private static func unified(_ text: String) -> String {
        var scalars = String.UnicodeScalarView()
        var followsReturn = false
        for scalar in text.unicodeScalars {
            if scalar == "\n" && followsReturn {
                followsReturn = false
                continue
            }
            followsReturn = scalar == "\r"
            scalars.append(scalar == "\r" ? "\n" : scalar)
        }
        return String(scalars)
    }
}

extension EventFormatTests.Event {
    /// Byte for byte: `==` on texts would let normalised characters pass.
    fileprivate func isSame(as other: Self) -> Bool {
        [(id, other.id), (name, other.name), (data, other.data)].allSatisfy { $0.0.utf8.elementsEqual($0.1.utf8) }
    }
}
