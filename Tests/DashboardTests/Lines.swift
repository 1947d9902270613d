import Foundation

/// One tag a line, so that a difference names its place.
func lines(_ html: String) -> String {
    html.replacingOccurrences(of: "><", with: ">\n<") + "\n"
}
