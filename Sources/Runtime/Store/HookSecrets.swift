public import Database
public import Media

/// The secret of one service instance's webhooks, as far as it is kept: its digest.
public struct HookSecret: Sendable, Hashable {
    public var service: String
    public var instance: String
    /// SHA-256 of the secret's UTF-8.
    public var digest: [UInt8]
    public var madeAt: Timestamp
    /// When a webhook first brought it; nil while the one before it is valid beside it.
    public var heardAt: Timestamp?
}

extension Schema {
    static let hookSecrets = """
        CREATE TABLE hook_secrets(
            service {text} NOT NULL,
            instance {text} NOT NULL,
            digest {blob} NOT NULL,
            made_at {int} NOT NULL,
            heard_at {int},
            PRIMARY KEY(service, instance, digest)
        ) {strict};
        """
}

extension Reader {
    /// The valid secrets of one instance, the oldest first.
    public func hookSecrets(_ service: String, _ instance: String) throws -> [HookSecret] {
        try rows(
            """
            SELECT digest, made_at, heard_at FROM hook_secrets WHERE service = $1 AND instance = $2 ORDER BY made_at
            """, [.text(service), .text(instance)]
        ) { row in
            HookSecret(
                service: service, instance: instance, digest: row.blob(0) ?? [],
                madeAt: Timestamp(milliseconds: row.integer(1)), heardAt: row.optionalTime(2))
        }
    }

    /// Every valid secret, by service and instance.
    public func hookSecrets() throws -> [HookSecret] {
        try rows(
            """
            SELECT service, instance, digest, made_at, heard_at FROM hook_secrets ORDER BY service, instance, made_at
            """
        ) { row in
            HookSecret(
                service: row.text(0), instance: row.text(1), digest: row.blob(2) ?? [],
                madeAt: Timestamp(milliseconds: row.integer(3)), heardAt: row.optionalTime(4))
        }
    }
}

extension StoreTransaction {
    /// Adds a new secret of an instance; the one in use stays valid beside it until the new one is first heard.
    ///
    /// The one in use is the last that was heard, else the newest; anything else is dropped.
    public func addHookSecret(_ service: String, _ instance: String, digest: [UInt8]) throws {
        let held = try raw.hookSecrets(service, instance)
        let inUse = held.last { $0.heardAt != nil } ?? held.last
        for secret in held where secret != inUse { try remove(secret) }
        let madeAt = max(now.milliseconds, (inUse?.madeAt.milliseconds ?? .min) + 1)
        try raw.execute(
            "INSERT INTO hook_secrets(service, instance, digest, made_at) VALUES($1, $2, $3, $4)",
            [.text(service), .text(instance), .blob(digest), .integer(madeAt)])
    }

    /// A webhook brought this secret: those made before it are void from now on.
    public func hookSecretHeard(_ service: String, _ instance: String, digest: [UInt8]) throws {
        let held = try raw.hookSecrets(service, instance)
        guard let heard = held.first(where: { $0.digest == digest }) else { return }
        for secret in held where secret.madeAt < heard.madeAt { try remove(secret) }
        try raw.execute(
            """
            UPDATE hook_secrets SET heard_at = $1 WHERE service = $2 AND instance = $3 AND digest = $4
                AND heard_at IS NULL
            """, [.integer(now.milliseconds), .text(service), .text(instance), .blob(digest)])
    }

    private func remove(_ secret: HookSecret) throws {
        try raw.execute(
            "DELETE FROM hook_secrets WHERE service = $1 AND instance = $2 AND digest = $3",
            [.text(secret.service), .text(secret.instance), .blob(secret.digest)])
    }
}
