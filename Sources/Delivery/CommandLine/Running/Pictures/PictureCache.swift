import Cryptography
import Glibc
import Lifecycle

/// Pictures in a folder of files, the least recently shown making room for new ones; it survives restarts.
///
/// Losing it costs nothing but time, so no failure of the disk is one of the caller's. File names are digests of
/// addresses: nothing that came from outside is ever part of a path.
actor PictureCache {
    private struct Entry {
        var size: Int
        /// Seconds since 1970, as the file system keeps it across restarts, then by order of use.
        var usedAt: Int
        var turn: Int
    }

    private nonisolated let executor = ThreadExecutor(name: "pictures")
    private let folder: String
    private let limit: Int
    private var entries: [String: Entry]?
    private var total = 0
    private var turn = 0

    /// The thread that reads and writes files, off Swift's small pool.
    nonisolated var unownedExecutor: UnownedSerialExecutor { unsafe executor.asUnownedSerialExecutor() }

    /// - Parameters:
    ///   - folder: made when the first picture is kept.
    ///   - limit: bytes of all files together.
    init(folder: String, limit: Int = 256 << 20) {
        self.folder = folder
        self.limit = limit
    }

    /// The bytes kept for an address.
    func picture(of address: String) -> [UInt8]? {
        let name = Self.name(address)
        guard let entry = loaded()[name] else { return nil }
        guard let bytes = read(name), bytes.count == entry.size else {
            remove(name)
            return nil
        }
        turn += 1
        entries?[name]?.turn = turn
        unsafe utimensat(AT_FDCWD, path(name), nil, 0)
        return bytes
    }

    /// Keeps a picture, unless it is larger than the whole cache or the disk says no.
    func keep(_ bytes: [UInt8], of address: String) {
        let name = Self.name(address)
        _ = loaded()
        guard bytes.count <= limit else { return }
        remove(name)
        makeRoom(bytes.count)
        guard write(bytes, name) else { return }
        turn += 1
        entries?[name] = Entry(size: bytes.count, usedAt: .max, turn: turn)
        total += bytes.count
    }

    private func makeRoom(_ size: Int) {
        guard total + size > limit, let known = entries else { return }
        // More than needed goes at once, so that a full cache is not sorted for every picture.
        let goal = max(0, min(limit - size, limit * 9 / 10))
        let order = known.sorted { ($0.value.turn, $0.value.usedAt) < ($1.value.turn, $1.value.usedAt) }
        for (name, _) in order {
            if total <= goal { return }
            remove(name)
        }
    }

    // MARK: Files

    private static func name(_ address: String) -> String {
        HexEncoding.encode(SHA256.digest(of: Array(address.utf8)))
    }

    private func path(_ name: String) -> String { folder + "/" + name }

    /// What the folder holds; what a crash left half written is swept away.
    private func loaded() -> [String: Entry] {
        if let entries { return entries }
        var found: [String: Entry] = [:]
        if let directory = unsafe opendir(folder) {
            defer { unsafe closedir(directory) }
            while let item = unsafe readdir(directory) {
                let name = unsafe withUnsafePointer(to: &item.pointee.d_name) { pointer in
                    unsafe pointer.withMemoryRebound(to: CChar.self, capacity: 256) { unsafe String(cString: $0) }
                }
                var info = stat()
                guard name != ".", name != "..", unsafe lstat(path(name), &info) == 0 else { continue }
                guard name.utf8.count == 64, info.st_mode & S_IFMT == S_IFREG else {
                    if name.hasSuffix(Self.unfinished) { unsafe unlink(path(name)) }
                    continue
                }
                found[name] = Entry(size: Int(info.st_size), usedAt: Int(info.st_mtim.tv_sec), turn: 0)
            }
        }
        entries = found
        total = found.values.reduce(0) { $0 + $1.size }
        makeRoom(0)
        return entries ?? [:]
    }

    private func remove(_ name: String) {
        guard let entry = entries?.removeValue(forKey: name) else { return }
        total -= entry.size
        unsafe unlink(path(name))
    }

    private func read(_ name: String) -> [UInt8]? {
        let file = unsafe open(path(name), O_RDONLY | O_CLOEXEC | O_NOFOLLOW)
        guard file >= 0 else { return nil }
        defer { close(file) }
        var info = stat()
        guard unsafe fstat(file, &info) == 0, info.st_size <= UpstreamPosters.largest else { return nil }
        var bytes = [UInt8](repeating: 0, count: Int(info.st_size))
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeMutableBytes { buffer in
                unsafe Glibc.read(file, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            guard count > 0 else { return nil }
            done += count
        }
        return bytes
    }

    private static let unfinished = ".part"

    /// Writes beside and renames, so that a file is whole or not there.
    private func write(_ bytes: [UInt8], _ name: String) -> Bool {
        unsafe mkdir(folder, 0o700)
        let part = path(name) + Self.unfinished
        let file = unsafe open(part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0o600)
        guard file >= 0 else { return false }
        var done = 0
        while done < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { buffer in
                unsafe Glibc.write(file, buffer.baseAddress.map { unsafe $0 + done }, buffer.count - done)
            }
            guard count > 0 else { break }
            done += count
        }
        close(file)
        guard done == bytes.count, unsafe rename(part, path(name)) == 0 else {
            unsafe unlink(part)
            return false
        }
        return true
    }
}
