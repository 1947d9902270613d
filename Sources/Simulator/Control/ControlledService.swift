/// A service with switches of its own: `POST /simulator/services/{name}`.
protocol ControlledService: SimulatedService {
    /// Does what a body asks for, and says how things stand then.
    ///
    /// - Throws: `OptionError` that names the member it did not understand.
    func control(_ body: JSON) throws(OptionError) -> JSON
    /// How things stand.
    var state: JSON { get }
    /// Everything as at the start.
    func reset()
}

extension ControlService {
    /// `GET` and `POST /simulator/services/{name}`.
    func service(_ call: Call) -> Answer {
        let name = call.segments.dropFirst().joined(separator: "/")
        guard let service = controlled.first(where: { $0.name == name }) else {
            return .json(["error": "no such service, or one without switches"], status: 404)
        }
        guard call.method == "POST" else { return .json(service.state) }
        guard let body = JSON(parsing: call.body) else {
            return .json(["error": "the body is not JSON"], status: 400)
        }
        do {
            return .json(try service.control(body))
        } catch {
            return .json(["error": .string(error.description)], status: 400)
        }
    }
}
