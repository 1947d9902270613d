public import HTML

/// What is going on: what needs a person, what is on its way, what has just arrived.
public struct ActivityPage: Component, Sendable {
    /// The page's model.
    public struct Model: Sendable {
        public var attention = ActivityBand.Model()
        public var moving = ActivityBand.Model()
        public var arrived = ActivityBand.Model()
        public var idle = ActivityIdle.Model()
        /// The newest event id the model was read at.
        public var version: Int64 = 0

        public init() {}

        func band(_ kind: ActivityBand.Kind) -> ActivityBand.Model {
            switch kind {
            case .attention: attention
            case .moving: moving
            case .arrived: arrived
            }
        }
    }

    let model: Model
    let page: PageContext

    /// The page's main part, without the layout.
    public init(_ model: Model, _ page: PageContext) {
        self.model = model
        self.page = page
    }

    public var body: Markup {
        h1(.class("hidden")) { page[.activityTitle] }
        ActivityIdle(
            model.idle, isIdle: model.attention.rows.isEmpty && model.moving.rows.isEmpty, version: model.version, page)
        for kind in ActivityBand.Kind.allCases {
            ActivityBand(kind, model.band(kind), version: model.version, page)
        }
    }

    /// One region of the page, for `?fragment=`; nil if there is no region of that name.
    public func fragment(_ region: String) -> Markup? {
        region == "main" ? Layout.main(body) : nil
    }
}
