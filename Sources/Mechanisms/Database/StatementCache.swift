/// A prepared statement that a cache can age.
protocol CachedStatement: AnyObject {
    var lastUse: UInt64 { get set }
}

/// The prepared statements of one connection, by their text; the one unused for longest makes room.
struct StatementCache<Statement: CachedStatement> {
    /// A literal is known by its address: no text is built or hashed to find it.
    private enum Key: Hashable {
        case literal(address: UInt, size: Int)
        case text(String)

        init(_ text: SQL.Text) {
            switch text {
            case .literal(let literal) where literal.hasPointerRepresentation:
                self = .literal(address: unsafe UInt(bitPattern: literal.utf8Start), size: literal.utf8CodeUnitCount)
            case .literal, .joined: self = .text(text.string)
            }
        }
    }

    private let capacity: Int
    private var statements: [Key: Statement] = [:]
    private var clock: UInt64 = 0

    init(capacity: Int = 128) { self.capacity = capacity }

    /// The statement prepared earlier, or the one that `prepare` makes now; `evict` gets the one that had to go.
    mutating func statement(
        _ text: SQL.Text, prepare: (String) throws(DatabaseError) -> Statement, evict: (Statement) -> Void = { _ in }
    ) throws(DatabaseError) -> Statement {
        clock += 1
        let key = Key(text)
        if let known = statements[key] {
            known.lastUse = clock
            return known
        }
        if statements.count >= capacity, let oldest = statements.min(by: { $0.value.lastUse < $1.value.lastUse }) {
            statements[oldest.key] = nil
            evict(oldest.value)
        }
        let fresh = try prepare(text.string)
        fresh.lastUse = clock
        statements[key] = fresh
        return fresh
    }

    mutating func remove(_ text: SQL.Text) -> Statement? { statements.removeValue(forKey: Key(text)) }

    mutating func removeAll() { statements.removeAll() }
}
