import HTTPClient
import TestSupport
import Testing
import WebSocket

@testable import SignalR

@Suite(.timeLimit(.minutes(1))) struct SignalRConnectionTests {
    @Test("calls arrive in order, however records and messages are cut")
    func calls() async throws {
        let hello = Notes()
        try await withLink { peer in
            hello.add(peer.greet(call("a")) ?? "")
            peer.send(call("b") + #"{"type":6}"# + "\u{1E}not json\u{1E}" + call("c").prefix(9))
            peer.send(String(call("c").dropFirst(9)))
            peer.send(#"{"type":3,"invocationId":"1"}"# + "\u{1E}" + call("d"))
            peer.waitForHangUp()
        } _: { link, notes, _ in
            await eventually("all calls") { notes.count == 5 }
            #expect(notes.all == ["connected", "a", "b", "c", "d"])
            #expect(hello.all == [#"{"protocol":"json","version":1}"# + "\u{1E}"])
            #expect(link.state.phase == .connected(for: .zero))
            #expect(link.state.lastError == nil)
        }
    }

    @Test("we ping every 15 seconds")
    func pings() async throws {
        let pings = Notes()
        try await withLink { peer in
            peer.greet()
            while let frame = peer.receive(WebSocketFrame.text) {
                pings.add(frame.text)
                peer.send(#"{"type":6}"# + "\u{1E}")
            }
        } _: { link, notes, clock in
            await eventually("connected") { notes.count == 1 }
            for round in 1...8 {
                await clock.waitForSleepers()
                clock.advance(by: .seconds(15))
                await eventually("ping \(round)") { pings.count == round && link.state.lastRecord == .zero }
            }
            #expect(Set(pings.all) == [#"{"type":6}"# + "\u{1E}"])
            #expect(link.state.phase == .connected(for: .seconds(120)))
        }
    }

    @Test("a link without any record for 60 seconds is dead, though bytes of a record drip in")
    func silence() async throws {
        try await withLink { peer in
            peer.greet()
            while peer.receive(WebSocketFrame.text) != nil { peer.send("{") }
        } _: { link, notes, clock in
            await eventually("connected") { notes.count == 1 }
            for _ in 0..<3 {
                await clock.waitForSleepers()
                clock.advance(by: .seconds(15))
            }
            await clock.waitForSleepers()
            #expect(link.state.phase == .connected(for: .seconds(45)))
            clock.advance(by: .seconds(15))
            await eventually("connected again, as the pause is none") { notes.count == 2 }
            #expect(link.state.phase == .connected(for: .zero))
        }
    }

    @Test("a handler that takes its time is not silence of the server")
    func slowHandler() async throws {
        let server = try WebSocketServer { peer in
            peer.greet(call("slow") + call("next"))
            peer.waitForHangUp()
        }
        defer { server.stop() }
        let (clock, url, notes) = (ManualClock(), server.url, Notes())
        let link = SignalRConnection(client: WebSocketClient(), clock: clock) { () async throws(UpstreamError) in
            HTTPRequest("GET", url)
        }
        let running = Task {
            await link.run(onConnected: {}) { call in
                notes.add(call.target)
                if call.target == "slow" { try? await clock.sleep(for: .seconds(200)) }
            }
        }
        await eventually("in the handler") { notes.count == 1 }
        for _ in 0..<14 {
            await clock.waitForSleepers(2)
            clock.advance(by: .seconds(15))
        }
        await eventually("the next call, over the same link") { notes.count == 2 }
        #expect(server.count == 1)
        running.cancel()
        await running.value
    }

    @Test("tries follow the schedule, the state tells of each, and a drop keeps its reason")
    func schedule() async throws {
        try await withLink { peer in
            peer.greet()
            peer.send(call("x"))
        } _: { link, notes, clock in
            // The first pause is none; then 2, 10, 30 seconds.
            for (round, pause) in [2, 10, 30].enumerated() {
                await eventually("try \(round)") { notes.count == (round + 2) * 2 }
                await eventually("waiting") { link.state.phase == .waiting(for: .seconds(pause)) }
                #expect(link.state.lastError?.reason == .truncated)
                await clock.waitForSleepers()
                clock.advance(by: .seconds(1))
                #expect(link.state.phase == .waiting(for: .seconds(pause - 1)))
                #expect(link.state.lastRecord == .seconds(1))
                clock.advance(by: .seconds(pause - 1))
            }
        }
    }

    @Test(
        "a farewell that forbids to come back is obeyed for 30 seconds, one that allows it is not",
        arguments: [true, false])
    func farewell(mayReturn: Bool) async throws {
        let words = #"{"type":7,"error":"going down","allowReconnect":\#(mayReturn)}"# + "\u{1E}"
        try await withLink { peer in
            peer.greet(words)
            peer.waitForHangUp()
        } _: { link, notes, clock in
            let pause = Duration.seconds(mayReturn ? 2 : 30)
            await eventually("waiting") { link.state.phase == .waiting(for: pause) }
            #expect(notes.count == (mayReturn ? 2 : 1))
            #expect(link.state.lastError?.cause == "the server closed the stream: going down")
        }
    }

    @Test(
        "no link without the right answer to the handshake",
        arguments: [#"{"error":"wrong version"}"#, #"{"type":6}"#, "<html>"])
    func badHandshake(answer: String) async throws {
        try await withLink { peer in
            peer.upgrade()
            _ = peer.receive(WebSocketFrame.text)
            peer.send(answer + "\u{1E}")
            peer.waitForHangUp()
        } _: { link, notes, clock in
            await eventually("tried twice") { link.state.phase == .waiting(for: .seconds(2)) }
            #expect(link.state.lastError?.reason == .undecodable(field: "SignalR handshake"))
            #expect(notes.count == 0)
        }
    }

    @Test("a handshake without answer is given up after 15 seconds")
    func deafHandshake() async throws {
        try await withLink { peer in
            peer.upgrade()
            peer.waitForHangUp()
        } _: { link, notes, clock in
            await clock.waitForSleepers()
            clock.advance(by: .seconds(15))
            await eventually("noted") { link.state.lastError?.reason == .timedOut(after: .seconds(15)) }
            #expect(notes.count == 0)
        }
    }

    @Test("a record beyond all measure ends the link instead of filling memory")
    func hugeRecord() async throws {
        try await withLink { peer in
            peer.greet()
            let piece = String(repeating: "x", count: 1 << 20)
            for _ in 0..<18 { peer.send(piece) }
            peer.waitForHangUp()
        } _: { link, _, _ in
            await eventually("ended") { link.state.lastError?.reason == .tooLarge(limit: 16 << 20) }
        }
    }
}
