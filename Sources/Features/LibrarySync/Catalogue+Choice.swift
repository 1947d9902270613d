import Jobs
import Media
import Store

extension LibrarySync {
    /// The *arr entry that stands for a medium: the only one, else by variant, else by mapped path.
    ///
    /// - Returns: nil where there is none, or where nothing tells several apart.
    func entry(for subject: Subject, variant: Variant?) throws -> HeldEntry? {
        let held = subject.held
        if held.furtherEntries(of: subject.medium).isEmpty { return held.firstEntry(of: subject.medium) }
        let numbers = held.entries(of: subject.medium)
        if let variant {
            let ofVariant = numbers.filter {
                held.catalogues[Int(held.entries[Int($0)].instance)].variant == variant
            }
            if ofVariant.count == 1 { return held.entries[Int(ofVariant[0])] }
        }
        guard let path = subject.item.path else { return nil }
        let wanted = services.commonPath(path, "jellyfin", held.instance)
        let byPath = try numbers.filter { number in
            let catalogue = held.catalogues[Int(held.entries[Int(number)].instance)]
            guard let folder = try held.loadEntry(number, subject.type)?.record.text(CatalogueEntry.Slot.path) else {
                return false
            }
            let common = services.commonPath(folder, catalogue.service, catalogue.instance)
            return wanted == common || wanted.hasPrefix(common + "/")
        }
        return byPath.count == 1 ? held.entries[Int(byPath[0])] : nil
    }
}
