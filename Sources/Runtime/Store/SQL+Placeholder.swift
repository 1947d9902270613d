import Database

extension SQL {
    /// `$n`, for conditions put together at run time; still made of literals only.
    static func placeholder(_ number: Int) -> SQL {
        precondition(placeholders.indices.contains(number - 1), "more values than a filter can have")
        return placeholders[number - 1]
    }

    private static let placeholders: [SQL] = [
        "$1", "$2", "$3", "$4", "$5", "$6", "$7", "$8", "$9", "$10", "$11", "$12", "$13", "$14", "$15", "$16", "$17",
        "$18", "$19", "$20", "$21", "$22", "$23", "$24", "$25", "$26", "$27", "$28", "$29", "$30", "$31", "$32",
    ]
}
