import Database
public import Media
public import Store

/// What is wrong with a key that is to be made.
public struct InvalidKey: Error, Sendable {
    /// `name`, `scopes` or `expires_at`.
    public var field: String
    public var message: String
}

extension Accounts {
    static let keyPrefix = "mq_"
    /// What a key may be for, beside `hook:<service>`.
    public static let scopes = ["read", "operate", "admin", "metrics"]

    /// Who shows a key; nil when it is none, or no longer good.
    public func caller(key text: String) async throws -> Caller? {
        guard let (key, caller) = try await keyHolder(text) else { return nil }
        if key.usedAt.map({ $0.advanced(by: SessionLife.grain) <= store.now() }) ?? true {
            try await store.write { try $0.touch(apiKey: key.id) }
        }
        return caller
    }

    func keyHolder(_ text: String) async throws -> (APIKeyRecord, Caller)? {
        guard Self.isKey(text) else { return nil }
        let hash = Secrets.hash(text)
        let now = store.now()
        return try await store.read { reader in
            guard let key = try reader.apiKey(hash: hash) else { return nil }
            return try holder(of: key, reader, now).map { (key, $0) }
        }
    }

    /// What a key is worth now, which is never more than its owner is; nil when it has ended.
    func holder(of key: APIKeyRecord, _ reader: Reader, _ now: Timestamp) throws -> Caller? {
        guard key.revokedAt == nil, key.expiresAt.map({ $0 > now }) ?? true else { return nil }
        var bound = Role.admin
        if let owner = key.owner {
            guard let user = try reader.user(owner), !user.isDisabled else { return nil }
            bound = role(of: user)
        }
        let wanted: Role = key.scopes.contains("admin") || key.scopes.contains("operate") ? .admin : .readonly
        return Caller(
            name: key.name, role: bound == .admin ? wanted : bound, user: key.owner, proof: .key(scopes: key.scopes))
    }

    /// Whether a text has the form of a key, so that it is never taken for somebody's password.
    static func isKey(_ text: String) -> Bool {
        let digits = text.dropFirst(keyPrefix.count)
        return text.hasPrefix(keyPrefix) && digits.utf8.count == 64 && digits.allSatisfy(\.isHexDigit)
    }

    /// Makes a key.
    ///
    /// - Returns: its record, and its text, which is told this once and never again.
    /// - Throws: `InvalidKey`.
    public func createKey(
        name: String, scopes: [String], expiresAt: Timestamp?, by caller: Caller, address: String?
    ) async throws -> (APIKeyRecord, text: String) {
        guard !name.isEmpty, name.count <= 100 else {
            throw InvalidKey(field: "name", message: "must have 1 to 100 characters")
        }
        let scopes = Set(scopes).sorted()
        guard !scopes.isEmpty, scopes.allSatisfy(Self.isScope) else {
            throw InvalidKey(
                field: "scopes", message: "must be of \(Self.scopes.joined(separator: ", ")), hook:<service>")
        }
        if let expiresAt, expiresAt <= store.now() {
            throw InvalidKey(field: "expires_at", message: "must be in the future")
        }
        let text = Self.keyPrefix + Secrets.token()
        let key = try await store.write { tx in
            var key = APIKeyRecord(
                name: name, hash: Secrets.hash(text), scopes: scopes, owner: caller.user, createdBy: caller.name,
                at: tx.now, expiresAt: expiresAt)
            key.id = try tx.insert(key)
            try tx.record(
                AuditEntry(
                    at: tx.now, who: caller.name, address: address, action: "key_created", object: "key \(key.id)",
                    after: "\(name): \(scopes.joined(separator: ","))"))
            return key
        }
        return (key, text)
    }

    private static func isScope(_ scope: String) -> Bool {
        if scopes.contains(scope) { return true }
        let service = scope.dropFirst("hook:".count)
        return scope.hasPrefix("hook:") && !service.isEmpty && service.allSatisfy { $0.isLetter && $0.isASCII }
    }

    /// - Returns: false when there is no such key in force.
    public func revokeKey(_ id: Int64, by caller: Caller, address: String?) async throws -> Bool {
        try await store.write { tx in
            guard try tx.revoke(apiKey: id) else { return false }
            try tx.record(
                AuditEntry(at: tx.now, who: caller.name, address: address, action: "key_revoked", object: "key \(id)"))
            return true
        }
    }
}
