// What Seerr tells by webhook.
extension FlowState {
    enum SeerrNews: String, Sendable {
        case pending = "MEDIA_PENDING"
        case autoApproved = "MEDIA_AUTO_APPROVED"
        case approved = "MEDIA_APPROVED"
        case declined = "MEDIA_DECLINED"
        case failed = "MEDIA_FAILED"
        case available = "MEDIA_AVAILABLE"
    }

    mutating func tell(_ news: SeerrNews, _ place: Int) {
        guard seerrHook.isEnabled, seerrHook.types & (SeerrTemplate.numbers[news.rawValue] ?? 0) != 0 else { return }
        let title = title(requests[place].title)
        let kind = title.isFilm ? "Movie" : "Series"
        let event: String =
            switch news {
            case .pending: "New \(kind) Request"
            case .autoApproved: "\(kind) Request Automatically Approved"
            case .approved: "\(kind) Request Approved"
            case .declined: "\(kind) Request Declined"
            case .failed: "\(kind) Request Failed"
            case .available: "\(kind) Now Available"
            }
        let hook = seerrHook(
            seerrHook, news.rawValue, event: event, subject: "\(title.name) (\(title.year))", message: title.overview,
            request: place)
        if let hook { outbox.append(hook) }
    }

    /// Composes a call; nil when the template is not JSON.
    func seerrHook(
        _ hook: SeerrHook, _ kind: String, event: String, subject: String, message: String, request place: Int?
    ) -> OutgoingHook? {
        var values = ["notification_type": kind, "event": event, "subject": subject, "message": message, "image": ""]
        var extra: [JSON] = []
        if let place {
            values.merge(seerrValues(place)) { $1 }
            if !requests[place].seasons.isEmpty {
                let seasons = requests[place].seasons.map(String.init).joined(separator: ", ")
                extra.append(["name": "Requested Seasons", "value": .string(seasons)])
            }
        }
        let objects: Set<String> = place == nil ? [] : ["media", "request"]
        guard let body = SeerrTemplate.fill(hook.template, values, objects: objects, extra: .array(extra)) else {
            return nil
        }
        var headers = [("Content-Type", "application/json")]
        if let authorization = hook.authorization, !authorization.isEmpty {
            headers.append(("Authorization", authorization))
        }
        return OutgoingHook(
            service: "seerr", event: kind, method: "POST", url: hook.url, headers: headers, body: body.bytes,
            made: now, due: now)
    }

    private func seerrValues(_ place: Int) -> [String: String] {
        let request = requests[place]
        let title = title(request.title)
        let media = media[request.title]
        let name = ["admin", "user1", "user2"][request.user]
        let avatar = "/avatarproxy/\(dice.hex(10 + request.user, .user))"
        return [
            "image": title.posterURL, "media_type": title.isFilm ? "movie" : "tv", "media_tmdbid": String(title.tmdb),
            "media_tvdbid": title.tvdb.map(String.init) ?? "", "media_status": Self.name(media?.status),
            "media_status4k": Self.name(media?.status4K), "request_id": String(request.id),
            "requestedBy_username": name, "requestedBy_email": "\(name)@example.com", "requestedBy_avatar": avatar,
            "notifyuser_username": name, "notifyuser_email": "\(name)@example.com", "notifyuser_avatar": avatar,
        ]
    }

    private static func name(_ status: FlowMedia.Status?) -> String {
        switch status {
        case nil, .unknown: "UNKNOWN"
        case .pending: "PENDING"
        case .processing: "PROCESSING"
        case .partial: "PARTIALLY_AVAILABLE"
        case .available: "AVAILABLE"
        case .blocklisted: "BLOCKLISTED"
        case .deleted: "DELETED"
        }
    }
}
