import HTML

/// One line for each service: what became of the title there, and why.
struct DeletionLines: Component {
    let services: [DeletionModel.Outcome]
    let badge: (DeletionModel.Step) -> Badge
    let page: PageContext

    init(
        _ services: [DeletionModel.Outcome], _ page: PageContext,
        badge: @escaping (DeletionModel.Step, PageContext) -> Badge = DeletionWords.badge
    ) {
        self.services = services
        self.badge = { badge($0, page) }
        self.page = page
    }

    var body: Markup {
        ul(.class("stacked")) {
            for service in services {
                li(.class("actions")) {
                    strong { DeletionWords.service(service, page) }
                    badge(service.status)
                    if let details = service.details { bdi { details } }
                    if let error = service.error { bdi(.class("reason")) { error } }
                }
            }
        }
    }
}
