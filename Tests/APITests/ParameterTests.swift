import HTTPServer
import Shapes
import Store
import Testing

@testable import API

@Suite("What comes in a query, a form or a body")
struct ParameterTests {
    private func body(_ json: String) throws -> Parameters {
        try Parameters(
            Request(
                "POST", path: "/", headers: Headers([("Content-Type", "application/json")]), body: Array(json.utf8)))
    }

    private func query(_ text: Substring) throws -> Parameters {
        try Parameters(Request("GET", path: "/", query: try #require(Query(text))))
    }

    private func refusal(_ work: () throws -> Void) -> String? {
        do {
            try work()
            return nil
        } catch let problem as Problem {
            return problem.status == 422 ? problem.fields.first?.name : "status \(problem.status)"
        } catch { return "\(error)" }
    }

    @Test("a value of another kind is refused by its name, never passed over")
    func kinds() throws {
        for wrong in ["{}", "[1]", "[\"a\"]", "1.5", "\"x\"", "{\"a\":{}}"] {
            let parameters = try body("{\"v\":\(wrong)}")
            #expect(refusal { _ = try parameters.flag("v", default: false) } == "v", "\(wrong)")
            #expect(refusal { _ = try parameters.integer("v") } == "v", "\(wrong)")
        }
        for wrong in ["{}", "[1]", "[\"a\"]", "1", "true"] {
            let parameters = try body("{\"v\":\(wrong)}")
            #expect(refusal { _ = try parameters.string("v") } == "v", "\(wrong)")
            #expect(refusal { _ = try parameters.choice("v", Role.self) } == "v", "\(wrong)")
        }
        for wrong in ["{}", "[1]", "\"a\"", "1", "true"] {
            let parameters = try body("{\"v\":\(wrong)}")
            #expect(refusal { _ = try parameters.list("v") } == "v", "\(wrong)")
        }
        // Once read as "no plan", so that a sync was run in its place.
        #expect(refusal { _ = try body("{\"plan\":1.5}").integer("plan") } == "plan")
        #expect(refusal { _ = try body("{\"plan\":9223372036854775808}").integer("plan") } == "plan")
    }

    @Test("null is as good as absent")
    func null() throws {
        let parameters = try body("{\"v\":null}")
        #expect(try !parameters.flag("v", default: false))
        #expect(try parameters.integer("v") == nil)
        #expect(try parameters.string("v") == nil)
        #expect(try parameters.list("v") == [])
        #expect(!parameters.has("v"))
    }

    @Test("right kinds are read, from a body, a form and a query alike")
    func right() throws {
        let json = try body("{\"flag\":true,\"n\":7,\"text\":\"x\",\"list\":[\"a\",\"b\"],\"role\":\"user\"}")
        let form = try query("flag=on&n=7&text=x&list=a,b&role=user")
        for parameters in [json, form] {
            #expect(try parameters.flag("flag", default: false))
            #expect(try parameters.integer("n") == 7)
            #expect(try parameters.string("text") == "x")
            #expect(try parameters.list("list") == ["a", "b"])
            #expect(try parameters.choice("role", Role.self) == .user)
            #expect(parameters.has("flag") && !parameters.has("other"))
        }
    }

    @Test("a flag without a value is no way to say no")
    func emptyFlag() throws {
        #expect(refusal { _ = try query("dry_run").flag("dry_run", default: false) } == "dry_run")
        #expect(refusal { _ = try query("dry_run=").flag("dry_run", default: false) } == "dry_run")
    }

    @Test("pages of a list held whole come one after the other, each element once")
    func pages() throws {
        let all = Array(1...45)
        for limit in [1, 7, 44, 45, 46, 200] {
            var (seen, after): ([Int], String?) = ([], nil)
            repeat {
                let page = try query("limit=\(limit)&after=\(after ?? "")").page(all) { String($0) }
                #expect(page.elements.count <= limit)
                seen += page.elements
                after = page.next
            } while after != nil
            #expect(seen == all, "limit \(limit)")
        }
        #expect(refusal { _ = try query("after=46").page(all) { String($0) } } == "after")
        #expect(try query("limit=9").page([Int]()) { String($0) }.next == nil)
    }
}
