extension Metrics {
    /// Adds the `process_*` metrics of operations.md §2, read from `/proc/self` at each render.
    public func collectProcess() {
        let resident = gauge("process_resident_memory_bytes", help: "Resident memory size in bytes.")
        let cpu = counter("process_cpu_seconds_total", help: "User and system CPU time spent in seconds.")
        let files = gauge("process_open_fds", help: "Number of open file descriptors.")
        let start = gauge("process_start_time_seconds", help: "Start time of the process since unix epoch in seconds.")
        collect {
            guard let reading = ProcessReading.now() else { return }
            resident.set(reading.residentBytes)
            cpu.set(total: reading.cpuSeconds)
            files.set(reading.openFiles)
            start.set(reading.startSeconds)
        }
    }
}
