import Glibc
import Lifecycle
import Simulator

@main
enum Program {
    static func main() async {
        var arguments = CommandLine.arguments.dropFirst()
        switch arguments.popFirst() {
        case "serve" where arguments.contains("--help") || arguments.contains("-h"): print(ServeOptions.help, to: 1)
        case "serve": await serve(Array(arguments))
        case "--help", "-h", "help": print(ServeOptions.help, to: 1)
        case nil: refuse("say what to do: marquee-simulator serve")
        case let word?: refuse("unknown command \(word)")
        }
    }

    private static func serve(_ arguments: [String]) async {
        Memory.limitArenas()
        let options: ServeOptions
        do {
            options = try ServeOptions(arguments)
        } catch {
            refuse(error.description)
        }
        let shutdown = ShutdownSignal()
        let trap = SignalTrap(shutdown)
        let server = SimulatorServer(options)
        do {
            for line in try await server.start() { print(line, to: 1) }
            try await ServiceGroup([server]).run(until: shutdown)
            withExtendedLifetime(trap) { print("# stopped cleanly", to: 1) }
        } catch {
            print("marquee-simulator: \(error)", to: 2)
            exit(1)
        }
    }

    private static func refuse(_ why: String) -> Never {
        print("marquee-simulator: \(why)\n\n\(ServeOptions.help)", to: 2)
        exit(2)
    }

    /// Writes a line at once: whoever started the simulator may be waiting for it behind a pipe.
    private static func print(_ line: String, to descriptor: Int32) {
        var rest = Array((line + "\n").utf8)[...]
        while !rest.isEmpty {
            let written = unsafe rest.withUnsafeBytes { unsafe write(descriptor, $0.baseAddress, $0.count) }
            guard written > 0 else { return }
            rest = rest.dropFirst(written)
        }
    }
}
