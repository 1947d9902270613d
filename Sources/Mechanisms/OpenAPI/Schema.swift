/// The form of a JSON value: as much of JSON Schema 2020-12 as OpenAPI 3.1 documents need.
///
/// Objects name all their members; one that is not always there says so with `sometimes`, one that may be `null` with
/// `orNull`. A `named` schema stands once among the document's components and is referred to elsewhere.
public struct Schema: Sendable, ExpressibleByDictionaryLiteral {
    /// What a value may be, null aside.
    public indirect enum Kind: Sendable {
        case any
        case null
        case boolean
        case number
        /// With its bounds, both allowed.
        case integer(least: Int64?, most: Int64?)
        /// With a format of JSON Schema such as `date-time`, or bounds of its length; where there are choices, one of them.
        case text(format: String?, choices: [String], least: Int, most: Int?)
        /// With the fewest elements there are.
        case array(Schema, least: Int)
        /// An object whose member names are not known beforehand.
        case map(Schema)
        case object([Member])
        case either([Schema])
        case named(String, Schema)
    }

    /// A member of an object.
    public struct Member: Sendable {
        public let name: String
        public let schema: Schema

        public init(_ name: String, _ schema: Schema) {
            self.name = name
            self.schema = schema
        }
    }

    public var kind: Kind
    /// Whether `null` is allowed beside `kind`.
    public var isNullable = false
    /// Whether the member of an object with this schema may be absent.
    public var isOptional = false
    /// A sentence for readers.
    public var text: String?
    /// What holds where nothing is sent, as JSON.
    public var fallback: String?

    /// A value of a kind.
    public init(_ kind: Kind) { self.kind = kind }

    /// An object with these members, in this order.
    public init(dictionaryLiteral members: (String, Schema)...) {
        self.init(.object(members.map { Member($0.0, $0.1) }))
    }
}

extension Schema {
    /// Any JSON value.
    public static let any = Schema(.any)
    /// Only `null`.
    public static let null = Schema(.null)
    /// `true` or `false`.
    public static let boolean = Schema(.boolean)
    /// Any number.
    public static let number = Schema(.number)
    /// A whole number of 64 bits.
    public static let integer = Schema(.integer(least: nil, most: nil))
    /// A whole number from 0.
    public static let count = Schema(.integer(least: 0, most: nil))
    /// A number that names a row.
    public static let id = Schema(.integer(least: 1, most: nil))
    /// Any text.
    public static let string = Schema(.text(format: nil, choices: [], least: 0, most: nil))
    /// RFC 3339, UTC with `Z` and milliseconds.
    public static let time = Schema(.text(format: "date-time", choices: [], least: 0, most: nil))

    /// A whole number within bounds, both allowed.
    public static func integer(_ range: ClosedRange<Int64>) -> Schema {
        Schema(.integer(least: range.lowerBound, most: range.upperBound))
    }

    /// One of the words of a type.
    public static func choice<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> Schema
    where Choice.RawValue == String {
        .choice(type.allCases.map(\.rawValue))
    }

    /// One of these words.
    public static func choice(_ words: [String]) -> Schema {
        Schema(.text(format: nil, choices: words, least: 0, most: nil))
    }

    /// An object with these members, in this order.
    public static func object(_ members: KeyValuePairs<String, Schema>) -> Schema {
        Schema(.object(members.map { Member($0.key, $0.value) }))
    }

    /// An object with a member for each of these words, all of one form.
    public static func object(of words: [String], _ schema: Schema) -> Schema {
        Schema(.object(words.map { Member($0, schema) }))
    }

    /// A text of so many characters.
    public static func string(_ length: ClosedRange<Int>) -> Schema {
        Schema(.text(format: nil, choices: [], least: length.lowerBound, most: length.upperBound))
    }

    /// A text of at least so many characters.
    public static func string(_ length: PartialRangeFrom<Int>) -> Schema {
        Schema(.text(format: nil, choices: [], least: length.lowerBound, most: nil))
    }

    /// A list.
    public static func array(_ element: Schema, least: Int = 0) -> Schema { Schema(.array(element, least: least)) }

    /// An object whose member names are not known beforehand.
    public static func map(_ value: Schema) -> Schema { Schema(.map(value)) }

    /// One of several forms.
    public static func either(_ forms: Schema...) -> Schema { Schema(.either(forms)) }

    /// A schema that the document holds once, under this name.
    public static func named(_ name: String, _ schema: Schema) -> Schema { Schema(.named(name, schema)) }

    /// Also `null`: unknown, or none.
    public var orNull: Schema { changed { $0.isNullable = true } }

    /// As a member that may be absent.
    public var sometimes: Schema { changed { $0.isOptional = true } }

    /// With a sentence for readers.
    public func note(_ text: String) -> Schema { changed { $0.text = text } }

    /// With what holds where nothing is sent, as JSON.
    public func otherwise(_ json: String) -> Schema { changed { $0.fallback = json } }

    /// An object with the members of another behind its own, under its own name if it has one.
    ///
    /// - Returns: the object; this schema itself where one of the two is none.
    public func adding(_ more: Schema) -> Schema {
        guard case .object(let own) = members.kind, case .object(let others) = more.members.kind else { return self }
        return Schema(.object(own + others))
    }

    /// The schema without its name.
    public var members: Schema {
        if case .named(_, let schema) = kind { return schema }
        return self
    }

    private func changed(_ change: (inout Schema) -> Void) -> Schema {
        var schema = self
        change(&schema)
        return schema
    }
}
