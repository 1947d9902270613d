extension Strings {
    /// Pages whose work is still to come, and the rest of the rail.
    static let englishShells: [Key: Phrase] = [
        .musicTitle: "Music",
        .musicLead: "Artists, albums and tracks of your music servers.",
        .musicEmpty: "No music server is known",
        .musicEmptyHint: "Add a Plex, Jellyfin or Subsonic server in Settings.",
        .publishingTitle: "Publishing",
        .publishingLead: "What the publishing board is told about playable titles.",
        .publishingEmpty: "No publishing board is known",
        .publishingEmptyHint: "SUPA_REST_URL and SUPABASE_SERVICE_ROLE_KEY are not set.",
        .navMore: "More",
    ]
}
