/// What a pass over the listing found: sums, so that no value can be skipped unseen.
struct Findings: Equatable {
    var records = 0
    var textBytes = 0  // of every wanted string
    var absent = 0  // wanted values that were missing or null
    var years: Int64 = 0
    var sources: Int64 = 0
    var total: Int64 = 0
}
