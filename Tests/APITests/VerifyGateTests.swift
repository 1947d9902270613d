import Media
import Testing

@testable import API

@Suite struct VerifyGateTests {
    @Test("a user may ask about a request once a minute, whatever they or others ask besides")
    func minute() {
        let gate = VerifyGate()
        let noon = Timestamp(milliseconds: 1_700_000_000_000)
        #expect(gate.wait("ada", 1, at: noon) == nil)
        #expect(gate.wait("ada", 1, at: noon.advanced(by: .milliseconds(1))) == 60)
        #expect(gate.wait("ada", 2, at: noon) == nil && gate.wait("bob", 1, at: noon) == nil)
        #expect(gate.wait("ada", 1, at: noon.advanced(by: .milliseconds(59_999))) == 1)
        #expect(gate.wait("ada", 1, at: noon.advanced(by: .seconds(60))) == nil)
        #expect(gate.wait("ada", 1, at: noon.advanced(by: .seconds(61))) == 59)
    }
}
