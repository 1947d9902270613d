import Jobs
import Media

extension Holdings {
    /// Takes one *arr entry and attaches it to the medium it belongs to.
    ///
    /// With `keepsRecord` several instances compete, so that paths may have to be compared.
    func receive(_ entry: borrowing CatalogueEntry, of catalogue: UInt8, keepsRecord: Bool) throws {
        guard let id = UInt32(exactly: entry.id) else { return }
        let number = UInt32(entries.count)
        // An entry without a number of its kind belongs to no medium, but it is there.
        let medium = entry.nativeKey.flatMap { keys[$0.code] }
        append(HeldEntry(entry, id: id, instance: catalogue, medium: medium))
        guard let medium else {
            if let native = entry.nativeKey { looseEntries[native.code] = number }
            return
        }
        let index = Int(medium)
        if keepsRecord || items[Int(media[index].main)].isIncomplete {
            entryRecords[number] = try spool.append(entry.record.bytes)
        }
        if media[index].entry == HeldItem.none {
            media[index].entry = number
        } else {
            let others = entries(of: index)
            if others.contains(where: { entries[Int($0)].instance == catalogue }) { media[index].isListedTwice = true }
            furtherEntries[medium, default: []].append(number)
        }
    }

    private func append(_ entry: HeldEntry) {
        let catalogue = Int(entry.instance)
        let earlier = catalogues[catalogue].entries
        if catalogues[catalogue].isInOrder, let last = entries[earlier].last, last.id >= entry.id {
            catalogues[catalogue].isInOrder = false
            for number in earlier {
                unorderedIDs.insert(Self.entryKey(entry.instance, entries[number].id), UInt32(number))
            }
        }
        if !catalogues[catalogue].isInOrder {
            unorderedIDs.insert(Self.entryKey(entry.instance, entry.id), UInt32(entries.count))
        }
        entries.append(entry)
        catalogues[catalogue].entries = earlier.lowerBound..<entries.count
    }

    /// The number of an entry by its id in its *arr; of several, the first.
    ///
    /// Both programs list in order of id, which spares a table of all ids.
    func entryNumber(_ catalogue: UInt8, _ id: UInt32) -> UInt32? {
        guard catalogues[Int(catalogue)].isInOrder else { return unorderedIDs[Self.entryKey(catalogue, id)] }
        let all = catalogues[Int(catalogue)].entries
        var (low, high) = (all.lowerBound, all.upperBound)
        while low < high {
            let middle = (low + high) / 2
            if entries[middle].id < id { low = middle + 1 } else { high = middle }
        }
        return low < all.upperBound && entries[low].id == id ? UInt32(low) : nil
    }

    /// Loads an entry's record, where it was kept.
    func loadEntry(_ number: UInt32, _ type: MediaType) throws -> CatalogueEntry? {
        guard let position = entryRecords[number] else { return nil }
        var entry = CatalogueEntry(type)
        let isSound = try unsafe spool.withRecord(at: position) { unsafe entry.record.load($0) }
        return isSound ? entry : nil
    }
}
