import HTTPClient

/// The cookies of a session, whatever their names: `SID`, `QBT_SID_8080`, or what a user configured.
struct CookieJar {
    private var cookies: [(name: String, value: String)] = []

    /// The `Cookie` header; nil without cookies.
    var header: String? {
        cookies.isEmpty ? nil : cookies.map { "\($0.name)=\($0.value)" }.joined(separator: "; ")
    }

    /// Takes what an answer sets; an empty value takes a cookie away.
    mutating func take(_ headers: HTTPHeaders) {
        for line in headers.all("Set-Cookie") {
            let pair = line.prefix { $0 != ";" }
            guard let equals = pair.firstIndex(of: "=") else { continue }
            let name = String(pair[..<equals].filter { $0 != " " })
            let value = String(pair[pair.index(after: equals)...])
            cookies.removeAll { $0.name == name }
            if !name.isEmpty, !value.isEmpty { cookies.append((name, value)) }
        }
    }

    mutating func clear() { cookies = [] }
}
