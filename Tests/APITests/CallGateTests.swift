import Media
import Settings
import Testing

@testable import API

@Suite struct CallGateTests {
    private let start = Timestamp(milliseconds: 1_000_000)

    @Test("so many calls pass in a window, then it says how long to wait, each name for itself")
    func windows() {
        let gate = CallGate(CallRate(count: 3, span: .seconds(10)))
        for _ in 0..<3 { #expect(gate.admit("a", at: start) == nil) }
        #expect(gate.admit("a", at: start) == 10)
        #expect(gate.admit("a", at: start.advanced(by: .milliseconds(9_001))) == 1)
        #expect(gate.admit("b", at: start) == nil)
        let next = start.advanced(by: .seconds(10))
        for _ in 0..<3 { #expect(gate.admit("a", at: next) == nil) }
        #expect(gate.admit("a", at: next) == 10)
    }

    @Test("names that are over are forgotten; so many at once are counted together, and no memory is lost to them")
    func memory() {
        let gate = CallGate(CallRate(count: 1, span: .seconds(1)))
        for number in 0..<60_000 { gate.note("\(number)", at: start) }
        #expect(gate.nameCount == 50_001)
        #expect(gate.wait("7", at: start) == 1)
        #expect(gate.wait("one more", at: start) == 1)
        let later = start.advanced(by: .seconds(5))
        #expect(gate.admit("new", at: later) == nil)
        #expect(gate.wait("new", at: later) == 1)
        #expect(gate.nameCount == 1)
    }

    @Test("a seat is free again when nobody holds it; one identity cannot take all")
    func seats() throws {
        var limits = CallerLimits()
        limits.streams = 3
        limits.streamsPerIdentity = 2
        let seats = StreamSeats(limits)
        var held = [try seats.take("a"), try seats.take("a")]
        #expect(throws: StreamSeats.Full.identity) { try seats.take("a") }
        held.append(try seats.take("b"))
        #expect(throws: StreamSeats.Full.all) { try seats.take("c") }
        held.removeFirst()
        held.append(try seats.take("c"))
        #expect(seats.taken == 3)
        held = []
        #expect(seats.taken == 0)
    }
}
