import Dashboard
import HTTPServer
import OpenAPI
import TestSupport
import Testing

@testable import API

@Suite("The description of the API")
struct DescriptionTests {
    /// What has no place in it: pages, their files, and what answers only that nothing is there.
    private static let undescribed: Set<String> = [
        "GET /", "GET /library", "GET /requests", "GET /request/{id}", "GET /status", "GET /login", "GET /history",
        "GET /deletions", "GET /deletions/new", "GET /music", "GET /publishing",
        "GET /assets/{name}", "POST /hooks/{service}",
        "POST /requests/bulk", "GET /settings", "GET /settings/webhooks", "GET /settings/general", "GET /settings/keys",
        "GET /settings/users",
        "GET /settings/audit", "GET /settings/about", "POST /settings/{section}", "POST /settings/webhooks",
        "POST /settings/webhooks/install",
        "GET /settings/backups", "POST /settings/backups", "POST /settings/backups/{id}/verify",
        "POST /settings/keys", "POST /settings/keys/{id}/revoke", "POST /settings/users/{id}",
    ]

    @Test("every route is described but pages and their files")
    func complete() async throws {
        try await TestAPI.with { api in
            let rows = api.routes.table
            let undescribed = rows.filter { $0.doc.operation == nil }.map { "\($0.method) \($0.pattern)" }
            #expect(Set(undescribed) == Self.undescribed)
            let endpoints = api.description.endpoints
            #expect(endpoints.count == rows.count - undescribed.count)
            #expect(Set(endpoints.map(\.operation.id)).count == endpoints.count, "an id stands twice")
            for endpoint in endpoints {
                let place = "\(endpoint.method) \(endpoint.path)"
                #expect(endpoint.operation.summary.hasSuffix("."), "\(place)")
                #expect(endpoint.operation.answers.contains { $0.status < 300 }, "\(place)")
                let statuses = endpoint.operation.answers.map(\.status)
                #expect(Set(statuses).count == statuses.count, "\(place) tells a status twice")
                let names = endpoint.operation.parameters.map { "\($0.place) \($0.name)" }
                #expect(Set(names).count == names.count, "\(place) tells a parameter twice")
            }
        }
    }

    @Test("the parameters of a path are those of its pattern, and no form is named for a path without it")
    func paths() async throws {
        try await TestAPI.with { api in
            for row in api.routes.table {
                #expect(Set(row.doc.path.keys).isSubset(of: row.parameters), "\(row.method) \(row.pattern)")
                guard let operation = RouteDoc.operation(of: row) else { continue }
                #expect(operation.parameters.filter { $0.place == .path }.map(\.name) == row.parameters)
            }
        }
    }

    @Test("a name stands for one form everywhere")
    func names() async throws {
        try await TestAPI.with { api in
            var forms: [String: Set<String>] = [:]
            for operation in api.description.endpoints.map(\.operation) {
                for schema in [operation.body?.schema] + operation.answers.map(\.content?.schema) {
                    var found: [String: Schema] = [:]
                    schema?.collect(into: &found)
                    for (name, form) in found { forms[name, default: []].insert("\(form)") }
                }
            }
            #expect(forms.count > 20)
            for (name, written) in forms { #expect(written.count == 1, "\(name)") }
        }
    }

    @Test("what needs a sign-in says so with its refusals; what is open asks for nothing")
    func refusals() async throws {
        try await TestAPI.with { api in
            for row in api.routes.table {
                guard let operation = RouteDoc.operation(of: row) else { continue }
                let place = "\(row.method) \(row.pattern)"
                let statuses = Set(operation.answers.map(\.status))
                #expect(operation.security.isEmpty == (row.permission == .open), "\(place)")
                if row.permission != .open { #expect(statuses.contains(401), "\(place)") }
                if row.method != "GET" { #expect(statuses.contains(413), "\(place)") }
                if row.permission != .hook, operation.body != nil { #expect(statuses.contains(422), "\(place)") }
                if !row.parameters.isEmpty { #expect(statuses.contains(404), "\(place)") }
                for answer in operation.answers where answer.status >= 400 && answer.content?.type != "text/plain" {
                    #expect(answer.content?.type == "application/problem+json", "\(place)")
                }
            }
        }
    }

    @Test("the page names every operation and every form, and links only to forms that are there")
    func page() async throws {
        try await TestAPI.with { api in
            let model = api.docsModel
            let entries = model.chapters.flatMap(\.routes)
            #expect(entries.count == api.description.endpoints.count)
            let forms = Set(model.forms.map(\.name))
            let rows = entries.flatMap { $0.answers + $0.members + $0.parameters } + model.forms.flatMap(\.members)
            for link in rows.compactMap(\.link) { #expect(forms.contains(link)) }
            let request = try #require(model.forms.first { $0.name == "Request" })
            #expect(request.members.contains { $0.name == "ids.tmdb" && $0.form == "whole number, or null" })
        }
    }
}
