import Compression

/// Decides which answers are compressed.
enum ContentCoding {
    /// Returns the answer as it goes out: compressed when that is worth it and the client accepts it.
    ///
    /// Streams and pictures are left alone: a stream must arrive piece by piece, a picture is compressed already.
    static func applied(to response: Response, for request: Request, from threshold: Int) -> Response {
        guard case .bytes(let bytes) = response.body, response.header("Content-Encoding") == nil,
            let type = response.header("Content-Type"), isCompressible(type)
        else { return response }
        var result = response
        result.headers.append(("Vary", "Accept-Encoding"))
        guard bytes.count >= threshold, accepts(request.headers) else { return result }
        result.headers.append(("Content-Encoding", "gzip"))
        result.body = .bytes(Gzip.compress(bytes))
        return result
    }

    private static func isCompressible(_ type: String) -> Bool {
        let name = type.prefix { $0 != ";" && $0 != " " }.lowercased()
        return (name.hasPrefix("text/") && name != "text/event-stream")
            || name.hasSuffix("json") || name.hasSuffix("xml") || name.hasSuffix("javascript")
    }

    /// Whether `gzip` is listed with a weight above zero (RFC 9110 §12.5.3).
    private static func accepts(_ headers: Headers) -> Bool {
        for element in headers.all("Accept-Encoding").flatMap({ $0.split(separator: ",") }) {
            let parts = element.split(separator: ";").map { $0.filter { $0 != " " && $0 != "\t" }.lowercased() }
            guard let coding = parts.first, coding == "gzip" || coding == "x-gzip" || coding == "*" else { continue }
            return !parts.dropFirst().contains { $0.hasPrefix("q=0") && $0.allSatisfy { "q=0.".contains($0) } }
        }
        return false
    }
}
