/// `/notification`: where an *arr sends its news.
///
/// Creating one sends the Test event first.
struct ArrNotifications {
    let life: ArrLife

    func answer(_ route: [String], _ call: Call) -> Answer {
        switch (call.method, route.count) {
        case ("GET", 1):
            return life.engine.with { state in .json(.array(own(state).map { shown($0) })) }
        case ("GET", 2) where route[1] == "schema": return .json([shown(nil)])
        case ("POST", 1): return save(nil, call)
        case ("POST", 2) where route[1] == "test": return test(call)
        case ("GET", 2), ("PUT", 2), ("DELETE", 2): return one(route[1], call)
        default: return .arrNotFound
        }
    }

    private func own(_ state: FlowState) -> [ArrNotification] {
        state.notifications.filter { $0.service == life.service }
    }

    private func one(_ id: String, _ call: Call) -> Answer {
        let known = life.engine.with { state in own(state).first { String($0.id) == id } }
        guard let known else { return .arrNotFound }
        switch call.method {
        case "GET": return .json(shown(known))
        case "PUT": return save(known.id, call)
        default:
            life.engine.with { state in
                state.notifications.removeAll { $0.id == known.id && $0.service == life.service }
            }
            return .json([:])
        }
    }

    private func parsed(_ call: Call, id: Int) -> (notification: ArrNotification?, problem: Answer?) {
        guard let body = JSON(parsing: call.body) else { return (nil, .arrInvalid("", "The body is not JSON.")) }
        guard let name = body["name"]?.text, !name.isEmpty else {
            return (nil, .arrInvalid("Name", "'Name' must not be empty."))
        }
        let notification = ArrNotification(id: id, service: life.service, json: body.with("id", number: id))
        guard body["implementation"]?.text == "Webhook", notification.field("url")?.text?.hasPrefix("http") ?? false
        else {
            return (nil, .arrInvalid("Url", "'Url' must be valid."))
        }
        return (notification, nil)
    }

    private func save(_ id: Int?, _ call: Call) -> Answer {
        let id = id ?? life.engine.with { state in (own(state).map(\.id).max() ?? 0) + 1 }
        let (notification, problem) = parsed(call, id: id)
        guard let notification else { return problem ?? .arrNotFound }
        let (engine, service) = (life.engine, life.service)
        var answer = Answer.json(shown(notification), status: call.method == "PUT" ? 202 : 201)
        answer.test = hookTest(notification) {
            engine.with { state in
                state.notifications.removeAll { $0.id == id && $0.service == service }
                state.notifications.append(notification)
            }
        }
        return answer
    }

    private func test(_ call: Call) -> Answer {
        let (notification, problem) = parsed(call, id: 0)
        guard let notification else { return problem ?? .arrNotFound }
        var answer = Answer.json([:])
        answer.test = hookTest(notification) {}
        return answer
    }

    private func hookTest(
        _ notification: ArrNotification, _ commit: @escaping @Sendable () -> Void
    ) -> HookTest? {
        let body = life.isRadarr ? ArrHookBody.radarrTest : ArrHookBody.sonarrTest
        let named = body.with("instanceName", text: ArrHookBody.instanceName(life.service))
        guard let hook = notification.hook("Test", named, at: life.engine.now) else { return nil }
        return HookTest(
            hook: hook, failure: { .arrInvalid("Url", "Unable to post to webhook, check the log for details.") },
            commit: commit)
    }

    private func shown(_ notification: ArrNotification?) -> JSON {
        let toggles =
            life.isRadarr
            ? ["onMovieAdded", "onMovieDelete", "onMovieFileDelete", "onMovieFileDeleteForUpgrade"]
            : [
                "onSeriesAdd", "onSeriesDelete", "onEpisodeFileDelete", "onEpisodeFileDeleteForUpgrade",
                "onImportComplete",
            ]
        let all =
            [
                "onGrab", "onDownload", "onUpgrade", "onRename", "onHealthIssue", "onHealthRestored",
                "onApplicationUpdate", "onManualInteractionRequired",
            ] + toggles
        var json: JSON = [
            "implementationName": "Webhook", "implementation": "Webhook", "configContract": "WebhookSettings",
        ]
        json = json.with("infoLink", text: "https://wiki.servarr.com").with("tags", []).with(
            "includeHealthWarnings", false)
        for name in all {
            let first = name.prefix(1).uppercased()
            json = json.with(name, false).with("supports\(first)\(name.dropFirst())", true)
        }
        let fields = ["url", "method", "username", "password", "headers"].enumerated().map { order, name -> JSON in
            let value: JSON = name == "headers" ? [] : name == "method" ? 1 : ""
            return [
                "order": .integer(order), "name": .string(name), "label": .string(name),
                "value": notification?.field(name) ?? value, "type": "textbox", "advanced": false,
            ]
        }
        guard let notification else { return json.with("fields", .array(fields)) }
        return json.merging(notification.json).with("fields", .array(fields))
    }
}
