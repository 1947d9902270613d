import CommandLine
import FoundationEssentials
import Glibc

@main
enum Program {
    static func main() async {
        let words = Array(Swift.CommandLine.arguments.dropFirst())
        let code = await Marquee.run(words, environment: ProcessInfo.processInfo.environment)
        exit(code)
    }
}
