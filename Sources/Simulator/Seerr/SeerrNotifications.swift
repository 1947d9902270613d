/// `/settings/notifications/webhook`: Seerr's one webhook, its template encoded twice on the way in.
struct SeerrNotifications {
    let engine: FlowEngine

    func answer(_ method: String, isTest: Bool, _ call: Call) -> Answer {
        if method == "GET" && !isTest { return .json(json(engine.with { $0.seerrHook }, asBase64: false)) }
        guard method == "POST" else { return .seerrNotFound }
        guard let body = JSON(parsing: call.body), let options = body["options"], let url = options["webhookUrl"]?.text
        else { return .json(["message": "options.webhookUrl is required", "errors": []], status: 400) }
        var hook = SeerrHook(
            isEnabled: body["enabled"]?.isTrue ?? false, types: body["types"]?.whole ?? 0, url: url,
            authorization: options["authHeader"]?.text)
        if let payload = options["jsonPayload"]?.text { hook.template = Self.decoded(payload) }
        if isTest { return test(hook) }
        engine.with { $0.seerrHook = hook }
        return .json(json(hook, asBase64: true))
    }

    // A string literal holds the text; an object in its place is taken, and every send then fails.
    private static func decoded(_ payload: String) -> String {
        JSON(parsing: Array(payload.utf8))?.text ?? "\"not a string literal\""
    }

    private func json(_ hook: SeerrHook, asBase64: Bool) -> JSON {
        let options: JSON = [
            "webhookUrl": .string(hook.url),
            "jsonPayload": .string(asBase64 ? Base64.text(Array(hook.template.utf8)) : hook.template),
            "supportVariables": false,
        ]
        return [
            "enabled": .bool(hook.isEnabled), "embedPoster": true, "types": .integer(hook.types),
            "options": options.with("authHeader", text: hook.authorization),
        ]
    }

    private func test(_ hook: SeerrHook) -> Answer {
        let made = engine.with { state in
            state.seerrHook(
                hook, "TEST_NOTIFICATION", event: "", subject: "Test Notification",
                message: "Check check, 1, 2, 3. Are we coming in clear?", request: nil)
        }
        guard let made else { return .json(["message": "Failed to send webhook notification."], status: 500) }
        var answer = Answer(204)
        answer.test = HookTest(
            hook: made,
            failure: { .json(["message": "Failed to send webhook notification."], status: 500) }, commit: {})
        return answer
    }
}
