import JSONStream

extension Operation {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("operationId", id)
            json.array("tags") { $0.value(tag) }
            json.field("summary", summary)
            if let detail { json.field("description", detail) }
            json.array("security") { json in
                for way in security {
                    json.object { json in
                        for requirement in way { requirement.write(to: &json) }
                    }
                }
            }
            if !parameters.isEmpty {
                json.array("parameters") { json in
                    for parameter in parameters { parameter.write(to: &json) }
                }
            }
            if let body {
                json.object("requestBody") { json in
                    json.field("required", body.isRequired)
                    writeContents([("application/json", body.schema)], to: &json)
                }
            }
            json.object("responses") { json in
                for answer in answers.sorted(by: { $0.status < $1.status }) { answer.write(to: &json) }
            }
        }
    }
}

extension Operation.Requirement {
    func write(to json: inout JSONWriter) {
        json.key(string: scheme)
        json.array { json in
            for role in roles { json.value(role) }
        }
    }
}

extension Parameter {
    func write(to json: inout JSONWriter) {
        json.object { json in
            json.field("name", name)
            json.field("in", place.rawValue)
            json.field("required", isRequired)
            if let text { json.field("description", text) }
            json.key("schema")
            schema.write(to: &json)
        }
    }
}

extension Answer {
    func write(to json: inout JSONWriter) {
        json.key(string: String(status))
        guard let component else { return writeWhole(to: &json) }
        json.object { $0.field("$ref", "#/components/responses/" + component) }
    }

    func writeWhole(to json: inout JSONWriter) {
        json.object { json in
            json.field("description", text)
            if !headers.isEmpty {
                json.object("headers") { json in
                    for header in headers {
                        json.key(string: header.name)
                        json.object { json in
                            json.field("description", header.text)
                            json.object("schema") { $0.field("type", "string") }
                        }
                    }
                }
            }
            if let content { writeContents([content] + otherContents, to: &json) }
        }
    }
}

extension OpenAPIDocument.SecurityScheme {
    func write(to json: inout JSONWriter) {
        json.object { json in
            switch self {
            case .bearer(let text):
                json.field("type", "http")
                json.field("scheme", "bearer")
                json.field("description", text)
            case .header(let name, let text): write("header", name, text, to: &json)
            case .query(let name, let text): write("query", name, text, to: &json)
            case .cookie(let name, let text): write("cookie", name, text, to: &json)
            }
        }
    }

    private func write(_ place: String, _ name: String, _ text: String, to json: inout JSONWriter) {
        json.field("type", "apiKey")
        json.field("in", place)
        json.field("name", name)
        json.field("description", text)
    }
}

/// The `content` of a body or an answer, by media type.
private func writeContents(_ contents: [(type: String, schema: Schema)], to json: inout JSONWriter) {
    json.object("content") { json in
        for (type, schema) in contents {
            json.key(string: type)
            json.object { json in
                json.key("schema")
                schema.write(to: &json)
            }
        }
    }
}
