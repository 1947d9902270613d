import JSONStream

extension JSONNode {
    /// A string that is not blank, or a number as written: templates and versions differ in which they send.
    var word: String? { kind == .bool ? nil : scalar.flatMap { $0.isEmpty ? nil : $0 } }

    /// A whole number above zero: zero means none.
    var positive: Int64? { integer.flatMap { $0 > 0 ? $0 : nil } }
}
