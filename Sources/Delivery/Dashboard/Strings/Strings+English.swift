extension Strings {
    /// The areas of the English catalogue; no key stands in two of them.
    static let englishAreas = [
        englishCommon, englishSettings,
        englishFields,
        englishJobs,
        englishLibrary,
        englishPlan,
        englishFindings,
        englishRequests,
        englishLists,
        englishActivity,
        englishAttention,
        englishEpisodes,
        englishTimeline,
        englishHistory,
        englishShells, englishDeletions,
        englishStatus,
        englishStatusDetails,
        englishDocs,
        englishErrors,
    ]

    /// The complete catalogue that every other language falls back on.
    public static let english = Strings(
        language: "en", phrases: englishAreas.reduce(into: [:]) { all, area in all.merge(area) { first, _ in first } },
        category: { $0 == 1 ? .one : .other })
}
