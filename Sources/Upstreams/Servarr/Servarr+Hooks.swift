public import HTTPClient
import JSONStream

extension Servarr {
    /// Looks where our webhook is, or would go, among the connections; changes nothing.
    ///
    /// - Parameter url: our hook's address of this instance, as the *arr reaches it.
    /// - Returns: whose it is, and what saving ours starts from.
    /// - Throws: `UpstreamError`.
    public func hookSlot(for url: String) async throws(UpstreamError) -> ServarrHookSlot {
        let list = try await answer(to: request("notification", timeout: .seconds(10)))
        let call = request("notification", "schema", timeout: .seconds(10))
        let forms = try await answer(to: call)
        guard list.kind == .array, let blank = forms.elements.first(where: { $0["implementation"].text == "Webhook" })
        else {
            throw call.failure(.undecodable(field: "implementation"), cause: "\(kind.rawValue) offers no webhooks")
        }
        return ServarrHookSlot(list.elements, blank: blank, url: url)
    }

    /// Saves our webhook: made where the slot is free, changed where it is ours.
    ///
    /// The *arr sends its Test event while this call runs, and saves only when that was answered.
    /// - Throws: `UpstreamError`; `.status(400)` with the *arr's words when its Test did not arrive. Nothing is saved
    ///   then, unless no answer came at all.
    public func saveHook(_ slot: ServarrHookSlot, url: String, secret: String) async throws(UpstreamError) {
        let id = slot.standing == .ours ? slot.form["id"].id : nil
        var call =
            if let id {
                request("notification", String(id), method: "PUT", timeout: .seconds(60))
            } else {
                request("notification", method: "POST", timeout: .seconds(60))
            }
        guard slot.standing != .taken, slot.standing == .free || id != nil else {
            throw call.failure(.invalid("the connection"), cause: "it is not ours")
        }
        call.headers.append(("Content-Type", "application/json"))
        call.body = slot.body(url: url, secret: secret)
        // A second one, sent because the first was slow, would double the connection.
        call.isRetried = false
        _ = try await answer(to: call)
    }

    /// Has the *arr send its Test event to our saved webhook once more.
    ///
    /// - Throws: `UpstreamError`; `.status(400)` when it was not delivered.
    public func testHook(url: String, secret: String) async throws(UpstreamError) {
        let slot = try await hookSlot(for: url)
        var call = request("notification", "test", method: "POST", timeout: .seconds(60))
        call.headers.append(("Content-Type", "application/json"))
        call.body = slot.body(url: url, secret: secret)
        call.isRetried = false
        _ = try await answer(to: call)
    }
}

extension ServarrHookSlot {
    /// The form filled in: our address, the secret, our events; what else somebody set stays.
    func body(url: String, secret: String) -> [UInt8] {
        var json = JSONWriter()
        json.object { json in
            for (key, value) in form.members {
                json.key(string: key)
                switch key {
                case "name": json.value(form["name"].filledText ?? Self.name)
                case "fields":
                    json.array { json in
                        for setting in value.elements { write(setting, url: url, secret: secret, to: &json) }
                    }
                default: if events.contains(key) { json.value(true) } else { json.value(value) }
                }
            }
            if form["name"].kind == .absent { json.field("name", Self.name) }
        }
        return json.bytes
    }

    private func write(_ setting: JSONNode, url: String, secret: String, to json: inout JSONWriter) {
        json.object { json in
            for (key, value) in setting.members where key != "value" {
                json.key(string: key)
                json.value(value)
            }
            json.key("value")
            let value = setting["value"]
            switch setting["name"].text {
            case "url": json.value(url)
            case "method": json.value(1)
            case "headers": write(headers: value, secret: secret, to: &json)
            // An entry from before the *arr could set headers gives its password up.
            case "username" where takesHeaders && value.text == Self.user: json.value("")
            case "password" where takesHeaders && field(named: "username")?["value"].text == Self.user: json.value("")
            case "username" where !takesHeaders: json.value(Self.user)
            case "password" where !takesHeaders: json.value(secret)
            default: json.value(value)
            }
        }
    }

    /// Ours once, others as they are.
    private func write(headers: JSONNode, secret: String, to json: inout JSONWriter) {
        json.array { json in
            for header in headers.elements
            where (header["key"].text ?? header["Key"].text)?.lowercased() != Self.header.lowercased() {
                json.value(header)
            }
            json.object { json in
                json.field("key", Self.header)
                json.field("value", secret)
            }
        }
    }

    private func field(named name: String) -> JSONNode? {
        form["fields"].elements.first { $0["name"].text == name }
    }
}
