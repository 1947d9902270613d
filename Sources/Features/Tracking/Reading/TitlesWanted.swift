import Media
import Servarr
import Store

/// Which titles of an *arr's list concern open requests, and how they stand.
struct TitlesWanted {
    /// What a mark is about.
    enum Subject: Hashable {
        /// A title of the list.
        case title(Int64)
        /// A request whose title the list lacks.
        case lacking(Int64)
    }

    private let byNative: [Int64: [OpenRequest]]
    private let byID: [Int64: [OpenRequest]]
    private let kind: Servarr.Kind
    private let instance: String

    init(_ open: [OpenRequest], _ kind: Servarr.Kind, instance: String) {
        self.kind = kind
        self.instance = instance
        var byNative: [Int64: [OpenRequest]] = [:]
        var byID: [Int64: [OpenRequest]] = [:]
        for request in open.sorted(by: { $0.id < $1.id }) {
            if let native = kind == .radarr ? request.tmdb : request.tvdb {
                byNative[native, default: []].append(request)
            }
            if let own = kind == .radarr ? request.radarr : request.sonarr, own.instance == instance {
                byID[own.id, default: []].append(request)
            }
        }
        self.byNative = byNative
        self.byID = byID
    }

    /// A number for what the list says of a title and for the requests it concerns, as they stand: booking it again
    /// while the number is the same would change nothing.
    ///
    /// A request's stage is part of it, because the age of some readings counts from there.
    /// - Returns: nil when the title concerns no open request.
    func mark(_ title: ArrTitleReading) -> Int? {
        let known = byID[title.id] ?? []
        let native = (kind == .radarr ? title.tmdb : title.tvdb).flatMap { byNative[$0] } ?? []
        if known.isEmpty && native.isEmpty { return nil }
        var hasher = Hasher()
        hasher.combine(title)
        for request in known + native { Self.add(request, to: &hasher) }
        return hasher.finalize()
    }

    /// The same for a request whose title the list lacks.
    func mark(_ request: OpenRequest) -> Int {
        var hasher = Hasher()
        Self.add(request, to: &hasher)
        return hasher.finalize()
    }

    private static func add(_ request: OpenRequest, to hasher: inout Hasher) {
        hasher.combine(request.id)
        hasher.combine(request.state)
        hasher.combine(request.stateChangedAt)
    }

    /// Approved requests whose title the whole list lacks.
    func lacking(_ seen: Set<Int64>, _ open: [OpenRequest]) -> [OpenRequest] {
        open.filter { request in
            guard request.state == .approved, let id = native(request) else { return false }
            return !seen.contains(id)
        }
    }

    /// That the list does not have a request's title.
    func lack(of request: OpenRequest, at now: Timestamp) -> Observation? {
        guard let id = native(request) else { return nil }
        var keys = MediaKeys(mediaType: kind.mediaType)
        if kind == .radarr { keys.tmdb = id } else { keys.tvdb = id }
        return Observation(
            service: kind.rawValue, instance: instance, channel: .poll, fact: .inArr, naturalKey: "title",
            observedAt: now, receivedAt: now, holds: false, keys: keys)
    }

    private func native(_ request: OpenRequest) -> Int64? { kind == .radarr ? request.tmdb : request.tvdb }
}
