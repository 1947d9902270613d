import CCurl

/// One of curl's transfer handles; whoever holds it says when it is freed.
@safe
struct EasyHandle: Hashable {
    let pointer: UnsafeMutableRawPointer

    init(_ pointer: UnsafeMutableRawPointer) { unsafe self.pointer = unsafe pointer }

    /// Makes a handle; nil when memory is short.
    static func make() -> EasyHandle? {
        guard let pointer = unsafe curl_easy_init() else { return nil }
        return unsafe EasyHandle(pointer)
    }

    /// Forgets all options and keeps the rest for the next transfer.
    func reset() { unsafe curl_easy_reset(pointer) }

    func free() { unsafe curl_easy_cleanup(pointer) }

    // Written out: derived comparisons of a pointer are unsafe code that nothing can mark as such.
    static func == (a: EasyHandle, b: EasyHandle) -> Bool { unsafe a.pointer == b.pointer }
    func hash(into hasher: inout Hasher) { unsafe hasher.combine(pointer) }
}
