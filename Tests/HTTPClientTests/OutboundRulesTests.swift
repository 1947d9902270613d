import Glibc
import HTTPClient
import Testing

@Suite(.timeLimit(.minutes(1))) struct OutboundRulesTests {
    @Test(
        "home networks, loopback and the internet may be called",
        arguments: [
            "127.0.0.1", "127.9.9.9", "10.0.0.1", "172.16.0.1", "192.168.1.1", "100.64.0.1", "1.1.1.1", "::1",
            "fd00::1", "2606:4700::1111", "::ffff:192.168.1.1", "::ffff:127.0.0.1", "64:ff9b::1.1.1.1",
        ])
    func allowed(text: String) throws {
        #expect(OutboundRules().denial(of: try #require(IPAddress(text)), port: 80) == nil)
    }

    @Test(
        "addresses that no service has are denied, in every disguise",
        arguments: [
            ("0.0.0.0", "unspecified"), ("0.1.2.3", "unspecified"), ("::", "unspecified"),
            ("169.254.169.254", "link-local"), ("169.254.0.1", "link-local"), ("fe80::1", "link-local"),
            ("febf::1", "link-local"), ("224.0.0.1", "multicast"), ("239.255.255.250", "multicast"),
            ("ff02::1", "multicast"), ("255.255.255.255", "broadcast"), ("100.100.100.200", "cloud metadata"),
            ("168.63.129.16", "cloud metadata"), ("192.0.0.192", "cloud metadata"),
            ("fd00:ec2::254", "cloud metadata"), ("fd20:ce::254", "cloud metadata"),
            ("::ffff:169.254.169.254", "link-local"), ("::169.254.169.254", "link-local"),
            ("64:ff9b::169.254.169.254", "link-local"), ("2002:a9fe:a9fe::1", "link-local"),
            ("::ffff:0.0.0.0", "unspecified"), ("::ffff:255.255.255.255", "broadcast"),
            ("::ffff:224.0.0.1", "multicast"), ("::ffff:0:169.254.169.254", "link-local"),
            ("64:ff9b:1::169.254.169.254", "link-local"), ("2001:0:1:2:3:4:5601:5601", "link-local"),
            ("2001:db8::5efe:169.254.169.254", "link-local"),
        ])
    func denied(text: String, kind: String) throws {
        #expect(OutboundRules().denial(of: try #require(IPAddress(text)), port: 80) == kind)
    }

    @Test("configured blocks are denied, mapped forms too")
    func configured() throws {
        let rules = OutboundRules(denied: ["10.0.0.0/8", "fd00::/8"].compactMap { AddressRange($0) })
        for text in ["10.255.0.1", "::ffff:10.0.0.1", "fd12::1"] {
            #expect(rules.denial(of: try #require(IPAddress(text)), port: 80) == "denied by configuration")
        }
        #expect(rules.denial(of: try #require(IPAddress("11.0.0.1")), port: 80) == nil)
    }

    @Test("this program's own port is denied on this machine only")
    func ownPort() throws {
        let rules = OutboundRules(ownPort: { 8080 })
        for text in ["127.0.0.1", "127.1.2.3", "::1", "::ffff:127.0.0.1"] {
            #expect(rules.denial(of: try #require(IPAddress(text)), port: 8080) == "this program itself")
            #expect(rules.denial(of: try #require(IPAddress(text)), port: 8081) == nil)
        }
        #expect(rules.denial(of: try #require(IPAddress("192.0.2.1")), port: 8080) == nil)
    }

    @Test("blocks compare whole bits")
    func ranges() throws {
        let range = try #require(AddressRange("192.168.4.0/22"))
        #expect(range.contains(try #require(IPAddress("192.168.7.255"))))
        #expect(!range.contains(try #require(IPAddress("192.168.8.0"))))
        #expect(!range.contains(try #require(IPAddress("::1"))))
        #expect(try #require(AddressRange("0.0.0.0/0")).contains(try #require(IPAddress("9.9.9.9"))))
        #expect(try #require(AddressRange("::1")).description == "::1/128")
        for text in ["", "10.0.0.0/33", "10.0.0/8", "10.0.0.0/", "10.0.0.0/8/8", "10.0.0.0/-1", "x", "::/129"] {
            #expect(AddressRange(text) == nil)
        }
    }

    @Test("addresses read and write themselves", arguments: ["192.168.0.1", "fd00::1:2", "::ffff:10.0.0.1"])
    func addresses(text: String) throws {
        #expect(IPAddress(text)?.description == text)
        #expect(IPAddress(text + "x") == nil)
        #expect(IPAddress(bytes: [1, 2, 3]) == nil)
    }

    @Test("a denied address is refused before a single packet, however it is written")
    func connect() async throws {
        let server = try RawServer.answering { _ in "caught".ok }
        defer { server.stop() }
        let denying = OutboundRules(denied: ["127.0.0.0/8", "::1"].compactMap { AddressRange($0) })
        for host in ["127.0.0.1", "localhost", "0x7f.1", "2130706433", "[::ffff:127.0.0.1]"] {
            let request = HTTPRequest("GET", "http://\(host):\(server.port)/")
            let transport = CurlTransport(rules: denying)
            let error = await failure { () throws(UpstreamError) in try await transport.send(request) }
            guard case .forbiddenAddress(let address)? = error?.reason else {
                Issue.record("\(host): \(String(describing: error))")
                continue
            }
            #expect(address.hasSuffix("(denied by configuration)"))
            #expect(error?.isTransient == false)
        }
        #expect(server.connectionCount == 0)
    }

    @Test(
        "metadata and unspecified addresses are refused by default", arguments: ["169.254.169.254", "0.0.0.0", "[::]"])
    func defaults(host: String) async throws {
        let request = HTTPRequest("GET", "http://\(host):1/latest/meta-data")
        let error = await failure { () throws(UpstreamError) in try await CurlTransport().send(request) }
        guard case .forbiddenAddress? = error?.reason else {
            Issue.record("\(String(describing: error))")
            return
        }
    }

    @Test("a proxy in the environment is ignored")
    func proxy() async throws {
        await #expect(processExitsWith: .success) {
            unsafe setenv("http_proxy", "http://127.0.0.1:1", 1)
            unsafe setenv("all_proxy", "http://127.0.0.1:1", 1)
            let server = try RawServer.answering { _ in "direct".ok }
            let response = try await CurlTransport().send(HTTPRequest("GET", server.url))
            precondition(response.text == "direct")
        }
    }
}
