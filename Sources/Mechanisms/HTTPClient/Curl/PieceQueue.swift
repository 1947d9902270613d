/// Bytes waiting for a reader, gathered into pieces of limited size.
struct PieceQueue {
    let pieceSize: Int
    private var pieces: [[UInt8]] = []
    private var head = 0
    private(set) var byteCount = 0

    init(pieceSize: Int) { self.pieceSize = pieceSize }

    /// Adds bytes to the last piece while they fit, else to a new one; more than a piece stays together.
    mutating func append(_ bytes: UnsafeRawBufferPointer) {
        byteCount += bytes.count
        if pieces.count > head, pieces[pieces.count - 1].count + bytes.count <= pieceSize {
            unsafe pieces[pieces.count - 1].append(contentsOf: bytes)
            return
        }
        var piece: [UInt8] = []
        piece.reserveCapacity(max(pieceSize, bytes.count))
        unsafe piece.append(contentsOf: bytes)
        pieces.append(piece)
    }

    mutating func popFirst() -> [UInt8]? {
        guard head < pieces.count else { return nil }
        let piece = pieces[head]
        pieces[head] = []
        head += 1
        if head == pieces.count {
            pieces.removeAll(keepingCapacity: true)
            head = 0
        }
        byteCount -= piece.count
        return piece
    }

    mutating func removeAll() { self = PieceQueue(pieceSize: pieceSize) }
}
