import HTML
import Testing

@testable import Dashboard

@Suite("Deletions on pages")
struct DeletionTests {
    private let page = PageContext()

    private func panel(_ status: DeletionModel.Status, _ page: PageContext) -> String {
        DeletionPanel(Samples.deletion(57, status), of: 12, version: 3, page).body.string
    }

    private func form(_ change: (inout DeletePlan) -> Void) -> String {
        var item = DeletePlan.Item(title: "Mushishi", kind: .tv)
        item.services = [.init(service: "radarr", status: .pending)]
        var plan = DeletePlan(requests: [12], planID: "1-a", items: [item])
        change(&plan)
        return DeleteDialog(Samples.row(12, "Mushishi", .available), .plan(plan), page).body.string
    }

    @Test("the button counts titles and, where files go, their size")
    func counted() {
        #expect(form { _ in }.contains("Delete 1 title<"))
        let sized = form {
            $0.deletesFiles = true
            $0.bytes = 9_019_431_322
        }
        #expect(sized.contains("Delete 1 title, 8.4 GiB<"))
        let safe = form {
            $0.deletesFiles = true
            $0.bytes = 9_019_431_322
            $0.isEnabled = false
        }
        #expect(safe.contains("Delete 1 title<") && safe.contains("Only Marquee"))
    }

    @Test("what is unknown must be accepted, and many must be typed, before anything goes")
    func guarded() {
        let unknown = form { $0.items[0].services[0].status = .unknown }
        #expect(unknown.contains("Go on although something is unknown"))
        #expect(form { _ in }.contains("Go on although") == false)
        let many = form { $0.confirmCount = 12 }
        #expect(many.contains("name=\"confirm_count\"") && many.contains("pattern=\"12\""))
    }

    @Test("a plan that is refused offers no button that deletes")
    func refused() {
        let refused = form { $0.items[0].refusal = "Two entries of Radarr fit" }
        #expect(refused.contains("Two entries of Radarr fit") && !refused.contains("Delete 1 title"))
        #expect(!form { $0.items = [] }.contains("Delete 0"))
        let failed = DeleteDialog(Samples.row(12, "Mushishi", .available), .failed("No plan"), page).body.string
        #expect(failed.contains("No plan") && !failed.contains("<form"))
    }

    @Test("what can be done is offered to who may do it, and nothing to others")
    func offers() {
        #expect(panel(.incomplete, page).contains("Retry what failed"))
        #expect(panel(.asked, page).contains("Remove everywhere"))
        #expect(!panel(.inProgress, page).contains("<button"))
        var reader = page
        reader.mayOperate = false
        for status in DeletionModel.Status.allCases { #expect(!panel(status, reader).contains("<form")) }
    }

    @Test("the choices of the dialog are its address, so the server makes each plan")
    func choices() {
        let html = form {
            $0.deletesFiles = true
            $0.torrents = .keep
        }
        #expect(html.contains("method=\"get\"") && html.contains("name=\"dialog\" value=\"delete\""))
        #expect(html.contains("name=\"delete_files\" value=\"true\" checked"))
        #expect(html.contains("<input type=\"hidden\" name=\"torrents\" value=\"keep\">"))
        #expect(html.contains("name=\"plan_id\" value=\"1-a\""))
    }

    @Test("text of strangers stays text")
    func hostile() {
        let text = "<img src=x onerror=alert(1)>\"'"
        let pages = [
            DeletionsPage(
                { () -> DeletionsPage.Model in
                    var model = DeletionsPage.Model()
                    model.rows = [Samples.deletion(57, .incomplete, text: text)]
                    return model
                }(), page
            ).body.string,
            DeletePage(Samples.deletePlan(text: text), page).body.string,
        ]
        for html in pages {
            #expect(!html.contains("<img src=x"))
            #expect(html.contains("&lt;img src=x"))
        }
    }
}
