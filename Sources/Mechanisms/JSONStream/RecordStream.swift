import CScan

/// Push-fed pull parser of `{"…":…,"Items":[{…},…],"Total":9}` or `[{…},…]`: bytes go in, records come out.
///
/// Memory is one buffer that holds the chunk just fed and the record under way, so a listing of any length costs the
/// same. Bytes are looked at once: what is not wanted is skipped by SIMD scans, wanted values become slices of the
/// buffer, and a stop for more input resumes where it stood, inside a string or a skipped object too.
///
/// What is checked: the whole grammar (RFC 8259) and the UTF-8 of the document's own members, of every record's own
/// members, and of every wanted value, at any depth; of unwanted objects and arrays, and of an array behind a wanted first
/// element, the quotes, backslashes, control bytes, nesting, and kinds of brackets; of unwanted strings all but their UTF-8. An error is thrown as soon as its
/// byte is there.
///
/// Of members with one name the last wins, as in most parsers; therefore a record is walked to its end even when all
/// wanted members were seen. A second array of records under `arrayKey` is refused: the first cannot be taken back.
/// A byte order mark is refused. In wanted strings U+0000 and lone surrogates (`\uD800`) become U+FFFD, because no
/// store behind us holds them.
public struct RecordStream: ~Copyable {
    /// What `next()` found.
    public enum Step: Sendable {
        /// A record is there to be read, until the next call of `next()` or `feed`.
        case record
        /// Everything fed is used up; feed more, or call `finish()`.
        case needMore
        /// The document is closed, and only white space followed it up to the end of the input.
        case end
    }

    static let firstCapacity = 256 << 10

    let table: ShapeTable
    var buffer = ByteBuffer(capacity: RecordStream.firstCapacity)
    let slots: SlotBlock
    let maxRecord: Int
    let maxDepth: Int
    var totals: [Int64?]
    var lists: [[String]]

    // Where parsing stands; indexes count from the buffer's start.
    var state = ParseState.value
    var position = 0
    var recordStart = 0
    var inRecord = false
    var target: Int  // of the value that comes next; -1: skip it
    var frame = Frame()  // the innermost open container; outside the document an empty one
    var parents: [Frame] = []
    var token = PartialToken()
    var skipped = cscan_skip_state()
    var arraySeen = false
    var key = ""  // of the record in an object of records
    var hasEscapes = false  // some slot of the record holds escapes that the scan in C left

    private(set) var isReadable = false  // a record is complete and its bytes are still in place
    private var dropped = 0  // bytes of the document before the buffer's start
    private var finished = false
    private var failure: JSONFailure?
    private let needsRecords: Bool

    /// Starts at the beginning of a document.
    /// - Parameters:
    ///   - shape: what is wanted of each record.
    ///   - arrayKey: the top-level member that holds the records; nil when the document is the array itself.
    ///   - totals: top-level integer members to report, before or after the array.
    ///   - maxRecord: bytes a record may have, and a single string or number outside the records.
    ///   - maxDepth: objects and arrays inside one another, the document's own included; at most 64.
    public init(
        shape: RecordShape, arrayKey: String?, totals: [String] = [], maxRecord: Int = 16 << 20, maxDepth: Int = 64
    ) {
        self.init(
            ShapeTable(shape: shape, arrayKey: arrayKey, totals: totals), needsRecords: true, maxRecord: maxRecord,
            maxDepth: maxDepth)
    }

    /// Starts at the beginning of a document that holds its records in an object, by keys nobody knows beforehand:
    /// `{"torrents":{"<key>":{…},…},"gone":["<key>"]}`.
    ///
    /// Such documents tell changes, so the object may be missing: then there are no records.
    /// - Parameters:
    ///   - shape: what is wanted of each record; `recordKey` tells its key.
    ///   - mapKey: the top-level member that holds the records.
    ///   - totals: top-level integer members to report, wherever they stand.
    ///   - lists: top-level arrays whose strings to report; they are held whole.
    ///   - maxRecord: bytes a record may have, and a single string or number outside the records.
    ///   - maxDepth: objects and arrays inside one another, the document's own included; at most 64.
    public init(
        shape: RecordShape, mapKey: String, totals: [String] = [], lists: [String] = [], maxRecord: Int = 16 << 20,
        maxDepth: Int = 64
    ) {
        self.init(
            ShapeTable(shape: shape, arrayKey: mapKey, isMap: true, totals: totals, lists: lists), needsRecords: false,
            maxRecord: maxRecord, maxDepth: maxDepth)
    }

