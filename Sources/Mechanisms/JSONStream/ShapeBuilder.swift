/// Gathers the tables of a `ShapeTable`.
struct ShapeBuilder {
    var cells: [UInt8] = []
    var targets: [Target] = []
    var nodes: [Node] = []
    var keys: [UInt8] = []
    var slots: [NodeSlot] = []
    var slotCount = 0

    mutating func add(_ target: Target) -> Int {
        targets.append(target)
        return targets.count - 1
    }

    /// The node of the document's own members: the array of records and the totals.
    mutating func envelope(_ arrayKey: String, totals: [String]) -> Int {
        var named: [(key: String, target: Target)] = [(arrayKey, Target(role: .records))]
        for (index, total) in totals.enumerated() { named.append((total, Target(role: .total, slot: index))) }
        return add(named, ignoringCase: false)
    }

    /// The node of these members; children first, so that a node's targets are neighbours.
    mutating func node(_ members: [RecordShape.Member], ignoringCase: Bool) -> Int {
        var named: [(key: String, target: Target)] = []
        for member in members {
            let key = member.key
            let known = named.firstIndex { $0.key == key }
            let index = known ?? named.count
            if known == nil { named.append((key, Target())) }
            merge(member, into: &named[index].target)
        }
        return add(named, ignoringCase: ignoringCase)
    }

    private mutating func merge(_ member: RecordShape.Member, into target: inout Target) {
        switch member {
        case .value(_, let slot):
            target.slot = claim(slot, before: target.slot)
        case .count(_, let slot):
            target.countSlot = claim(slot, before: target.countSlot)
        case .object(let key, let members):
            precondition(target.node < 0, "object \(key) is declared twice")
            target.node = node(members, ignoringCase: false)
        case .objectIgnoringCase(let key, let members):
            precondition(target.node < 0, "object \(key) is declared twice")
            target.node = node(members, ignoringCase: true)
        case .firstOf(let key, let members):
            precondition(target.element < 0, "array \(key) is declared twice")
            target.element = add(Target(node: node(members, ignoringCase: false)))
        }
    }

    private mutating func claim(_ slot: Int, before: Int) -> Int {
        precondition(slot >= 0 && slot < 1 << 16, "slot \(slot) is out of range")
        precondition(before < 0, "slot \(slot) names a key that has a slot")
        slotCount = max(slotCount, slot + 1)
        return slot
    }

    private mutating func add(_ named: [(key: String, target: Target)], ignoringCase: Bool) -> Int {
        precondition(named.count <= ShapeTable.membersLimit, "an object has at most 200 wanted members")
        var node = Node(ignoringCase: ignoringCase, targets: targets.count..<(targets.count + named.count))
        var row = [UInt8](repeating: 0, count: ShapeTable.cellsPerNode)
        for (index, member) in named.enumerated() {
            var target = member.target
            let key = ignoringCase ? member.key.utf8.map(Byte.lowercased) : Array(member.key.utf8)
            target.key = keys.count..<(keys.count + key.count)
            keys += key
            if let first = key.first, let last = key.last {
                var cell = ShapeTable.cell(first: first, last: last, count: key.count)
                while row[cell] != 0 { cell = (cell + 1) & 255 }
                row[cell] = UInt8(index + 1)
            }
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
    private func slots(of target: Target) -> [NodeSlot] {
        var found: [NodeSlot] = []
        if target.slot >= 0 { found.append(NodeSlot(slot: target.slot, isCount: false)) }
        if target.countSlot >= 0 { found.append(NodeSlot(slot: target.countSlot, isCount: true)) }
        for child in [target.node, target.element < 0 ? -1 : targets[target.element].node] where child >= 0 {
            found += slots[nodes[child].slots]
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
