import Cryptography
import FoundationEssentials
import Media

extension DeletionItem {
    /// Reads a frozen plan as it was stored.
    init(json: String) throws { self = try JSONDecoder().decode(DeletionItem.self, from: Data(json.utf8)) }

    /// As it is stored.
    func json() throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        return String(decoding: try encoder.encode(self), as: UTF8.self)
    }

    /// What the plan does, without what only describes it: two plans that do the same are the same.
    private var essence: DeletionItem {
        var item = DeletionItem(subject: subject, steps: steps)
        item.subject.posterURL = nil
        item.endsRows = endsRows
        item.isWhole = isWhole
        for place in item.steps.indices {
            item.steps[place].details = nil
            item.steps[place].error = nil
            item.steps[place].name = nil
            if case .title(var work)? = item.steps[place].work {
                work.entry = nil
                item.steps[place].work = .title(work)
            }
        }
        return item
    }

    static func digest(of items: [DeletionItem], _ options: DeletionOptions) throws -> String {
        let encoder = JSONEncoder()
        encoder.outputFormatting = .sortedKeys
        var bytes = [UInt8](try encoder.encode(options))
        for item in items { bytes += Array(try item.essence.json().utf8) }
        return String(SHA256.hex(of: bytes).prefix(32))
    }
}
