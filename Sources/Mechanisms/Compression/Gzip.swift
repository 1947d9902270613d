import CZlib

/// Gzip as HTTP uses it (RFC 1952), through zlib.
public enum Gzip {
    /// Compresses in one step.
    ///
    /// The header carries no time and no name, so equal bytes give equal results.
    ///
    /// - Parameters:
    ///   - bytes: what to compress; may be empty.
    ///   - level: 1 (fast) to 9 (small).
    /// - Returns: a complete gzip member.
    public static func compress(_ bytes: [UInt8], level: Int32 = 5) -> [UInt8] {
        precondition((1...9).contains(level), "gzip levels are 1 to 9")
        var stream = unsafe z_stream()
        let started = unsafe czlib_start_gzip(&stream, level)
        precondition(started == Z_OK, "zlib refused to start: \(started)")  // only out of memory or another zlib
        defer { unsafe deflateEnd(&stream) }
        let room = unsafe Int(deflateBound(&stream, UInt(bytes.count)))
        return unsafe [UInt8](unsafeUninitializedCapacity: room) { output, count in
            unsafe bytes.withUnsafeBufferPointer { input in
                // proof: zlib only reads `next_in`; the C type lacks the const.
                unsafe stream.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.avail_in = UInt32(input.count)
                unsafe stream.next_out = output.baseAddress
                unsafe stream.avail_out = UInt32(output.count)
                let finished = unsafe deflate(&stream, Z_FINISH)
                precondition(finished == Z_STREAM_END, "deflateBound promised enough room")
                count = unsafe output.count - Int(stream.avail_out)
            }
        }
    }
}
