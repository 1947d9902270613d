public import Lifecycle

/// Keeps what is known of users in step with Jellyfin while the server runs.
public struct AccountsService: Service {
    /// `accounts`.
    public let name = "accounts"
    private let accounts: Accounts

    public init(_ accounts: Accounts) { self.accounts = accounts }

    public func run(until shutdown: ShutdownSignal) async throws { await accounts.recheck(until: shutdown) }
}
