import CScan

/// Gathers the tables of a `ShapeTable`.
struct ShapeBuilder {
    static let cellsPerNode = 256
    /// More members than this in one object would fill the cells.
    private static let membersLimit = 200

    private(set) var cells: [UInt8] = []
    private(set) var keys: [cscan_key] = []  // one per target, in the same order
    private(set) var text: [UInt8] = []
    private(set) var targets: [Target] = []
    private(set) var nodes: [Node] = []
    private(set) var slots: [cscan_reset] = []
    private(set) var slotCount = 0

    /// Adds a target that no key names.
    mutating func add(_ target: Target) -> Int {
        targets.append(target)
        keys.append(cscan_key())
        return targets.count - 1
    }

    /// The node of the document's own members: the records, the totals, and the lists.
    mutating func envelope(_ key: String, _ records: Target, totals: [String], lists: [String]) -> Int {
        var named: [(key: String, target: Target)] = [(key, records)]
        for (index, total) in totals.enumerated() { named.append((total, Target(role: .total, slot: Int32(index)))) }
        for (index, list) in lists.enumerated() {
            let item = add(Target(role: .item, slot: Int32(index)))
            named.append((list, Target(role: .list, slot: Int32(index), element: Int32(item))))
        }
        return add(named, folding: false)
    }

    /// The node of these members; children first, so that a node's targets are neighbours.
    mutating func node(_ members: [RecordShape.Member], folding: Bool) -> Int {
        var named: [(key: String, target: Target)] = []
        for member in members {
            let key = folding ? member.key.lowercased() : member.key
            let known = named.firstIndex { $0.key == key }
            let index = known ?? named.count
            if known == nil { named.append((key, Target())) }
            merge(member, into: &named[index].target)
        }
        return add(named, folding: folding)
    }

    private mutating func merge(_ member: RecordShape.Member, into target: inout Target) {
        switch member {
        case .value(_, let slot):
            target.slot = claim(slot, before: target.slot)
        case .count(_, let slot):
            target.countSlot = claim(slot, before: target.countSlot)
        case .object(let key, let members):
            precondition(target.node < 0, "object \(key) is declared twice")
            target.node = Int32(node(members, folding: false))
        case .objectIgnoringCase(let key, let members):
            precondition(target.node < 0, "object \(key) is declared twice")
            target.node = Int32(node(members, folding: true))
        case .firstOf(let key, let members):
            precondition(target.element < 0, "array \(key) is declared twice")
            target.element = Int32(add(Target(node: Int32(node(members, folding: false)))))
        }
    }

    private mutating func claim(_ slot: Int, before: Int32) -> Int32 {
        precondition(slot >= 0 && slot < 1 << 16, "slot \(slot) is out of range")
        precondition(before < 0, "slot \(slot) names a key that has a slot")
        slotCount = max(slotCount, slot + 1)
        return Int32(slot)
    }

    private mutating func add(_ named: [(key: String, target: Target)], folding: Bool) -> Int {
        precondition(named.count <= Self.membersLimit, "an object has at most 200 wanted members")
        var node = Node(folds: folding, targets: targets.count..<(targets.count + named.count))
        var row = [UInt8](repeating: 0, count: Self.cellsPerNode)
        for (index, member) in named.enumerated() {
            let key = Array(member.key.utf8)
            // proof: wanted keys are written in our source, never read from a feed; an empty one is our mistake.
            guard let first = key.first, let last = key.last else { preconditionFailure("a wanted key is not empty") }
            var cell = cscan_cell(first, last, key.count)
            while row[Int(cell)] != 0 { cell &+= 1 }
            row[Int(cell)] = UInt8(index + 1)
            let target = member.target
            let element = target.element < 0 ? -1 : targets[Int(target.element)].node
            keys.append(
                cscan_key(
                    text: UInt32(text.count), length: UInt32(key.count), slot: target.slot,
                    count_slot: target.countSlot, object: target.node, element: element,
                    special: target.role != .plain))
            text += key
            targets.append(target)
        }
        let below = named.filter { $0.target.role == .plain }.flatMap { slots(of: $0.target) }
        node.slots = slots.count..<(slots.count + below.count)
        slots += below
        cells += row
        nodes.append(node)
        return nodes.count - 1
    }

    /// The target's own slots and those of its children.
    private func slots(of target: Target) -> [cscan_reset] {
        var found: [cscan_reset] = []
        if target.slot >= 0 { found.append(cscan_reset(slot: target.slot, is_count: false)) }
        if target.countSlot >= 0 { found.append(cscan_reset(slot: target.countSlot, is_count: true)) }
        for child in [target.node, target.element < 0 ? -1 : targets[Int(target.element)].node] where child >= 0 {
            found += slots[nodes[Int(child)].slots]
        }
        return found
    }
}

extension RecordShape.Member {
    fileprivate var key: String {
        switch self {
        case .value(let key, _), .object(let key, _), .objectIgnoringCase(let key, _), .firstOf(let key, _),
            .count(let key, _):
            key
        }
    }
}
