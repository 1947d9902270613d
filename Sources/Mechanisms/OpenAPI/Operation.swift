/// What one method of one path does, takes and answers.
public struct Operation: Sendable {
    /// A name for generated clients, such as `listRequests`; unique in the document.
    public var id: String
    /// The chapter it belongs to.
    public var tag: String
    /// One sentence.
    public var summary: String
    /// What the sentence cannot hold.
    public var detail: String?
    public var parameters: [Parameter]
    /// What the body holds, as JSON; nil for none.
    public var body: Body?
    public var answers: [Answer]
    /// Ways to authenticate, one of which is enough; an empty one is "nothing at all".
    public var security: [[Requirement]] = []

    public init(
        id: String, tag: String, summary: String, detail: String? = nil, parameters: [Parameter] = [],
        body: Body? = nil, answers: [Answer]
    ) {
        self.id = id
        self.tag = tag
        self.summary = summary
        self.detail = detail
        self.parameters = parameters
        self.body = body
        self.answers = answers
    }

    /// One way to authenticate, with the roles or scopes that are enough there.
    public struct Requirement: Sendable {
        public var scheme: String
        public var roles: [String]

        public init(_ scheme: String, _ roles: [String] = []) {
            self.scheme = scheme
            self.roles = roles
        }
    }

    /// A JSON body.
    public struct Body: Sendable {
        public var schema: Schema
        public var isRequired: Bool

        public init(_ schema: Schema, isRequired: Bool = true) {
            self.schema = schema
            self.isRequired = isRequired
        }
    }
}

/// A value in the path, the query or the header.
public struct Parameter: Sendable {
    /// Where it stands.
    public enum Place: String, Sendable { case path, query, header }

    public var name: String
    public var place: Place
    public var schema: Schema
    public var text: String?
    public var isRequired: Bool

    public init(_ name: String, in place: Place, _ schema: Schema, _ text: String? = nil, isRequired: Bool = false) {
        self.name = name
        self.place = place
        self.schema = schema
        self.text = text
        self.isRequired = isRequired || place == .path
    }
}

/// One status an operation answers with.
public struct Answer: Sendable {
    public var status: Int
    public var text: String
    /// The media type and the form of its content; nil for an empty body.
    public var content: (type: String, schema: Schema)?
    /// What else it may be, where the caller chooses among media types.
    public var otherContents: [(type: String, schema: Schema)] = []
    /// Header fields worth knowing.
    public var headers: [(name: String, text: String)]
    /// The name under which the document holds this answer once; nil for one written in place.
    public var component: String?

    public init(
        _ status: Int, _ text: String, _ type: String? = nil, _ schema: Schema = .string,
        headers: [(name: String, text: String)] = [], component: String? = nil
    ) {
        self.status = status
        self.text = text
        content = type.map { ($0, schema) }
        self.headers = headers
        self.component = component
    }

    /// The same answer, which may also be of another media type.
    public func or(_ type: String, _ schema: Schema) -> Answer {
        var answer = self
        answer.otherContents.append((type, schema))
        return answer
    }
}
