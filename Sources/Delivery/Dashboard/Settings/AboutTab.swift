public import HTML

/// What this Marquee is, and what its configuration is warned of.
public struct AboutTab: Component, Sendable {
    /// The part's model.
    public struct Model: Sendable {
        public var version: String
        public var database: String
        public var dataDirectory: String
        public var configurationFile: String?
        public var warnings: [String]

        public init(
            version: String, database: String, dataDirectory: String, configurationFile: String?, warnings: [String]
        ) {
            self.version = version
            self.database = database
            self.dataDirectory = dataDirectory
            self.configurationFile = configurationFile
            self.warnings = warnings
        }
    }

    let model: Model
    let page: PageContext

    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        for warning in model.warnings { Notice(.attention, title: warning) }
        section(.class("card"), .aria("labelledby", "about-title")) {
            h2(.id("about-title")) { page[.productName] + " " + model.version }
            dl(.class("facts")) {
                fact(page[.aboutDatabase], model.database)
                fact(page[.aboutData], model.dataDirectory)
                fact(page[.aboutFile], model.configurationFile ?? page[.valueNone])
            }
        }
    }

    private func fact(_ name: String, _ value: String) -> Markup {
        div {
            dt { name }
            dd { code { value } }
        }
    }
}
