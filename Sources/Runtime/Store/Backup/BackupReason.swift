/// Why a backup was made; part of its name.
public enum BackupReason: String, Sendable, Hashable, CaseIterable {
    /// Somebody asked for it.
    case manual
    case schedule
    /// A newer version is about to change the schema.
    case migration
    /// Another backup is about to replace this state.
    case restore
}
