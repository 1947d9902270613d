import CommandLine
import Glibc
import Testing

@Suite struct TerminalTests {
    @Test("a terminal is found with its width, colours unless NO_COLOR or TERM says no")
    func attached() throws {
        // Linux's own way to a terminal (pts(4), asm-generic/ioctls.h); neither macro is visible to Swift.
        let (setLock, getNumber) = (UInt(0x4004_5431), UInt(0x8004_5430))
        let main = unsafe open("/dev/ptmx", O_RDWR | O_NOCTTY)
        try #require(main >= 0)
        defer { close(main) }
        var locked: Int32 = 0
        var number: Int32 = 0
        try #require(unsafe ioctl(main, setLock, &locked) == 0 && ioctl(main, getNumber, &number) == 0)
        let terminal = unsafe open("/dev/pts/\(number)", O_RDWR | O_NOCTTY)
        try #require(terminal >= 0)
        defer { close(terminal) }
        var size = winsize(ws_row: 24, ws_col: 101, ws_xpixel: 0, ws_ypixel: 0)
        try #require(unsafe ioctl(terminal, UInt(TIOCSWINSZ), &size) == 0)

        let found = { Terminal.attached(to: terminal, environment: $0) }
        #expect(found(["TERM": "xterm"]) == Terminal(isInteractive: true, usesColour: true, columns: 101))
        #expect(found(["NO_COLOR": "1"]) == Terminal(isInteractive: true, usesColour: false, columns: 101))
        #expect(found(["NO_COLOR": ""]).usesColour)
        #expect(found(["TERM": "dumb"]) == Terminal(columns: 101))
    }
}
