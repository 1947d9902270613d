import HTML

/// The runs one can start, each as a preview or for good.
struct StartCard: Component {
    let isRunning: Bool
    let page: PageContext

    @MarkupBuilder var body: Markup {
        if page.mayOperate {
            section(.class("card start"), .aria("labelledby", "start-title")) {
                h2(.id("start-title")) { page[.startTitle] }
                run(.librarySync, page[.jobLibrarySync], page[.startLibraryText])
                run(.metadataUpdate, page[.jobMetadataUpdate], page[.startMetadataText])
                run(.pendingSync, page[.jobPendingSync], page[.startPendingText])
                if isRunning { p(.class("muted small")) { page[.startBusy] } }
            }
        }
    }

    private func run(_ kind: JobModel.Kind, _ title: String, _ text: String) -> Markup {
        ActionForm(page, action: kind.startPath, then: "/library", cssClass: "run") {
            h3 { title }
            p(.class("muted")) { text }
            if kind == .librarySync {
                label(.class("check")) {
                    // The box comes first and the fallback after it: the first value of the field counts.
                    input(.type("checkbox"), .name("update_existing"), .value("true"), .flag("checked"))
                    page[.startUpdateExisting]
                }
                input(.type("hidden"), .name("update_existing"), .value("false"))
            }
            div(.class("actions")) {
                ActionButton(
                    kind == .librarySync ? .primary : .secondary, page[.startPreview], icon: .eye, name: "dry_run",
                    value: "true", isDisabled: isRunning, label: page[.startPreviewLabel, ["job": title]])
                ActionButton(
                    kind == .librarySync ? .secondary : .quiet, page[.startRun], icon: .play, name: "dry_run",
                    value: "false", isDisabled: isRunning, label: page[.startRunLabel, ["job": title]])
            }
        }.body
    }
}
