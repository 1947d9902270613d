import CEpoll
import Glibc

/// What the process holds in memory, and how to keep that small.
public enum Memory {
    /// Lets the allocator use two arenas instead of eight per core, and give large blocks back; call first in `main`.
    ///
    /// Every arena keeps its own free lists, so many threads with short bursts otherwise hold several times what they use.
    /// And once a large block was freed, glibc takes blocks up to that size from the heap, where those of a job stay
    /// behind; a fixed threshold keeps them apart (mallopt(3), M_MMAP_THRESHOLD).
    public static func limitArenas() {
        _ = mallopt(M_ARENA_MAX, 2)
        _ = mallopt(M_MMAP_THRESHOLD, largeBlock)
        _ = mallopt(M_TRIM_THRESHOLD, largeBlock)
    }

    /// glibc's own value to begin with; setting it ends the adapting.
    private static let largeBlock: Int32 = 128 * 1024

    /// Gives memory that is free but still held by the allocator back to the system; some milliseconds, after large work.
    public static func giveBack() { _ = malloc_trim(0) }

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
