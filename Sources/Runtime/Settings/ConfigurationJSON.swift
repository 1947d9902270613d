/// A JSON document as the configuration file needs it: members in order, numbers as they were written.
indirect enum ConfigurationJSON: Hashable {
    case text(String)
    case number(String)
    case boolean(Bool)
    case null
    case array([ConfigurationJSON])
    case object([Member])

    struct Member: Hashable {
        let name: String
        let value: ConfigurationJSON
    }

    /// Where the text stops being JSON, counted from 1, in words that repeat nothing of it.
    struct Malformed: Error, Hashable {
        let line: Int
        let column: Int
        let what: String
    }

    /// Reads one document of at most 16 levels; a member named twice is an error, not a silent loss.
    init(_ bytes: [UInt8]) throws(Malformed) {
        var reader = ConfigurationJSONReader(bytes)
        self = try reader.document()
    }
}
