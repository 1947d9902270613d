import FoundationEssentials
import HTTPClient

/// Reads an answer as far as it can be trusted.
enum ShokoAnswer {
    /// Returns nil for 404.
    ///
    /// - Throws: `UpstreamError`: 503, and 400 while the database is busy, come before the server has started. They say
    ///   nothing about what was asked for.
    static func decode<Body: Decodable>(
        _ type: Body.Type, _ answer: HTTPResponse, _ call: HTTPRequest
    ) throws(UpstreamError) -> (body: Body, answer: HTTPResponse)? {
        switch answer.status {
        case 200...299: break
        case 404: return nil
        case 400, 503: throw call.failure(.status(answer.status), cause: "Shoko is still starting, or busy")
        default: throw call.failure(.init(status: answer.status))
        }
        if answer.looksLikeHTML { throw call.failure(.html, cause: "a web page came instead; check the URL") }
        guard let body = try? JSONDecoder().decode(type, from: Data(answer.body)) else {
            throw call.failure(.undecodable(field: "JSON"), cause: "this does not look like Shoko")
        }
        return (body, answer)
    }
}

/// An id as a number or as text; 0, "" and anything else are none.
struct LooseID: Decodable {
    let value: Int64?

    init(from decoder: any Decoder) throws {
        guard let container = try? decoder.singleValueContainer() else {
            value = nil
            return
        }
        let number = (try? container.decode(Int64.self)) ?? (try? container.decode(String.self)).flatMap { Int64($0) }
        value = number.flatMap { $0 > 0 ? $0 : nil }
    }
}

/// A value that is nil where it cannot be read, instead of taking everything around it along.
struct Loose<Value: Decodable>: Decodable {
    let value: Value?

    init(from decoder: any Decoder) throws { value = try? Value(from: decoder) }
}

/// A list without the items that cannot be read.
struct LooseList<Item: Decodable>: Decodable {
    let items: [Item]

    init(from decoder: any Decoder) throws {
        items = try [Loose<Item>](from: decoder).compactMap(\.value)
    }
}