    private init(_ table: ShapeTable, needsRecords: Bool, maxRecord: Int, maxDepth: Int) {
        precondition((1...64).contains(maxDepth), "depth is limited to 64 levels")
        precondition((1...(1 << 30)).contains(maxRecord), "a record is limited to 1 GiB")
        self.table = table
        self.needsRecords = needsRecords
        slots = SlotBlock(count: table.slotCount)
        self.maxRecord = maxRecord
        self.maxDepth = maxDepth
        totals = Array(repeating: nil, count: table.totals.count)
        lists = Array(repeating: [], count: table.lists.count)
        target = table.document
        parents.reserveCapacity(maxDepth)
    }

    /// Takes the next bytes of the document; any cut is fine, also inside a character.
    public mutating func feed(_ bytes: UnsafeRawBufferPointer) {
        precondition(!finished, "fed after finish()")
        makeRoom(for: bytes.count)
        unsafe buffer.append(bytes)
    }

    /// Takes the next bytes of the document.
    public mutating func feed(_ bytes: [UInt8]) {
        unsafe bytes.withUnsafeBytes { unsafe feed($0) }
    }

    /// Lets `fill` write at least `minimum` bytes straight into the buffer, sparing the copy of `feed`.
    /// - Returns: what `fill` returned: the number of bytes it wrote; 0 changes nothing.
    public mutating func feed<Failure: Error>(
        minimum: Int, filling fill: (UnsafeMutableRawBufferPointer) throws(Failure) -> Int
    ) throws(Failure) -> Int {
        precondition(!finished, "fed after finish()")
        makeRoom(for: minimum)
        return try unsafe buffer.append(filling: fill)
    }

    /// Says that no more bytes will come.
    public mutating func finish() {
        finished = true
    }

    /// Advances to the next record, or says why there is none now.
    ///
    /// After a failure it throws the same one again.
    public mutating func next() throws(JSONFailure) -> Step {
        if let failure { throw failure }
        isReadable = false
        do throws(JSONFailure) {
            if try advance() {
                isReadable = true
                return .record
            }
            guard finished else { return .needMore }
            guard state == .trailer else { throw .truncated(at: offset(buffer.count)) }
            guard arraySeen || !needsRecords else { throw .unexpected(at: offset, "the array of records is missing") }
            return .end
        } catch {
            failure = error
            throw error
        }
    }

    /// Bytes the buffer has room for: grows with the largest record and the largest chunk, never with the document.
    public var bufferedCapacity: Int { buffer.capacity }

    /// Bytes of the document that were parsed.
    public var offset: Int { dropped + position }

    /// The value of a top-level member named in `totals`, as far as it was seen; nil when it is no integer.
    ///
    /// `true` and `false` count as 1 and 0.
    public func total(_ name: String) -> Int64? {
        table.totals.firstIndex(of: name).flatMap { totals[$0] }
    }

    /// The strings of a top-level array named in `lists`, as far as they were seen.
    public func list(_ name: String) -> [String] {
        table.lists.firstIndex(of: name).map { lists[$0] } ?? []
    }

    /// The current record's key in an object of records.
    public var recordKey: String { isReadable ? key : "" }

    /// The document's offset of a buffer index.
    func offset(_ index: Int) -> Int { dropped + index }

    private mutating func makeRoom(for count: Int) {
        isReadable = false
        let gone = buffer.makeRoom(for: count, dropping: inRecord ? recordStart : position)
        dropped += gone
        position -= gone
        recordStart -= gone
    }
}
