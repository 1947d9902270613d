import CPostgreSQL

extension PostgresConnection {
    /// Sends what `fill` puts out into `COPY … FROM STDIN`; the answer is the number of rows.
    ///
    /// When `fill` throws, the copy is given up, and with it the transaction.
    func copyIn(_ command: String, _ fill: ((UnsafeRawBufferPointer) throws -> Void) throws -> Void) throws -> Int {
        let start = unsafe PostgresResult(PQexec(handle, command))
        guard start.status == PGRES_COPY_IN else {
            throw unsafe PostgresFailure.error(handle, start.handle, sql: command)
        }
        do {
            try unsafe fill { chunk in
                let bytes = unsafe chunk.assumingMemoryBound(to: CChar.self).baseAddress
                guard unsafe PQputCopyData(handle, bytes, Int32(chunk.count)) == 1 else {
                    throw unsafe PostgresFailure.lost(handle, sql: command)
                }
            }
        } catch {
            unsafe PQputCopyEnd(handle, "given up by the client")
            _ = try? endCopy(command)
            throw error
        }
        guard unsafe PQputCopyEnd(handle, nil) == 1 else { throw unsafe PostgresFailure.lost(handle, sql: command) }
        return try endCopy(command)
    }

    /// Hands over what `COPY … TO STDOUT` answers, in pieces of about 64 KiB that end with a whole row.
    func copyOut(_ command: String, _ each: ([UInt8]) throws -> Void) throws {
        let start = unsafe PostgresResult(PQexec(handle, command))
        guard start.status == PGRES_COPY_OUT else {
            throw unsafe PostgresFailure.error(handle, start.handle, sql: command)
        }
        var chunk: [UInt8] = []
        var failure: (any Error)?
        while true {
            var row: UnsafeMutablePointer<CChar>?
            let size = unsafe PQgetCopyData(handle, &row, 0)
            guard size > 0 else { break }
            defer { unsafe PQfreemem(row) }
            // After a failure the rest is still taken, or the connection cannot be used again.
            guard failure == nil else { continue }
            unsafe chunk.append(contentsOf: UnsafeRawBufferPointer(start: row, count: Int(size)))
            do {
                if chunk.count >= 65_536 {
                    try each(chunk)
                    chunk.removeAll(keepingCapacity: true)
                }
            } catch {
                failure = error
            }
        }
        _ = try endCopy(command)
        if let failure { throw failure }
        if !chunk.isEmpty { try each(chunk) }
    }

    /// Takes the answers that follow a copy; the last error counts.
    private func endCopy(_ command: String) throws(DatabaseError) -> Int {
        var rows = 0
        var failure: DatabaseError?
        while let raw = unsafe PQgetResult(handle) {
            let result = unsafe PostgresResult(raw)
            if result.status == PGRES_COMMAND_OK {
                rows = result.changedRows
            } else {
                failure = unsafe PostgresFailure.error(handle, raw, sql: command)
            }
        }
        if let failure { throw failure }
        guard isUsable else { throw unsafe PostgresFailure.lost(handle, sql: command) }
        return rows
    }
}
