import Synchronization

/// One connection to the event stream: handshake, invocations, pings, and its end (upstreams.md §5.1).
struct SignalRSession {
    /// What a connection is to do next.
    enum Order: Sendable {
        case tell(ShokoHappening)
        /// One invocation as given.
        case invoke(target: String, arguments: JSON)
        case ping
        /// Bytes as they are.
        case raw([UInt8])
        /// A Close record, then the end.
        case close(error: String?, allowReconnect: Bool)
        /// The end, without a word.
        case drop
    }

    private static let separator: UInt8 = 0x1E
    private static let pingEvery = Duration.seconds(15)
    /// The client's silence is looked at this often, and ends the connection after so many looks.
    private static let look = Duration.seconds(5)
    private static let silentLooks = 12

    let peer: any SocketPeer
    let feeds: [String]
    let events: ShokoEvents
    let clock: any Clock<Duration>
    let isSilent: @Sendable () -> Bool

    /// Runs until the peer leaves, is silent for too long, or an order ends it.
    func run(_ orders: AsyncStream<Order>, _ continuation: AsyncStream<Order>.Continuation) async {
        let heard = Silence()
        guard let early = await handshake() else { return await peer.close(.normal) }
        for feed in feeds {
            let greeting = events.greeting(feed)
            await send([invocation(greeting.target, [greeting.argument])])
        }
        await withTaskGroup(of: Bool.self) { group in
            group.addTask {
                while (try? await clock.sleep(for: Self.pingEvery)) != nil { continuation.yield(.ping) }
                return false
            }
            group.addTask { await watch(heard, continuation) }
            group.addTask { await write(orders) }
            group.addTask { await read(early, heard) }
            while let isTheEnd = await group.next(), !isTheEnd {}
            continuation.finish()
            await peer.cut()  // lets go of a reader
            group.cancelAll()
        }
    }

    // MARK: What comes

    /// Waits for the first record and answers it.
    ///
    /// - Returns: what came after it, or nil when the connection is over.
    private func handshake() async -> [UInt8]? {
        var bytes: [UInt8] = []
        while !bytes.contains(Self.separator) {
            guard bytes.count < 1 << 16, let more = await peer.next() else { return nil }
            bytes += more
        }
        let end = bytes.firstIndex(of: Self.separator) ?? 0
        let request = JSON(parsing: Array(bytes[..<end]))
        guard request?["protocol"]?.text == "json", request?["version"]?.int == 1 else {
            let name = request?["protocol"]?.text ?? ""
            await peer.send(Self.record(["error": .string("The protocol '\(name)' is not supported.")]))
            return nil
        }
        await peer.send(Self.record([:]))
        return Array(bytes[(end + 1)...])
    }

    private func read(_ early: [UInt8], _ heard: Silence) async -> Bool {
        var bytes = early
        repeat {
            heard.end()
            while let end = bytes.firstIndex(of: Self.separator) {
                let record = JSON(parsing: Array(bytes[..<end]))
                bytes.removeSubrange(...end)
                if record?["type"]?.int == 7 { return true }
                if record?["type"]?.int == 1, let id = record?["invocationId"], !isSilent() {
                    await peer.send(Self.record(["type": 3, "invocationId": id, "result": .null]))
                }
            }
            guard let more = await peer.next() else { return true }
            bytes += more
        } while bytes.count < 1 << 20
        return true
    }

    /// A client that says nothing for a minute is told so and left.
    private func watch(_ heard: Silence, _ continuation: AsyncStream<Order>.Continuation) async -> Bool {
        while (try? await clock.sleep(for: Self.look)) != nil {
            guard heard.grow() >= Self.silentLooks else { continue }
            continuation.yield(.close(error: "Connection closed with an error.", allowReconnect: true))
            return false
        }
        return false
    }

    // MARK: What goes

    private func write(_ orders: AsyncStream<Order>) async -> Bool {
        var told = 0
        for await order in orders {
            switch order {
            case .tell(let happening):
                for event in events.events(happening) where feeds.contains(event.feed) {
                    told += 1
                    await send(dressed(invocation(event.target, [event.argument]), told))
                }
            case .invoke(let target, let arguments): await send([invocation(target, arguments)])
            case .ping: await send([Self.record(["type": 6])])
            case .raw(let bytes): await send([bytes])
            case .close(let error, let allowReconnect):
                var members: [JSON.Member] = [JSON.Member(name: "type", value: 7)]
                if let error { members.append(JSON.Member(name: "error", value: .string(error))) }
                if allowReconnect { members.append(JSON.Member(name: "allowReconnect", value: true)) }
                await peer.send(Self.record(.object(members)))
                await peer.close(.normal)
                return true
            case .drop: return true
            }
        }
        return true
    }

    private func send(_ messages: [[UInt8]]) async {
        guard !isSilent() else { return }
        for message in messages { await peer.send(message) }
    }

    /// Every third record shares its message with a ping, every fourth is spread over two.
    private func dressed(_ record: [UInt8], _ number: Int) -> [[UInt8]] {
        if number.isMultiple(of: 3) { return [Self.record(["type": 6]) + record] }
        guard number.isMultiple(of: 4) else { return [record] }
        // A text message must be whole characters.
        let middle = record.indices.first { $0 >= record.count / 2 && record[$0] & 0xC0 != 0x80 } ?? record.count
        return [Array(record[..<middle]), Array(record[middle...])]
    }

    private func invocation(_ target: String, _ arguments: JSON) -> [UInt8] {
        Self.record(["type": 1, "target": .string(target), "arguments": arguments])
    }

    private static func record(_ value: JSON) -> [UInt8] { value.bytes + [separator] }
}

/// How many looks ago the client was last heard.
private final class Silence: Sendable {
    private let looks = Mutex(0)

    func end() { looks.withLock { $0 = 0 } }

    func grow() -> Int {
        looks.withLock {
            $0 += 1
            return $0
        }
    }
}
