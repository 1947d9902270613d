import Testing

@testable import SignalR

@Suite struct RetryScheduleTests {
    private func seconds(_ endings: [Duration?]) -> [Int64] {
        var schedule = RetrySchedule()
        return endings.map { schedule.pause(afterLasting: $0).components.seconds }
    }

    @Test("the pauses grow as specified, and the last repeats")
    func growth() {
        #expect(seconds(Array(repeating: nil, count: 9)) == [0, 2, 10, 30, 60, 120, 300, 300, 300])
    }

    @Test("a good link begins anew; one that dropped at once does not")
    func reset() {
        #expect(seconds([nil, nil, nil, .seconds(15), nil]) == [0, 2, 10, 0, 2])
        #expect(seconds([nil, nil, .seconds(14), .zero, .seconds(1)]) == [0, 2, 10, 30, 60])
    }

    @Test("a server that would not have us back is left alone for a while")
    func unwelcome() {
        var schedule = RetrySchedule()
        let pauses = (0..<6).map { _ in schedule.pause(afterLasting: .zero, mayReturn: false).components.seconds }
        #expect(pauses == [30, 30, 30, 30, 60, 120])
    }
}
