// What Shoko shows and does.
extension FlowEngine {
    /// Every file Shoko has a record of, those that vanished from the disk among them (`isAccessible`).
    var shokoFiles: [FlowShokoFile] {
        with { state in
            state.shokoFiles.indices.filter { !state.shokoForgotten.contains($0) }.map { state.shokoFiles[$0] }
        }
    }

    /// Every series of which Shoko has the metadata.
    var shokoSeries: [FlowShokoSeries] {
        with { state in state.shokoKnown.sorted().map { state.shokoSeries(state.title($0)) } }
    }

    /// Tries to match a file again, soon; false for an unknown file.
    @discardableResult
    func rescanShokoFile(_ fileID: Int) -> Bool {
        with { state in
            guard let place = state.shokoFiles.firstIndex(where: { $0.fileID == fileID }) else { return false }
            state.plan(.shokoMatch(file: place), after: state.delays.shokoMatch, salt: state.salt(place, 21))
            return true
        }
    }

    /// Drops a file's record, and the file itself when asked to; false for an unknown file.
    @discardableResult
    func removeShokoFile(_ fileID: Int, fromDisk: Bool) -> Bool {
        with { state in
            guard let place = state.shokoFiles.firstIndex(where: { $0.fileID == fileID }) else { return false }
            if fromDisk { state.removeFiles([state.shokoFiles[place].absolutePath]) }
            state.shokoForgotten.insert(place)
            return true
        }
    }
}
