import CMicroHTTPD

/// libmicrohttpd's connection, as far as other threads may touch it: only to suspend and resume.
///
/// Whoever calls `resume()` must know that the connection is suspended, under the same lock under which it was
/// suspended: a suspended connection cannot be freed, any other may be gone.
@safe
// proof: MHD_suspend_connection and MHD_resume_connection lock inside; nothing else is done through this.
struct ConnectionHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    /// Called on the connection's own thread only.
    func suspend() { unsafe MHD_suspend_connection(pointer) }

    func resume() { unsafe MHD_resume_connection(pointer) }
}
