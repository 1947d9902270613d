import CommandLine
import Testing

@Suite struct ConsoleTests {
    @Test("off a terminal no progress is drawn") func quiet() {
        let paper = Paper()
        let console = paper.console(Terminal())
        console.showProgress("gather 1/2")
        console.endProgress()
        console.write("done\n")
        #expect(paper.written == "<done\n>")
    }

    @Test("on a terminal progress is drawn over itself and cleared before anything else") func drawn() {
        let paper = Paper()
        let console = paper.console(Terminal(isInteractive: true, columns: 12))
        console.showProgress("gather 1/2")
        console.showProgress("gather 1/2")
        console.showProgress("a line that is too long")
        console.write("done\n")
        console.say("careful", .yellow)
        #expect(paper.written == "\rgather 1/2\u{1B}[K\ra line tha…\u{1B}[K\r\u{1B}[K<done\n>careful\n")
    }

    @Test("the last progress line can stay") func kept() {
        let paper = Paper()
        let console = paper.console(Terminal(isInteractive: true, columns: 80))
        console.showProgress("gather 2/2")
        console.endProgress()
        console.endProgress()
        #expect(paper.written == "\rgather 2/2\u{1B}[K\n")
    }

    @Test("a file or pipe has no colours and no width") func detection() {
        #expect(Terminal.attached(to: -1, environment: ["TERM": "xterm"]) == Terminal())
        #expect(Terminal(usesColour: true).styled("x", .green) == "\u{1B}[32mx\u{1B}[0m")
        #expect(Terminal().styled("x", .green) == "x")
    }

    @Test(
        "the bar is full only when everything is done",
        arguments: [
            (ProgressBar(done: 0, total: 10), "[----------] 0/10"),
            (ProgressBar(done: 5, total: 10), "[#####-----] 5/10"),
            (ProgressBar(done: 999, total: 1_000), "[#########-] 999/1000"),
            (ProgressBar(done: 10, total: 10), "[##########] 10/10"),
            (ProgressBar(done: 12, total: 10), "[##########] 12/10"),
            (ProgressBar(done: 0, total: 0), "[##########] 0/0"),
            (ProgressBar(done: 7, total: nil), "7"),
            (
                ProgressBar(done: 5, total: 10, rate: 239.6, remaining: .seconds(125)),
                "[#####-----] 5/10  240/s  2m 05s left"
            ),
            (ProgressBar(done: 5, total: 10, remaining: .seconds(3_725)), "[#####-----] 5/10  1h 02m left"),
        ])
    func bar(bar: ProgressBar, text: String) {
        #expect(bar.text(cells: 10) == text)
    }
}
