import CEpoll
import Glibc

/// What the process holds in memory, and how to keep that small.
public enum Memory {
    /// Lets the allocator use two arenas instead of eight per core; call first thing in `main`.
    ///
    /// Every arena keeps its own free lists, so many threads with short bursts otherwise hold several times what they use.
    public static func limitArenas() {
        _ = mallopt(M_ARENA_MAX, 2)
    }

    /// The most bytes ever resident since the program started.
    ///
    /// Read from `VmHWM` in `/proc/self/status`; `getrusage` would also count the program that ran before `exec`.
    public static func peakResidentBytes() -> Int { status("VmHWM:") }

    /// The bytes resident now (`VmRSS`).
    public static func residentBytes() -> Int { status("VmRSS:") }

    private static func status(_ field: String) -> Int {
        for line in readStatus().split(separator: "\n") where line.hasPrefix(field) {
            return (Int(line.filter(\.isNumber)) ?? 0) * 1024  // the kernel always writes kB
        }
        return 0
    }

    private static func readStatus() -> String {
        let file = unsafe open("/proc/self/status", O_RDONLY | O_CLOEXEC)
        guard file >= 0 else { return "" }
        defer { close(file) }
        return unsafe String(unsafeUninitializedCapacity: 4096) { buffer in
            unsafe max(0, read(file, buffer.baseAddress, buffer.count))
        }
    }
}
