/// A scenario under way.
struct ScenarioRun: Sendable {
    let name: String
    let start: Int64
    let steps: [ScenarioStep]
    /// The next step's place.
    var next = 0
    /// Since when a `wait_for` waits.
    var waitingSince: Int64?
    /// What was expected in vain.
    var failures: [String] = []

    var isDone: Bool { next >= steps.count }

    var json: JSON {
        [
            "name": .string(name), "steps": .integer(steps.count), "done": .integer(next), "is_done": .bool(isDone),
            "is_waiting": .bool(waitingSince != nil), "failures": .texts(failures),
        ]
    }
}

extension FlowState {
    /// Begins a scenario: its first step is due at once or at its time.
    mutating func begin(_ scenario: Scenario) {
        for (name, value) in scenario.delays { _ = delays.set(name, value) }
        agenda.remove { $0 == .scenario }
        named = []
        run = ScenarioRun(name: scenario.name, start: now, steps: scenario.steps)
        planNextStep()
    }

    private mutating func planNextStep() {
        guard let run, !run.isDone else { return }
        agenda.add(.scenario, at: max(now, run.start + run.steps[run.next].at))
    }

    /// Does the next step; a `wait_for` is looked at each second until it holds.
    mutating func scenarioStep() {
        guard let running = run, !running.isDone else { return }
        let step = running.steps[running.next]
        let problem = perform(step)
        if step.action == .waitFor, let problem {
            let since = running.waitingSince ?? now
            let timeout = (step.json["timeout"].flatMap { try? Span.ticks($0) }) ?? 6 * 3_600 * Ticks.perSecond
            run?.waitingSince = since
            if now - since < timeout {
                agenda.add(.scenario, at: now + Ticks.perSecond)
                return
            }
            run?.failures.append("step \(running.next + 1): waited in vain: \(problem)")
        } else if let problem {
            run?.failures.append("step \(running.next + 1): \(problem)")
        }
        run?.waitingSince = nil
        run?.next += 1
        planNextStep()
    }
}
