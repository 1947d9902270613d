extension Strings {
    /// What the list of requests offers beside its rows.
    static let englishLists: [Key: Phrase] = [
        .filterInstance: "Instance",
        .filterSort: "Order",
        .sortUpdated: "Latest change",
        .sortCreated: "Newest",
        .whoseLabel: "Whose requests",
        .whoseMine: "Mine",
        .whoseAll: "All",
        .toolsLabel: "More about this list",
        .savedTitle: "Saved filters",
        .savedName: "Name for what is shown now",
        .savedSave: "Save",
        .savedDelete: "Delete",
        .savedHint: "A filter of the same name is replaced.",
        .columnsTitle: "Columns",
        .columnsApply: "Show these",
        .exportTitle: "Export",
        .exportCSV: "CSV",
        .exportJSON: "JSON",
    ]
}
