/// What came of the last form of the Settings page.
public enum SettingsOutcome: Sendable {
    case saved
    case removed
    case userSaved
    /// Why nothing was saved.
    case refused(String)
    /// A service's test: who answered, and how fast.
    case answers(application: String, version: String?, millis: Int64)
    /// A service's test that failed, and what to do.
    case failed(String)

    /// The message about it.
    func notice(_ page: PageContext) -> Notice {
        switch self {
        case .saved: Notice(.good, title: page[.settingsSaved])
        case .removed: Notice(.good, title: page[.serviceRemoved])
        case .userSaved: Notice(.good, title: page[.userSaved])
        case .refused(let why): Notice(.bad, title: page[.settingsNotSaved], text: why)
        case .failed(let why): Notice(.bad, title: why)
        case .answers(let application, let version, let millis):
            Notice(
                .good,
                title: page[
                    .serviceAnswers,
                    ["application": application, "version": version ?? "", "millis": String(millis)]])
        }
    }
}
