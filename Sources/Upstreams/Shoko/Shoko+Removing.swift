public import HTTPClient
public import Media

/// How far Shoko came with dropping the records of files it cannot see.
public enum ShokoSweep: Sendable, Hashable {
    case done
    /// It took the call, and was still at it when the time was up: no failure.
    case underWay
}

extension Shoko {
    /// Has Shoko drop the record of **every** file it cannot see, and leave AniDB's list alone.
    ///
    /// Files of a folder that is not mounted are such files: ask `unsoundFolders` first. It answers only when it is done
    /// (upstreams.md §5).
    /// - Parameter timeout: how long to wait for its end.
    /// - Returns: whether it came to its end.
    /// - Throws: `UpstreamError`, but not for the time being up.
    public func removeMissingFiles(timeout: Duration = .seconds(300)) async throws(UpstreamError) -> ShokoSweep {
        let path = ["api", "v3", "Action", "RemoveMissingFiles", "false"]
        for mayRenewKey in [true, false] {
            var call = try await request(path, timeout: timeout)
            call.isRetried = false
            let answer: HTTPResponse
            do throws(UpstreamError) {
                answer = try await transport.send(call)
            } catch {
                if case .timedOut = error.reason { return .underWay }
                throw error
            }
            if answer.status == 401, mayRenewKey, await forgetKey() { continue }
            guard (200...299).contains(answer.status) else { throw call.failure(.init(status: answer.status)) }
            if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
            break
        }
        return .done
    }

    /// Reads one file; nil where a running Shoko that takes the key says that it has none with this id.
    ///
    /// - Throws: `UpstreamError` for everything else: unknown, never "gone".
    public func provenFile(_ id: ShokoFileID) async throws(UpstreamError) -> ShokoFileReading? {
        if let (body, _) = try await read(FileBody.self, ["File", String(id.value)], Self.references) {
            guard let file = body.reading, file.id == id.value else { throw try await mixedUp("File") }
            return file
        }
        _ = try await identify()
        return nil
    }

    /// Reads the ids of one series; nil as `provenFile`.
    ///
    /// - Throws: `UpstreamError` for everything else: unknown, never "gone".
    public func provenSeries(_ id: ShokoSeriesID) async throws(UpstreamError) -> ShokoSeries? {
        if let (body, _) = try await read(SeriesBody.self, ["Series", String(id.value)]) {
            guard let series = body.reading, series.id == id.value else { throw try await mixedUp("Series") }
            return series
        }
        _ = try await identify()
        return nil
    }

    private func mixedUp(_ noun: String) async throws(UpstreamError) -> UpstreamError {
        try await request(["api", "v3", noun]).failure(
            .undecodable(field: "ID"), cause: "another one came than asked for")
    }
}
