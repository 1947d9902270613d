extension Strings {
    /// What went wrong, in plain words.
    static let englishErrors: [Key: Phrase] = [
        .errorUnauthenticated: "Please sign in",
        .errorForbidden: "This is not yours to open",
        .errorNotFound: "Not found",
        .errorMethod: "This cannot be done here",
        .errorConflict: "Something else is in the way",
        .errorTooLarge: "That was too large",
        .errorTooMany: "Too many requests",
        .errorUpstream: "A service is not answering",
        .errorBusy: "Marquee is busy",
        .errorRequest: "That request made no sense",
        .errorServer: "Something broke",
        .errorRequestHint: "The address may be old, or the title gone.",
        .errorServerHint: "It has been logged. Trying again may help.",
        .errorToActivity: "Open Activity",
        .errorToRequests: "Open Requests",
        .errorTrace: "Trace",
        .errorTraceCopy: "Copy the trace id",
    ]
}
