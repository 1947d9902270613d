import FoundationEssentials
import HTTPClient
import JSONStream
public import Media

extension Servarr {
    /// Streams the whole catalogue, which neither program can page.
    ///
    /// It is complete when this returns: the JSON array closed properly.
    /// - Parameter each: one film or series; lent and reused.
    /// - Throws: `UpstreamError` for anything less, or what `each` throws.
    public func catalogue(_ each: (borrowing CatalogueEntry) throws -> Void) async throws {
        let listing =
            switch kind {
            case .radarr: request("movie", query: [("excludeLocalCovers", "true")], timeout: .seconds(120))
            case .sonarr: request("series", query: [("includeSeasonImages", "false")], timeout: .seconds(120))
            }
        var reader = CatalogueReader(kind, tagged: try await evidenceFromTags())
        var records = RecordStream(shape: CatalogueReader.shape(of: kind), arrayKey: nil)
        try await transport.records(of: listing, &records) { record in
            if reader.read(record) { try each(reader.entry) }
        }
    }

    /// The titles tagged as anime, or none where the tags cannot be read: they are only evidence.
    func evidenceFromTags() async throws -> Set<Int64> {
        do {
            return try await animeTitles()
        } catch let error as UpstreamError where error.reason != .cancelled {
            return []
        }
    }

    /// The titles that carry a tag named `anime`: evidence for `is_anime` (tracking.md §3.4).
    private func animeTitles() async throws -> Set<Int64> {
        var tags = RecordStream(
            shape: RecordShape([.value("id", slot: 0), .value("label", slot: 1)]), arrayKey: nil)
        var found: [Int64] = []
        try await transport.records(of: request("tag", timeout: .seconds(10)), &tags) { record in
            if let id = record.integer(0), record.text(1)?.lowercased() == "anime" { found.append(id) }
        }
        var titles: Set<Int64> = []
        for tag in found {
            let answer = try await transport.send(request("tag", "detail", String(tag), timeout: .seconds(10)))
            let detail = try? JSONDecoder().decode(TagDetail.self, from: Data(answer.body))
            titles.formUnion((kind == .radarr ? detail?.movieIds : detail?.seriesIds) ?? [])
        }
        return titles
    }
}

private struct TagDetail: Decodable {
    var movieIds: [Int64]?
    var seriesIds: [Int64]?
}
