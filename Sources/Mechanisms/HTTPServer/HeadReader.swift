import CMicroHTTPD
import Glibc

/// The request line in libmicrohttpd's memory, valid during one callback.
@safe
struct RequestLine {
    let method: UnsafePointer<CChar>
    let target: UnsafePointer<CChar>
    let version: UnsafePointer<CChar>
}

/// Copies the header fields out of libmicrohttpd's memory and checks each on the way.
final class HeadReader {
    private(set) var headers = Headers()
    private(set) var check: HeadCheck
    private var layout: HeadLayout

    /// - Parameters:
    ///   - limits: how large a head may be.
    ///   - line: the request line in libmicrohttpd's memory.
    ///   - targetBytes: the length of the target with its query; `line.target` ends before the query.
    init(_ limits: ServerOptions.Limits, _ line: RequestLine, targetBytes: Int) {
        let methodBytes = unsafe strlen(line.method)
        check = HeadCheck(limits, targetBytes: methodBytes + targetBytes)
        unsafe layout = HeadLayout(line.method, count: methodBytes, longestGap: limits.headerBytes)
        unsafe layout.follow(line.target, count: targetBytes, separators: 1...1)
        unsafe layout.follow(line.version, count: strlen(line.version), separators: 1...1)
    }

    /// Whether the head holds neither NUL bytes nor folded fields.
    var isIntact: Bool { layout.isIntact }

    func read(_ connection: OpaquePointer) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, noteField, context)
        unsafe layout.finish(headBytes: cmhd_header_size(connection))
    }

    fileprivate func note(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
        if let start = name.baseAddress { unsafe layout.follow(start, count: name.count, separators: 1...2) }
        if let start = value.baseAddress { unsafe layout.follow(start, count: value.count, separators: 1...1) }
        unsafe check.note(name, value)
        unsafe headers.append(String(decoding: name, as: UTF8.self), String(decoding: value, as: UTF8.self))
    }
}

// A plain function, not a closure, so that it can never inherit an actor's isolation (spec/traps.md).
private func noteField(
    _ context: UnsafeMutableRawPointer?, _ kind: MHD_ValueKind, _ name: UnsafePointer<CChar>?, _ nameSize: Int,
    _ value: UnsafePointer<CChar>?, _ valueSize: Int
) -> MHD_Result {
    guard let context = unsafe context else { return .NO }
    let reader = unsafe Unmanaged<HeadReader>.fromOpaque(context).takeUnretainedValue()
    unsafe withBytes(name, nameSize) { name in
        unsafe withBytes(value, valueSize) { value in unsafe reader.note(name, value) }
    }
    return .YES
}

private func withBytes(
    _ pointer: UnsafePointer<CChar>?, _ count: Int, _ body: (UnsafeBufferPointer<UInt8>) -> Void
) {
    guard let pointer = unsafe pointer else { return unsafe body(UnsafeBufferPointer(start: nil, count: 0)) }
    unsafe pointer.withMemoryRebound(to: UInt8.self, capacity: count) { bytes in
        unsafe body(UnsafeBufferPointer(start: bytes, count: count))
    }
}
