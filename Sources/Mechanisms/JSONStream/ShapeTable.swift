import CScan

/// What to do with one value: the compiled form of the members that name its key.
struct Target {
    enum Role: UInt8 {
        case plain
        case envelope  // the document, when it must be an object
        case records  // the array of records
        case record  // one of its elements
        case total  // a top-level integer; `slot` is its index among the totals
    }

    var role = Role.plain
    var slot = -1
    var countSlot = -1
    var node = -1  // of an object's members
    var element = -1  // target of an array's first element
    var key = 0..<0  // in the table's key bytes
}

/// The wanted members of one object.
struct Node {
    var ignoringCase = false
    var targets = 0..<0
    var slots = 0..<0  // in the table's list: all slots at any depth below
}

/// One slot below a node.
struct NodeSlot {
    var slot: Int
    var isCount: Bool
}

/// A `RecordShape` compiled for look-up by key: flat tables that are read only after `init`.
///
/// A node finds its target through 256 cells addressed by a hash of the key's length and ends, with linear probing.
@safe
final class ShapeTable {
    /// More members than this in one object would fill the cells.
    static let membersLimit = 200
    static let cellsPerNode = 256

    private(set) var slotCount = 0
    let totals: [String]
    let document: Int  // target of the document
    let record: Int  // target of each element of the array of records
    private let cells: UnsafeMutablePointer<UInt8>
    private let targets: UnsafeMutablePointer<Target>
    private let nodes: UnsafeMutablePointer<Node>
    private let keys: UnsafeMutablePointer<UInt8>
    private let slots: UnsafeMutablePointer<NodeSlot>
    private let counts: (nodes: Int, targets: Int)

    init(shape: RecordShape, arrayKey: String?, totals: [String]) {
        var builder = ShapeBuilder()
        let root = builder.node(shape.members, ignoringCase: false)
        record = builder.add(Target(role: .record, node: root))
        if let arrayKey {
            precondition(!totals.contains(arrayKey), "the array of records cannot be a total")
            document = builder.add(Target(role: .envelope, node: builder.envelope(arrayKey, totals: totals)))
        } else {
            precondition(totals.isEmpty, "a bare array has no totals")
            document = builder.add(Target(role: .records))
        }
        self.totals = totals
        slotCount = builder.slotCount
        counts = (builder.nodes.count, builder.targets.count)
        // proof: each block is allocated with the size it is filled to, and freed in deinit only.
        unsafe cells = .allocate(capacity: builder.cells.count)
        unsafe cells.initialize(from: builder.cells, count: builder.cells.count)
        unsafe targets = .allocate(capacity: builder.targets.count)
        unsafe targets.initialize(from: builder.targets, count: builder.targets.count)
        unsafe nodes = .allocate(capacity: builder.nodes.count)
        unsafe nodes.initialize(from: builder.nodes, count: builder.nodes.count)
        unsafe slots = .allocate(capacity: builder.slots.count)
        unsafe slots.initialize(from: builder.slots, count: builder.slots.count)
        let padded = builder.keys + [UInt8](repeating: 0, count: Int(CSCAN_PADDING))
        unsafe keys = .allocate(capacity: padded.count)
        unsafe keys.initialize(from: padded, count: padded.count)
    }

    deinit {
        unsafe cells.deallocate()
        unsafe targets.deallocate()
        unsafe nodes.deallocate()
        unsafe slots.deallocate()
        unsafe keys.deallocate()
    }

    @inline(__always)
    func target(_ index: Int) -> Target {
        assert(index >= 0 && index < counts.targets)
        return unsafe targets[index]
    }

    @inline(__always)
    func slots(below node: Int) -> UnsafeBufferPointer<NodeSlot> {
        assert(node >= 0 && node < counts.nodes)
        let range = unsafe nodes[node].slots
        return unsafe UnsafeBufferPointer(start: slots + range.lowerBound, count: range.count)
    }

    /// Index of the target for the key in `bytes[key]`, or -1.
    @inline(__always)
    func find(_ key: Range<Int>, in bytes: ByteView, node: Int) -> Int {
        guard !key.isEmpty else { return findEmpty(node) }
        assert(node >= 0 && node < counts.nodes)
        if unsafe nodes[node].ignoringCase { return findIgnoringCase(key, in: bytes, node: node) }
        let base = unsafe nodes[node].targets.lowerBound
        var cell = Self.cell(first: bytes[key.lowerBound], last: bytes[key.upperBound - 1], count: key.count)
        while true {
            let found = unsafe cells[node &* Self.cellsPerNode &+ cell]
            if found == 0 { return -1 }
            let index = base &+ Int(found) &- 1
            let wanted = unsafe targets[index].key
            // proof: both sides are readable for 16 bytes: keys and buffer end in CSCAN_PADDING bytes.
            if wanted.count == key.count,
                unsafe cscan_same(bytes.pointer(key.lowerBound), keys + wanted.lowerBound, key.count)
            {
                return index
            }
            cell = (cell &+ 1) & 255
        }
    }

    @inline(never)
    private func findEmpty(_ node: Int) -> Int {
        unsafe nodes[node].targets.first { unsafe targets[$0].key.isEmpty } ?? -1
    }

    @inline(never)
    private func findIgnoringCase(_ key: Range<Int>, in bytes: ByteView, node: Int) -> Int {
        unsafe nodes[node].targets.first { index in
            let wanted = unsafe targets[index].key
            guard wanted.count == key.count else { return false }
            return (0..<key.count).allSatisfy { offset in
                unsafe Byte.lowercased(bytes[key.lowerBound + offset]) == keys[wanted.lowerBound + offset]
            }
        } ?? -1
    }

    @inline(__always)
    static func cell(first: UInt8, last: UInt8, count: Int) -> Int {
        (Int(first) &* 7 &+ Int(last) &* 3 &+ count &* 31) & 255
    }
}
