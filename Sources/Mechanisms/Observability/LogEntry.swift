/// What one line says, before redaction and escaping.
struct LogEntry {
    let level: LogLevel
    let event: String
    let component: String
    let message: String
    let fields: LogFields

    /// Names the line itself uses, which a field must not repeat.
    private static let reserved: Set<String> = ["ts", "level", "event", "msg", "component"]

    /// Renders the line with its line feed.
    func line(at millis: Int64, _ format: LogSink.Format, _ redactor: Redactor) -> [UInt8] {
        var line = LineBuffer()
        switch format {
        case .json: renderJSON(into: &line, millis, redactor)
        case .text: renderText(into: &line, millis, redactor)
        }
        line.raw("\n")
        return line.bytes
    }

    private func renderJSON(into line: inout LineBuffer, _ millis: Int64, _ redactor: Redactor) {
        line.raw("{\"ts\":\"")
        line.timestamp(millis)
        line.raw("\",\"level\":\"\(level.name)\"")
        pair("event", event, &line, redactor)
        pair("msg", message, &line, redactor)
        pair("component", component, &line, redactor)
        for field in fields.entries {
            line.raw(",")
            line.quoted(redactor.scrubbed(name(of: field)))
            line.raw(":")
            line.value(redactor.shown(field), redactor)
        }
        line.raw("}")
    }

    private func pair(_ name: StaticString, _ text: String, _ line: inout LineBuffer, _ redactor: Redactor) {
        line.raw(",\"\(name)\":")
        line.quoted(redactor.scrubbed(text))
    }

    private func renderText(into line: inout LineBuffer, _ millis: Int64, _ redactor: Redactor) {
        line.timestamp(millis)
        line.raw(" \(level.name.uppercased())".padded(to: 7))
        line.escaped(redactor.scrubbed("\(component) \(event): \(message)"))
        for field in fields.entries {
            line.raw(" ")
            line.escaped(redactor.scrubbed(name(of: field)))
            line.raw("=")
            line.value(redactor.shown(field), redactor)
        }
    }

    private func name(of field: LogFields.Entry) -> String {
        Self.reserved.contains(field.name) ? field.name + "_" : field.name
    }
}

extension String {
    fileprivate func padded(to width: Int) -> String {
        self + String(repeating: " ", count: max(0, width - utf8.count))
    }
}
