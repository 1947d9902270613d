import Glibc

/// CPU seconds, user and system, that `body` takes.
func measure(_ body: () -> Void) -> Double {
    let start = cpuSeconds()
    body()
    return cpuSeconds() - start
}

private func cpuSeconds() -> Double {
    var time = timespec()
    unsafe clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time)
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
}

/// The most memory the process had resident, as the kernel counted it since the program started.
///
/// Not `ru_maxrss`: that also counts the program that ran in this process before `exec`.
func peakMegabytes() -> Double {
    let file = unsafe open("/proc/self/status", O_RDONLY)
    defer { close(file) }
    let status = unsafe String(unsafeUninitializedCapacity: 4096) { buffer in
        unsafe max(0, read(file, buffer.baseAddress, buffer.count))
    }
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM:") }
    return Double(line.map { $0.filter(\.isNumber) } ?? "").map { $0 / 1024 } ?? .infinity
}
