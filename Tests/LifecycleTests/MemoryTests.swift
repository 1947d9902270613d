import Lifecycle
import Testing

@Suite("Memory")
struct MemoryTests {
    @Test("reports plausible sizes, the peak not below the present")
    func sizes() {
        Memory.limitArenas()
        let resident = Memory.residentBytes()
        #expect(resident > 1 << 20)
        #expect(Memory.peakResidentBytes() >= resident / 2)  // other tests free memory between the two reads
        #expect(Memory.peakResidentBytes() % 1024 == 0)
    }
}
