import Database
import Deletion
import HTTPServer
import Jobs
import Observability
import Shapes
import Store

extension API {
    /// The refusal that an error of a handler amounts to.
    func problem(_ error: any Error, _ request: Request) -> Problem {
        switch error {
        case let problem as Problem: return problem
        case let busy as JobRunning:
            var problem = Problem(
                409, "job_running", "Job \(busy.job) (\(busy.kind)) is running; wait for it or cancel it.")
            problem.job = busy.job
            return problem
        case let failure as JobFailure: return self.problem(failure)
        case let refusal as DeletionRefusal: return self.problem(refusal)
        case let failure as BackupError: return self.problem(failure)
        case let failure as DatabaseError where failure.isOfThePlace:
            log.error("not_stored", "\(failure)", ["trace_id": .string(request.traceID)])
            var problem = Problem(503, failure.reason == .full ? "disk_full" : "database", failure.message)
            problem.headers = [("Retry-After", failure.reason == .full ? "60" : "5")]
            return problem
        default:
            log.error("request_failed", "\(error)", ["trace_id": .string(request.traceID)])
            return Problem(500, "internal", "Something failed inside Marquee; its log names it by the trace id.")
        }
    }

    private func problem(_ failure: BackupError) -> Problem {
        switch failure.reason {
        case .invalidID, .notFound: Problem(404, "not_found", failure.message)
        case .busy: Problem(409, "backup_running", failure.message)
        case .noSpace: Problem(503, "disk_full", failure.message)
        default: Problem(500, "backup_failed", failure.message)
        }
    }

    func problem(_ failure: JobFailure) -> Problem {
        let status =
            switch failure.code {
            case "upstream_unreachable", "listing_incomplete": 502
            case "not_found": 404
            case "disk_full": 503
            case "not_configured", "plan_missing", "plan_expired", "cannot_undo", "cancelled", "interrupted": 409
            default: 500
            }
        var problem = Problem(status, failure.code, failure.detail)
        problem.service = failure.service
        return problem
    }
}

extension DatabaseError {
    /// Whether the same call would work once the database's surroundings are well again.
    fileprivate var isOfThePlace: Bool {
        switch reason {
        case .full, .readOnly, .busy, .connectionLost, .closed, .cannotOpen: true
        default: false
        }
    }
}

extension Response {
    /// With the headers every answer carries (security.md §5).
    var secured: Response {
        var response = self
        let policy = """
            default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; \
            form-action 'self'; base-uri 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; \
            trusted-types marquee
            """
        response.headers += [
            ("Content-Security-Policy", policy), ("X-Content-Type-Options", "nosniff"),
            ("Referrer-Policy", "same-origin"), ("Cross-Origin-Opener-Policy", "same-origin"),
            ("Cross-Origin-Resource-Policy", "same-origin"),
        ]
        if header("Cache-Control") == nil { response.headers.append(("Cache-Control", "no-store")) }
        return response
    }

    /// JSON, with an `ETag`; 304 when the caller has it already.
    static func conditional(_ bytes: [UInt8], _ request: Request) -> Response {
        var hash: UInt64 = 0xcbf2_9ce4_8422_2325
        for byte in bytes { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
        let tag = "\"\(String(hash, radix: 16))\""
        let known = request.headers["If-None-Match"]?.split(separator: ",").map { $0.filter { $0 != " " } } ?? []
        if known.contains(tag) || known.contains("W/" + tag) {
            return Response(304, headers: [("ETag", tag), ("Cache-Control", "private, no-cache")]).secured
        }
        var response = Response.json(bytes)
        response.headers += [("ETag", tag), ("Cache-Control", "private, no-cache")]
        return response.secured
    }
}
