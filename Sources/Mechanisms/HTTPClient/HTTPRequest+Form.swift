extension HTTPRequest {
    /// Sets the body to form fields (`application/x-www-form-urlencoded`), with names and values encoded.
    public mutating func setForm(_ fields: [(String, String)]) {
        let text = fields.map { "\(PercentEncoding.encode($0))=\(PercentEncoding.encode($1))" }.joined(separator: "&")
        body = Array(text.utf8)
        headers.append(("Content-Type", "application/x-www-form-urlencoded"))
    }
}
