extension Strings {
    /// The page that describes the API.
    static let englishDocs: [Key: Phrase] = [
        .docsTitle: "API",
        .docsLead: "What programs can ask of Marquee {version}, made from the table of its routes.",
        .docsDocument: "The same as an OpenAPI document",
        .docsAccess: "Who may: {who}",
        .docsParameters: "Parameters",
        .docsBody: "Body",
        .docsAnswers: "Answers",
        .docsForms: "Forms",
        .docsName: "Name",
        .docsForm: "Form",
        .docsMeaning: "Meaning",
    ]
}
