import Media

/// The sentences of a timeline, in English (tracking.md §7): never "0 B", a hash, or a whole path.
enum TimelineText {
    static func english(_ event: String, _ values: [String: String]) -> String {
        let size = values["size"].flatMap { Int64($0) }.flatMap(bytes)
        let units = values["units"].map { [UnitNumber](packed: $0) } ?? []
        let reason = values["reason"].map { ": \($0)" } ?? ""
        switch event {
        case "synced_from_library": return "Synced from library"
        case "found_in_library": return "Found in the library"
        case "earlier_tracker": return values["text"] ?? "Noted by the earlier tracker"
        case "metadata_filled": return "Missing metadata filled by a library sync"
        case "requested": return "Requested"
        case "approved": return "Approved"
        case "declined": return "Declined"
        case "submit_failed": return "Seerr could not hand the request over\(reason)"
        case "grabbed": return grabbed(values, units, size)
        case "downloading": return size.map { "Downloading, \($0)" } ?? "Downloading"
        case "downloaded": return size.map { "Downloaded \($0)" } ?? "Downloaded"
        case "download_gone": return "The download was removed"
        case "download_failed": return "The download failed\(reason)"
        case "ignored": return "The download is ignored"
        case "import_blocked": return "The import waits for a decision\(reason)"
        case "imported": return imported(values, units)
        case "file_removed": return "The file was removed"
        case "path_changed": return "The file was renamed"
        case "file_matched": return "Matched by Shoko"
        case "file_unmatched": return "Shoko found no match"
        case "anime_matching": return "Waiting for Shoko to match the file"
        case "syncing_library": return "Waiting for Jellyfin to show it"
        case "available": return "Playable in Jellyfin"
        case "available_uncertain": return "Playable in Jellyfin, by title and year only"
        case "retry_accepted":
            return "\(values["name"] ?? "Somebody") asked to try again\(values["action"].map { ": \($0)" } ?? "")"
        case "override": return "\(values["name"] ?? "Somebody") decided by hand\(reason)"
        case "override_cleared": return "\(values["name"] ?? "Somebody") took the decision back\(reason)"
        case "attention": return values["reason"] ?? "Needs attention"
        default: return event
        }
    }

    private static func grabbed(_ values: [String: String], _ units: [UnitNumber], _ size: String?) -> String {
        if units.count > 1 { return "Grabbed \(range(units)), \(units.count) episodes" }
        var text = "Grabbed"
        if let unit = units.first { text += " \(name(unit))" }
        if let quality = values["quality"] { text += units.isEmpty ? " \(quality)" : ", \(quality)" }
        if let indexer = values["indexer"] { text += " from \(indexer)" }
        if let size { text += ", \(size)" }
        return text
    }

    private static func imported(_ values: [String: String], _ units: [UnitNumber]) -> String {
        let verb = values["upgrade"] == "1" ? "Upgraded to" : "Imported"
        if let file = values["file"] { return "\(verb) \(file)" }
        if units.count > 1 { return "\(verb) \(range(units)), \(units.count) episodes" }
        return units.first.map { "\(verb) \(name($0))" } ?? (values["files"].map { "\(verb) \($0) files" } ?? verb)
    }

    /// `S01E01–E13`, or the seasons' first and last where there are several.
    private static func range(_ units: [UnitNumber]) -> String {
        let sorted = units.sorted()
        guard let first = sorted.first, let last = sorted.last else { return "" }
        if first.season == last.season { return "\(name(first))–E\(two(last.episode))" }
        return "\(name(first))–\(name(last))"
    }

    private static func name(_ unit: UnitNumber) -> String { "S\(two(unit.season))E\(two(unit.episode))" }
    private static func two(_ number: Int) -> String { number < 10 ? "0\(number)" : String(number) }

    /// `1.1 GiB`; nil for nothing.
    private static func bytes(_ count: Int64) -> String? {
        guard count > 0 else { return nil }
        var value = Double(count)
        var unit = 0
        let names = ["B", "KiB", "MiB", "GiB", "TiB"]
        while value >= 1_024 && unit < names.count - 1 {
            value /= 1_024
            unit += 1
        }
        let tenths = Int64((value * 10).rounded())
        return unit == 0 ? "\(count) B" : "\(tenths / 10).\(tenths % 10) \(names[unit])"
    }
}
