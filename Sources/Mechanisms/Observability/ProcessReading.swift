import Glibc

/// What the kernel says about this process (proc(5)).
struct ProcessReading {
    let residentBytes: Double
    let cpuSeconds: Double
    let openFiles: Double
    let startSeconds: Double

    /// Reads `/proc`; nil where it is not mounted or not understood.
    static func now() -> ProcessReading? {
        guard let stat = text(of: "/proc/self/stat"), let system = text(of: "/proc/stat") else { return nil }
        return parse(
            stat: stat, system: system, openFiles: countEntries(of: "/proc/self/fd"),
            ticks: Double(sysconf(Int32(_SC_CLK_TCK))), page: Double(sysconf(Int32(_SC_PAGESIZE))))
    }

    /// Parses `/proc/self/stat`, whose second field is a name that may hold spaces and parentheses.
    ///
    /// `system` is the text of `/proc/stat`, for its line `btime`; `ticks` are counted in a second, `page` in bytes.
    static func parse(stat: String, system: String, openFiles: Int, ticks: Double, page: Double) -> ProcessReading? {
        guard let name = stat.lastIndex(of: ")") else { return nil }
        let fields = stat[stat.index(after: name)...].split(separator: " ")
        // Numbers of proc(5) count from 1 and the name is field 2, so field n is `fields[n - 3]`.
        guard fields.count > 21, let user = Double(fields[11]), let kernel = Double(fields[12]),
            let started = Double(fields[19]), let pages = Double(fields[21]), ticks > 0,
            let boot = system.split(separator: "\n").first(where: { $0.hasPrefix("btime ") }),
            let bootSeconds = Double(boot.dropFirst(6))
        else { return nil }
        return ProcessReading(
            residentBytes: pages * page, cpuSeconds: (user + kernel) / ticks, openFiles: Double(openFiles),
            startSeconds: bootSeconds + started / ticks)
    }

    private static func text(of path: String) -> String? {
        let descriptor = unsafe open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else { return nil }
        defer { close(descriptor) }
        var content: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 8192)
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { unsafe read(descriptor, $0.baseAddress, $0.count) }
            if count < 0 { return nil }
            if count == 0 { return String(decoding: content, as: UTF8.self) }
            content += buffer[..<count]
        }
    }

    /// Counts the entries of a folder without `.`, `..`, and the descriptor that reads it.
    private static func countEntries(of path: String) -> Int {
        guard let folder = unsafe opendir(path) else { return 0 }
        defer { unsafe closedir(folder) }
        var count = 0
        while unsafe readdir(folder) != nil { count += 1 }
        return max(0, count - 3)
    }
}
