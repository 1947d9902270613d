import Dashboard
import Database
import FoundationEssentials
import Media
import Store

/// The two sides of each differing field, as plans and findings keep them.
struct Differences {
    struct Difference {
        var field: String
        var stored: String
        var found: String
    }

    private struct Raw: Decodable {
        var field: String
        var stored: Scalar?
        var found: Scalar?
    }

    private struct Scalar: Decodable {
        var text: String

        init(from decoder: any Decoder) throws {
            let value = try decoder.singleValueContainer()
            if let number = try? value.decode(Int64.self) {
                text = String(number)
            } else {
                text = try value.decode(String.self)
            }
        }
    }

    var all: [Difference] = []

    init(_ json: String?) {
        guard let json, let raw = try? JSONDecoder().decode([Raw].self, from: Data(json.utf8)) else { return }
        all = raw.map { Difference(field: $0.field, stored: $0.stored?.text ?? "", found: $0.found?.text ?? "") }
    }

    /// Those of a finding's detail.
    init(detail: String) {
        struct Detail: Decodable { var conflicts: [Raw] }
        guard let detail = try? JSONDecoder().decode(Detail.self, from: Data(detail.utf8)) else { return }
        all = detail.conflicts.map {
            Difference(field: $0.field, stored: $0.stored?.text ?? "", found: $0.found?.text ?? "")
        }
    }
}

extension API {
    func findingsModel(_ parameters: Parameters) async throws -> FindingsList.Model {
        let after = Int64(parameters.text("findings_after") ?? "") ?? 0
        var (findings, total) = try await store.read { reader in
            (try reader.findings(state: .open, after: after, limit: 21), try reader.findingCount(state: .open))
        }
        let hasMore = findings.count > 20
        if hasMore { findings.removeLast() }
        var model = FindingsList.Model()
        model.findings = findings.map { card($0) }
        model.total = total
        model.after = after > 0 ? String(after) : nil
        model.next = hasMore ? findings.last.map { String($0.id) } : nil
        return model
    }

    private func card(_ finding: StoredFinding) -> Dashboard.Finding {
        let kind = Dashboard.Finding.Kind(rawValue: finding.kind) ?? .other
        var card = Dashboard.Finding(
            id: finding.id, kind: kind, title: finding.title, since: finding.createdAt.milliseconds)
        let differences = Differences(detail: finding.detail).all
        card.candidates = sides(finding, differences)
        card.choices =
            switch kind {
            case .itemReplaced: [.adopt, .ignore, .ignoreAlways]
            case .contradiction, .duplicateID, .foreignID: [.keepApart, .ignore, .ignoreAlways]
            default: [.ignore, .ignoreAlways]
            }
        return card
    }

    /// Marquee's values beside the service's.
    private func sides(
        _ finding: StoredFinding, _ differences: [Differences.Difference]
    ) -> [Dashboard.Finding.Candidate] {
        let media = MediaLabel.Kind(rawValue: finding.mediaType.rawValue) ?? .movie
        var ours = Dashboard.Finding.Candidate(
            choice: nil, source: "marquee", title: finding.title, year: finding.year, kind: media)
        ours.requestID = finding.request
        ours.facts = differences.map { ($0.field, $0.stored) }
        ours.differing = Set(differences.map(\.field))
        guard differences.contains(where: { !$0.found.isEmpty }) else { return finding.request == nil ? [] : [ours] }
        var theirs = Dashboard.Finding.Candidate(
            choice: finding.kind == "conflict" ? "use_found" : nil, source: "jellyfin", title: finding.title,
            year: finding.year, kind: media)
        theirs.facts = differences.map { ($0.field, $0.found) }
        theirs.differing = ours.differing
        return [ours, theirs]
    }
}
