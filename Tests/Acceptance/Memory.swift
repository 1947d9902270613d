import Foundation

/// The most memory a process ever held, in megabytes, as the kernel counted it.
func peakMegabytes(_ pid: Int32) throws -> Double {
    let status = try String(contentsOfFile: "/proc/\(pid)/status", encoding: .utf8)
    let line = status.split(separator: "\n").first { $0.hasPrefix("VmHWM") } ?? ""
    return (line.split(separator: " ").compactMap { Double($0) }.first ?? 0) / 1_024
}
