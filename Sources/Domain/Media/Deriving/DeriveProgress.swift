/// How far one download is; nil while nothing is known of it.
public func progress(of download: Download) -> DownloadProgress? {
    if download.isInClient, let torrent = download.torrent {
        let isMoving = !torrent.isDone
        return DownloadProgress(
            percent: torrent.isDone ? 100 : torrent.progress * 100,
            bytesDone: torrent.size.map { min(torrent.done ?? 0, $0) },
            bytesTotal: torrent.size, speed: isMoving ? torrent.speed : nil,
            etaSeconds: isMoving ? torrent.etaSeconds : nil)
    }
    guard download.isInQueue, let left = download.queue?.sizeLeft, let size = download.size, size > 0 else {
        return nil
    }
    let done = max(0, size - left)
    return DownloadProgress(
        percent: Double(done) / Double(size) * 100, bytesDone: done, bytesTotal: size, speed: nil, etaSeconds: nil)
}

/// How far one episode of a download is: by its own files where the client tells, else as the whole.
public func progress(of download: Download, _ unit: UnitNumber) -> DownloadProgress? {
    guard var whole = progress(of: download) else { return nil }
    guard let share = download.unitProgress[unit] else { return whole }
    whole.percent = share * 100
    whole.bytesDone = nil
    whole.bytesTotal = nil
    return whole
}

/// Size-weighted over distinct live downloads; speed is the sum, ETA the longest (tracking.md §3.3).
func progress(of request: RequestFacts, _ derivation: Derivation) -> DownloadProgress? {
    guard derivation.stage == .downloading || derivation.stage == .downloadDone else { return nil }
    let parts = request.downloads.filter(\.isLive).compactMap { progress(of: $0) }
    guard let first = parts.first else { return nil }
    guard parts.count > 1 else { return first }
    var whole = DownloadProgress(percent: 0, bytesDone: nil, bytesTotal: nil, speed: nil, etaSeconds: nil)
    let sized = parts.filter { $0.bytesTotal != nil }
    let total = sized.compactMap(\.bytesTotal).reduce(0, +)
    if total > 0 {
        let done = sized.compactMap(\.bytesDone).reduce(0, +)
        whole.bytesTotal = total
        whole.bytesDone = done
        whole.percent = Double(done) / Double(total) * 100
    } else {
        whole.percent = parts.map(\.percent).reduce(0, +) / Double(parts.count)
    }
    let speeds = parts.compactMap(\.speed)
    whole.speed = speeds.isEmpty ? nil : speeds.reduce(0, +)
    whole.etaSeconds = parts.compactMap(\.etaSeconds).max()
    return whole
}
