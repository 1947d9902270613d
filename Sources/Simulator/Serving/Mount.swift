/// What one listening port answers for.
enum Mount: Sendable {
    /// Every service under its path, and the control API under `/simulator`.
    case everything
    /// The control API alone.
    case control
    /// One service at the root, or under its path with a redirect from everywhere else.
    case service(any SimulatedService, hasURLBase: Bool)
}

extension Simulator {
    /// Answers a call as a port with this mount does.
    func answer(_ call: Call, at mount: Mount) async -> Delivery {
        switch mount {
        case .everything: return await route(call)
        case .control:
            guard call.segments.first == "simulator" else { return Delivery(Answer(404)) }
            return await route(call)
        case .service(let service, let hasURLBase):
            guard hasURLBase else { return await deliver(call, to: service) }
            let base = service.name.split(separator: "/").map(String.init)
            guard call.segments.starts(with: base) else { return Delivery(Self.redirect(call, to: service.name)) }
            var inner = call
            inner.segments.removeFirst(base.count)
            inner.basePath = "/" + service.name
            return await deliver(inner, to: service)
        }
    }

    /// What an *arr with a URL base answers to calls without it.
    private static func redirect(_ call: Call, to base: String) -> Answer {
        var answer = Answer(307)
        let query = call.query.map { "\($0.name)=\($0.value)" }.joined(separator: "&")
        answer.headers.append(("Location", "/\(base)\(call.path)" + (query.isEmpty ? "" : "?\(query)")))
        return answer
    }
}
