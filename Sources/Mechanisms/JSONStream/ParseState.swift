/// What the parser looks for next.
enum ParseState: UInt8 {
    case firstKey  // a key or `}`
    case key
    case colon
    case firstElement  // a value or `]`
    case value
    case separator  // `,` or the close of the innermost container
    case skipping  // the rest of an unwanted container
    case trailer  // white space after the document
}

/// One open container that is walked, not skipped.
struct Frame {
    var isObject = false
    var isRecord = false
    var isMap = false  // an object whose members are records
    var node: Int32 = -1  // of an object
    var target: Int32 = -1  // whose value an array is
    var count: Int32 = 0  // elements of an array
}

/// How far a string or number was looked at when the bytes ended; all zero between tokens.
struct PartialToken {
    var scanned = 0  // bytes behind the opening quote, or of a number, that need no second look
    var checked = 0  // of those, bytes known to be valid UTF-8
    var high: UInt32 = 0  // not zero: a byte above 0x7F was seen
    var escaped = false
    var number: UInt8 = 0  // position in the number grammar
}
