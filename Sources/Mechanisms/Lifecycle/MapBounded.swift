/// Runs `work` for every item, at most `width` at a time, and returns results in input order.
///
/// One failing item does not stop the others: each result stands on its own. Cancelling the caller cancels the work
/// in hand; items not yet begun then end with whatever their work throws on seeing the cancellation.
public func mapBounded<Item: Sendable, Output: Sendable>(
    _ items: [Item], width: Int, _ work: @escaping @Sendable (Item) async throws -> Output
) async -> [Result<Output, any Error>] {
    precondition(width > 0, "mapBounded needs a width of at least 1")
    return await withTaskGroup(of: (Int, Result<Output, any Error>).self) { group in
        var results: [Result<Output, any Error>?] = Array(repeating: nil, count: items.count)
        var waiting = items.indices.makeIterator()
        func startNext() {
            guard let index = waiting.next() else { return }
            let item = items[index]
            group.addTask {
                do {
                    return (index, .success(try await work(item)))
                } catch {
                    return (index, .failure(error))
                }
            }
        }
        for _ in 0..<min(width, items.count) { startNext() }
        while let (index, result) = await group.next() {
            results[index] = result
            startNext()
        }
        return results.compactMap(\.self)
    }
}
