/// What happens to a request between its last byte and the first byte of its answer: pure Swift, no C.
struct Pipeline: Sendable {
    private let site: Site
    private let compressFrom: Int

    init(_ site: Site, compressFrom: Int) {
        self.site = site
        self.compressFrom = compressFrom
    }

    /// The route of a path, by its decoded segments.
    func match(_ method: String, _ segments: [String]) -> Router.Match { site.router.match(method, segments) }

    func failure(_ status: Int, _ detail: String, _ request: Request) -> Response {
        site.failure(status, detail, request)
    }

    func onError(_ error: any Error, _ request: Request) -> Response { site.onError(error, request) }

    func onFinish(_ finished: Finished) { site.onFinish(finished) }

    /// Authorises, waits for the body, and calls the handler.
    ///
    /// Authorisation comes first, also before 404 and 405: strangers learn nothing about paths (spec/security.md §4).
    ///
    /// - Parameters:
    ///   - request: without its body.
    ///   - match: the route found for it.
    ///   - body: suspends until the body is complete.
    /// - Returns: the answer as it goes out.
    func answer(
        _ request: Request, _ match: Router.Match, body: @Sendable () async throws -> [UInt8]
    ) async -> Response {
        let response: Response
        switch match {
        case .nothing:
            response = await site.authorizeUnknown(request) ?? failure(404, "nothing is here", request)
        case .otherMethods(let allowed, let authorize):
            response =
                await authorize(request)
                ?? failure(405, "this path answers to \(allowed.joined(separator: ", "))", request)
                .adding("Allow", allowed.joined(separator: ", "))
        case .route(let route, let parameters):
            var request = request
            request.parameters = parameters
            response = await answer(&request, route, body)
        }
        return ContentCoding.applied(to: site.dress(response, request), for: request, from: compressFrom)
    }

    /// A refusal of the server's own, as it goes out.
    func refusal(_ status: Int, _ detail: String, _ request: Request) -> Response {
        site.dress(failure(status, detail, request), request)
    }

    private func answer(
        _ request: inout Request, _ route: Router.Route, _ body: @Sendable () async throws -> [UInt8]
    ) async -> Response {
        if let refusal = await route.authorize(&request) { return refusal }
        var response = await handled(&request, route, body)
        response.headers += request.answerHeaders
        return response
    }

    private func handled(
        _ request: inout Request, _ route: Router.Route, _ body: @Sendable () async throws -> [UInt8]
    ) async -> Response {
        do {
            request.body = try await body()
            if let refusal = request.bodyCheck?(request) { return refusal }
            return try await route.handler(request)
        } catch {
            // Only a peer that is gone, or the end of the grace, cancels the task: nobody reads this answer.
            let wasCutOff = Task.isCancelled && (error is PeerGone || error is CancellationError)
            if wasCutOff { return Response(499) }
            return onError(error, request)
        }
    }
}
