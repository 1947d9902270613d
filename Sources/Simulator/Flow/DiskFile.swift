/// A file on the simulated disk.
struct DiskFile: Sendable, Hashable {
    let path: String
    let size: Int64
    let created: Int64
    let title: Int
    let unit: Int
    let entry: Int
}
