/// Messages that nobody has asked for yet, in order.
struct Inbox {
    private var messages: [WebSocketMessage?] = []
    private var taken = 0
    /// Bytes of the messages inside, each counted with what it costs to hold it.
    private(set) var byteCount = 0

    mutating func append(_ message: WebSocketMessage) {
        messages.append(message)
        byteCount += Self.weight(message)
    }

    mutating func popFirst() -> WebSocketMessage? {
        guard taken < messages.count else { return nil }
        let first = messages[taken]
        messages[taken] = nil
        taken += 1
        if taken == messages.count {
            messages.removeAll(keepingCapacity: true)
            taken = 0
        }
        byteCount -= first.map(Self.weight) ?? 0
        return first
    }

    private static func weight(_ message: WebSocketMessage) -> Int { message.bytes.count + 64 }
}
