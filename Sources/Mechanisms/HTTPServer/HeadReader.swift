import CMicroHTTPD

/// Copies the header fields out of libmicrohttpd's memory and checks each on the way.
final class HeadReader {
    private(set) var headers = Headers()
    private(set) var check: HeadCheck

    init(_ limits: ServerOptions.Limits, targetBytes: Int) {
        check = HeadCheck(limits, targetBytes: targetBytes)
    }

    func read(_ connection: OpaquePointer) {
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        _ = unsafe MHD_get_connection_values_n(connection, .HEADER_KIND, noteField, context)
    }

    fileprivate func note(_ name: UnsafeBufferPointer<UInt8>, _ value: UnsafeBufferPointer<UInt8>) {
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
