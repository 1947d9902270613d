import Store

/// The store's finding; the dashboard has a type of the same name for what it shows.
typealias StoredFinding = Finding
