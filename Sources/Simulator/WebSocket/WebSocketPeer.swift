import HTTPServer

/// A client's WebSocket: whole messages over an upgraded connection.
actor WebSocketPeer: SocketPeer {
    private let connection: any RawConnection
    private let frames = WebSocketFrames()
    private var waiting: [[UInt8]] = []

    init(_ connection: any RawConnection) { self.connection = connection }

    func next() async -> [UInt8]? {
        while waiting.isEmpty {
            guard !frames.isOver, let bytes = try? await connection.read() else { return nil }
            waiting += frames.receive(bytes)
            await flush()
        }
        return waiting.removeFirst()
    }

    func send(_ text: [UInt8]) async -> Bool {
        guard frames.send(text) else { return false }
        return await flush()
    }

    func close(_ code: SocketClosing) async {
        frames.close(code)
        await flush()
        connection.close()
    }

    func cut() async { connection.close() }

    // Taking the output and queueing it is one step: `write` queues before it first suspends.
    @discardableResult
    private func flush() async -> Bool {
        let bytes = frames.takeOutput()
        guard !bytes.isEmpty else { return !frames.isOver }
        do {
            try await connection.write(bytes)
            return true
        } catch {
            return false
        }
    }
}
