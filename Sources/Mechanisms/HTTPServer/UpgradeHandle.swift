import CMicroHTTPD

/// libmicrohttpd's hold on an upgraded connection: good for closing it, once.
@safe
// proof: MHD_upgrade_action locks inside and may be called on any thread; whoever owns the handle calls `close` once.
struct UpgradeHandle: @unchecked Sendable {
    private let pointer: OpaquePointer

    init(_ pointer: OpaquePointer) {
        unsafe self.pointer = unsafe pointer
    }

    /// Gives the socket back to libmicrohttpd, which closes it; nobody may use its number afterwards.
    func close() { unsafe cmhd_close_upgraded(pointer) }
}
