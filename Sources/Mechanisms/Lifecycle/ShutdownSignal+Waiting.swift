extension ShutdownSignal {
    /// Returns when the signal is triggered or the time is over, whichever comes first.
    public func wait(atMost limit: Duration, clock: any Clock<Duration>) async {
        await withTaskGroup(of: Void.self) { race in
            race.addTask { try? await clock.sleep(for: limit) }
            race.addTask { await self.wait() }
            await race.next()
            race.cancelAll()
        }
    }
}
