/// Something the server calls on us: the only kind of record that carries news.
public struct SignalRInvocation: Sendable, Hashable {
    /// The name of what is called, such as `ShokoEvent:FileMatched`.
    public let target: String
    /// The whole record, whose `arguments` hold the rest.
    public let json: [UInt8]

    /// Makes an invocation.
    public init(target: String, json: [UInt8]) {
        self.target = target
        self.json = json
    }
}

/// One record of SignalR's JSON protocol, told apart by its `type`.
enum SignalRRecord: Sendable, Hashable {
    case invocation(SignalRInvocation)
    /// An answer to a call of ours; we make none.
    case completion
    case ping
    case close(error: String?, allowReconnect: Bool)
    /// A type we have no use for.
    case other
}
