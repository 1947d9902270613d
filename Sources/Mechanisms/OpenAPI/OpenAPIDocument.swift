import JSONStream

/// An OpenAPI 3.1 document: operations by path, with what they share.
public struct OpenAPIDocument: Sendable {
    /// An operation at its place.
    public struct Endpoint: Sendable {
        /// In capitals.
        public var method: String
        /// With parameters as `{name}`.
        public var path: String
        public var operation: Operation

        public init(_ method: String, _ path: String, _ operation: Operation) {
            self.method = method
            self.path = path
            self.operation = operation
        }
    }

    /// A way to authenticate.
    public enum SecurityScheme: Sendable {
        case bearer(String)
        case header(String, String)
        case query(String, String)
        case cookie(String, String)
    }

    public var title: String
    public var version: String
    public var text: String
    /// The path all others are below; empty for the root.
    public var basePath: String
    /// The chapters with a sentence each, in their order.
    public var tags: [(name: String, text: String)] = []
    public var security: [(name: String, scheme: SecurityScheme)] = []
    /// In the order shown; those of one path are gathered.
    public var endpoints: [Endpoint]
    /// Named schemas that no operation refers to, such as the data of events.
    public var furtherSchemas: [Schema] = []

    public init(title: String, version: String, text: String, basePath: String, endpoints: [Endpoint]) {
        self.title = title
        self.version = version
        self.text = text
        self.basePath = basePath
        self.endpoints = endpoints
    }

    /// The document as JSON; the same for the same table.
    public var jsonBytes: [UInt8] {
        var json = JSONWriter()
        json.object { json in
            json.field("openapi", "3.1.0")
            json.object("info") { json in
                json.field("title", title)
                json.field("version", version)
                json.field("description", text)
            }
            json.array("servers") { json in
                json.object { $0.field("url", basePath.isEmpty ? "/" : basePath) }
            }
            json.array("tags") { json in
                for tag in tags {
                    json.object { json in
                        json.field("name", tag.name)
                        json.field("description", tag.text)
                    }
                }
            }
            json.object("paths") { writePaths(to: &$0) }
            json.object("components") { writeComponents(to: &$0) }
        }
        return json.bytes
    }

    private func writePaths(to json: inout JSONWriter) {
        var written: Set<String> = []
        for endpoint in endpoints where written.insert(endpoint.path).inserted {
            json.key(string: endpoint.path)
            json.object { json in
                for other in endpoints where other.path == endpoint.path {
                    json.key(string: other.method.lowercased())
                    other.operation.write(to: &json)
                }
            }
        }
    }

    private func writeComponents(to json: inout JSONWriter) {
        let answers = endpoints.flatMap(\.operation.answers)
        var shared: [String: Answer] = [:]
        for answer in answers { if let name = answer.component { shared[name] = answer } }
        var schemas: [String: Schema] = [:]
        for schema in furtherSchemas { schema.collect(into: &schemas) }
        for endpoint in endpoints { endpoint.operation.body?.schema.collect(into: &schemas) }
        for answer in answers {
            answer.content?.schema.collect(into: &schemas)
            for other in answer.otherContents { other.schema.collect(into: &schemas) }
        }
        json.object("schemas") { json in
            for (name, schema) in schemas.sorted(by: { $0.key < $1.key }) {
                json.key(string: name)
                schema.write(to: &json)
            }
        }
        json.object("responses") { json in
            for (name, answer) in shared.sorted(by: { $0.key < $1.key }) {
                json.key(string: name)
                answer.writeWhole(to: &json)
            }
        }
        json.object("securitySchemes") { json in
            for (name, scheme) in security {
                json.key(string: name)
                scheme.write(to: &json)
            }
        }
    }
}
