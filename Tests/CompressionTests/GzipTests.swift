import CZlib
import Compression
import Testing

@Suite("Gzip")
struct GzipTests {
    @Test(
        "can be undone by zlib",
        arguments: [
            [], [0], Array("héllo 🎬".utf8), [UInt8](repeating: 97, count: 1 << 20),
            (0..<300_000).map { _ in UInt8.random(in: 0...255) },
        ])
    func roundTrip(original: [UInt8]) throws {
        for level in [1, 5, 9] as [Int32] {
            let packed = Gzip.compress(original, level: level)
            #expect(try inflated(packed, expecting: original.count) == original)
        }
    }

    @Test("makes repetitive pages much smaller and never grows noise by much")
    func size() {
        let page = Array(String(repeating: "<div class=\"card\">title</div>", count: 1000).utf8)
        #expect(Gzip.compress(page).count * 20 < page.count)
        let noise = (0..<10_000).map { _ in UInt8.random(in: 0...255) }
        #expect(Gzip.compress(noise).count < noise.count + 100)
    }

    @Test("gives equal results for equal bytes")
    func stable() {
        let bytes = Array("the same".utf8)
        #expect(Gzip.compress(bytes) == Gzip.compress(bytes))
        #expect(Gzip.compress(bytes).prefix(2) == [0x1f, 0x8b])
    }

    private func inflated(_ packed: [UInt8], expecting count: Int) throws -> [UInt8] {
        var stream = unsafe z_stream()
        try #require(
            unsafe inflateInit2_(&stream, 15 + 16, ZLIB_VERSION, Int32(MemoryLayout<z_stream>.size)) == Z_OK)
        defer { unsafe inflateEnd(&stream) }
        var input = packed
        var output = [UInt8](repeating: 0, count: count + 1)
        let status = unsafe input.withUnsafeMutableBufferPointer { source in
            unsafe output.withUnsafeMutableBufferPointer { target in
                unsafe stream.next_in = source.baseAddress
                unsafe stream.avail_in = UInt32(source.count)
                unsafe stream.next_out = target.baseAddress
                unsafe stream.avail_out = UInt32(target.count)
                return unsafe inflate(&stream, Z_FINISH)
            }
        }
        try #require(status == Z_STREAM_END)
        return unsafe Array(output.prefix(Int(stream.total_out)))
    }
}
