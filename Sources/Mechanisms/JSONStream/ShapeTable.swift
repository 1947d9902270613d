import CScan
import Glibc

/// What to do with one value: the compiled form of the members that name its key.
struct Target {
    enum Role: UInt8 {
        case plain
        case envelope  // the document, when it must be an object
        case records  // the array of records
        case map  // the object of records
        case record  // one of its elements
        case total  // a top-level integer; `slot` is its index among the totals
        case list  // a top-level array of strings
        case item  // one of its elements; `slot` is the list's index among the lists
    }

    var role = Role.plain
    var slot: Int32 = -1
    var countSlot: Int32 = -1
    var node: Int32 = -1  // of an object's members
    var element: Int32 = -1  // target of an array's first element
}

/// The wanted members of one object.
struct Node {
    var folds = false  // ASCII case of keys does not count
    var targets = 0..<0
    var slots = 0..<0  // in the table's list: all slots at any depth below
}

/// A `RecordShape` compiled for look-up by key, one table per stream.
///
/// All is read only after `init`, except for the key order that the scan in C learns.
@safe
final class ShapeTable {
    let slotCount: Int
    let totals: [String]
    let lists: [String]
    let document: Int  // target of the document
    let record: Int  // target of each element of the array of records

    // proof: the blocks are filled in `init` and freed in `deinit` only; indexes come from the builder. The C objects
    // point into `cells`, `keys`, and `slots`.
    private let cells: UnsafeMutableBufferPointer<UInt8>
    private let keys: UnsafeMutableBufferPointer<cscan_key>
    private let text: UnsafeMutableBufferPointer<UInt8>
    private let objects: UnsafeMutablePointer<cscan_object>
    private let targets: UnsafeMutableBufferPointer<Target>
    private let nodes: UnsafeMutableBufferPointer<Node>
    private let slots: UnsafeMutableBufferPointer<cscan_reset>
    private let blank: SlotBlock  // what the slots hold before a record

    init(shape: RecordShape, arrayKey: String?, isMap: Bool = false, totals: [String], lists: [String] = []) {
        var builder = ShapeBuilder()
        let root = builder.node(shape.members, folding: false)
        record = builder.add(Target(role: .record, node: Int32(root)))
        if let arrayKey {
            precondition(!(totals + lists).contains(arrayKey), "the records cannot be a total or a list")
            let envelope = builder.envelope(
                arrayKey, Target(role: isMap ? .map : .records), totals: totals, lists: lists)
            document = builder.add(Target(role: .envelope, node: Int32(envelope)))
        } else {
            precondition(totals.isEmpty, "a bare array has no totals")
            document = builder.add(Target(role: .records))
        }
        self.totals = totals
        self.lists = lists
        slotCount = builder.slotCount
        unsafe cells = Self.block(builder.cells)
        unsafe keys = Self.block(builder.keys)
        unsafe text = Self.block(builder.text + [UInt8](repeating: 0, count: Int(CSCAN_PADDING)))
        unsafe targets = Self.block(builder.targets)
        unsafe nodes = Self.block(builder.nodes)
        unsafe slots = Self.block(builder.slots)
        blank = SlotBlock(count: slotCount)
        unsafe blank.reset(UnsafeBufferPointer(rebasing: slots[builder.nodes[root].slots]))
        let bytes = unsafe builder.nodes.count * MemoryLayout<cscan_object>.stride
        // A cache line's alignment, which C asks for.
        let block = UnsafeMutableRawPointer.allocate(byteCount: bytes, alignment: 64)
        unsafe objects = block.bindMemory(to: cscan_object.self, capacity: builder.nodes.count)
        unsafe memset(objects, 0, bytes)
        for (index, node) in builder.nodes.enumerated() {
            let object = unsafe objects + index
            unsafe object.pointee.cells = cells.baseAddress.map {
                unsafe UnsafePointer($0 + index * ShapeBuilder.cellsPerNode)
            }
            unsafe object.pointee.keys = keys.baseAddress.map { unsafe UnsafePointer($0 + node.targets.lowerBound) }
            unsafe object.pointee.resets = slots.baseAddress.map { unsafe UnsafePointer($0 + node.slots.lowerBound) }
            unsafe object.pointee.reset_count = UInt32(node.slots.count)
            unsafe object.pointee.folds = node.folds
            unsafe object.pointee.step_count = 1
        }
    }

    deinit {
        unsafe cells.deallocate()
        unsafe keys.deallocate()
        unsafe text.deallocate()
        unsafe UnsafeMutableRawPointer(objects).deallocate()
        unsafe targets.deallocate()
        unsafe nodes.deallocate()
        unsafe slots.deallocate()
    }

    private static func block<Element>(_ elements: [Element]) -> UnsafeMutableBufferPointer<Element> {
        let block = UnsafeMutableBufferPointer<Element>.allocate(capacity: elements.count)
        _ = unsafe block.initialize(from: elements)
        return unsafe block
    }

    @inline(__always)
    func target(_ index: Int) -> Target {
        unsafe targets[index]
    }

    /// Index of the target of an object's key, counted from its first.
    @inline(__always)
    func target(_ number: Int, of node: Int) -> Int {
        unsafe nodes[node].targets.lowerBound &+ number
    }

    /// What C needs to walk records whose first byte is at `record`.
    @inline(__always)
    func walk(slots: UnsafeMutablePointer<Slot>, record: UnsafePointer<UInt8>, end: UnsafePointer<UInt8>) -> cscan_walk
    {
        unsafe cscan_walk(
            objects: objects, text: UnsafePointer(text.baseAddress), slots: slots, blank: blank.base,
            slot_count: UInt32(slotCount), record: record, end: end, found: -1, status: 0, escapes: false)
    }

    @inline(__always)
    func slots(below node: Int) -> UnsafeBufferPointer<cscan_reset> {
        unsafe UnsafeBufferPointer(rebasing: slots[nodes[node].slots])
    }

    /// Index of the target for the key in `bytes[key]`, or -1.
    func find(_ key: Range<Int>, in bytes: ByteView, node: Int) -> Int {
        guard !key.isEmpty else { return -1 }
        // proof: the key is in the buffer, whose padding makes it readable for 16 bytes.
        let number = unsafe cscan_find(objects + node, text.baseAddress, bytes.pointer(key.lowerBound), key.count)
        return number < 0 ? -1 : target(Int(number), of: node)
    }
}
