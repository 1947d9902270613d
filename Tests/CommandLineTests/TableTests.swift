import CommandLine
import Testing

@Suite struct TableTests {
    let columns: [Table.Column] = [
        .init("ACTION"), .init("ID", .right), .init("TITLE", flexible: true), .init("AFTER"),
    ]

    @Test("columns are as wide as their widest cell, and no line ends in blanks") func layout() {
        var table = Table(columns)
        table.append(["fill", "10", "COLORFUL STAGE! (2025)", "52"])
        table.append(["quarantined", "-", "Ghost in the Shell"])
        table.append(["add"])
        #expect(
            table.rendered() == """
                ACTION       ID  TITLE                   AFTER
                fill         10  COLORFUL STAGE! (2025)  52
                quarantined   -  Ghost in the Shell
                add

                """)
    }

    @Test("wide characters take two cells, combining ones none") func width() {
        var table = Table([.init("TITLE"), .init("YEAR")])
        table.append(["蟲師", "2005"])
        table.append(["Amélie", "2001"])
        table.append(["Ame\u{301}lie", "2001"])
        table.append(["👩‍🚀", "1"])
        #expect(
            table.rendered() == """
                TITLE   YEAR
                蟲師    2005
                Amélie  2001
                Ame\u{301}lie  2001
                👩‍🚀      1

                """)
    }

    @Test("a narrow terminal cuts flexible columns only, the widest first") func narrow() {
        var table = Table(columns)
        table.append(["fill", "10", "A title that goes on and on and on", "abc123"])
        let lines = table.rendered(for: Terminal(columns: 40)).split(separator: "\n")
        #expect(lines.allSatisfy { $0.count <= 40 })
        #expect(lines.last == "fill    10  A title that goes on …    abc123" || lines.last?.contains("…") == true)
        #expect(lines.last?.hasSuffix("abc123") == true)
    }

    @Test("a wide character never straddles the cut") func wideCut() {
        var table = Table([.init("T", flexible: true)])
        table.append(["蟲師蟲師蟲師蟲師"])
        #expect(table.rendered(for: Terminal(columns: 10)) == "T\n蟲師蟲師…\n")
    }

    @Test("what strangers named cannot steer the terminal") func hostile() {
        var table = Table([.init("TITLE")])
        table.append(["evil\u{1B}[2J\r\nname\u{202E}txt.exe"])
        #expect(table.rendered() == "TITLE\nevil\\u{1b}[2J\\u{d}\\u{a}name\\u{202e}txt.exe\n")
    }

    @Test("styles reach a terminal with colours and nothing else") func styles() {
        var table = Table([.init("STATE")])
        table.append([.init("failed", .red)])
        #expect(table.rendered() == "STATE\nfailed\n")
        #expect(
            table.rendered(for: Terminal(usesColour: true))
                == "\u{1B}[1mSTATE\u{1B}[0m\n\u{1B}[31mfailed\u{1B}[0m\n")
    }
}
