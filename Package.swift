// swift-tools-version: 6.2
import PackageDescription

// The folders under Sources/ are the layers; Sources/layers.txt holds their order and `scripts/check-layers` enforces it.

func system(_ name: String, pkgConfig: String? = nil, apt package: String? = nil) -> Target {
    .systemLibrary(
        name: name, path: "Sources/System/\(name)", pkgConfig: pkgConfig, providers: package.map { [.apt([$0])] })
}

func clang(_ name: String, _ settings: [CSetting] = [], exclude: [String] = []) -> Target {
    .target(name: name, path: "Sources/System/\(name)", exclude: exclude, cSettings: settings)
}

func target(_ layer: String, _ name: String, _ dependencies: [String] = []) -> Target {
    .target(name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, path: "Sources/\(layer)/\(name)")
}

func program(_ name: String, _ dependencies: [String]) -> Target {
    .executableTarget(
        name: name, dependencies: dependencies.map { .init(stringLiteral: $0) }, path: "Sources/Programs/\(name)")
}

func tests(_ name: String, _ dependencies: [String], resources: [Resource] = [], exclude: [String] = []) -> Target {
    .testTarget(
        name: name, dependencies: (dependencies + ["TestSupport"]).map { .init(stringLiteral: $0) },
        path: "Tests/\(name)", exclude: exclude, resources: resources)
}

let package = Package(
    name: "marquee",
    products: [
        .executable(name: "marquee", targets: ["marquee"]),
        .executable(name: "marquee-simulator", targets: ["marquee-simulator"]),
    ],
    targets: [
        // System
        system("CSQLite", pkgConfig: "sqlite3", apt: "libsqlite3-dev"),
        system("CPostgreSQL", pkgConfig: "libpq", apt: "libpq-dev"),
        system("CMicroHTTPD", pkgConfig: "libmicrohttpd", apt: "libmicrohttpd-dev"),
        system("CCurl", pkgConfig: "libcurl", apt: "libcurl4-openssl-dev"),
        system("CWslay", apt: "libwslay-dev"),  // Debian ships no .pc file for it
        system("CCrypto", pkgConfig: "libcrypto", apt: "libssl-dev"),
        system("CZlib", pkgConfig: "zlib", apt: "zlib1g-dev"),
        system("CEpoll"),
        clang("CScan"),
        clang("CWebAssets", [.unsafeFlags(["-Wno-c23-extensions"])], exclude: ["assets"]),

        // Mechanisms
        target("Mechanisms", "Observability"),
        target("Mechanisms", "Lifecycle", ["CEpoll"]),
        target("Mechanisms", "Compression", ["CZlib"]),
        target("Mechanisms", "Cryptography", ["CCrypto"]),
        target("Mechanisms", "JSONStream", ["CScan"]),
        target("Mechanisms", "Database", ["CSQLite", "CPostgreSQL", "Lifecycle"]),
        target("Mechanisms", "HTTPClient", ["CCurl", "JSONStream"]),
        target("Mechanisms", "HTTPServer", ["CMicroHTTPD", "CEpoll", "Compression", "Lifecycle"]),
        target(
            "Mechanisms", "WebSocket",
            ["CCurl", "CWslay", "CEpoll", "Cryptography", "Lifecycle", "HTTPClient"]),
        target("Mechanisms", "SignalR", ["WebSocket", "HTTPClient", "JSONStream", "Lifecycle"]),
        target("Mechanisms", "HTML"),
        target("Mechanisms", "OpenAPI", ["JSONStream"]),

        // Domain
        target("Domain", "Media"),

        // Upstreams
        target("Upstreams", "Jellyfin", ["Media", "JSONStream", "HTTPClient"]),
        target("Upstreams", "Servarr", ["Media", "JSONStream", "HTTPClient"]),
        target("Upstreams", "Seerr", ["Media", "JSONStream", "HTTPClient"]),
        target("Upstreams", "QBittorrent", ["Media", "JSONStream", "HTTPClient"]),
        target("Upstreams", "Shoko", ["Media", "JSONStream", "HTTPClient", "WebSocket", "SignalR", "Lifecycle"]),

        // Runtime
        target("Runtime", "Changes"),
        target(
            "Runtime", "Store", ["Changes", "Media", "Database", "Lifecycle", "JSONStream", "Cryptography"]),
        target("Runtime", "Settings", ["Media", "Observability", "HTTPClient"]),
        target("Runtime", "Jobs", ["Store", "Changes", "Media", "Lifecycle", "Observability", "Database"]),

        // Features
        target(
            "Features", "Accounts",
            ["Store", "Jellyfin", "Media", "Database", "HTTPClient", "Cryptography", "Lifecycle", "Observability"]),
        target(
            "Features", "Administration",
            [
                "Settings", "Store", "Changes", "Jellyfin", "Servarr", "Seerr", "QBittorrent", "Shoko", "Media",
                "Database", "HTTPClient", "Cryptography",
            ]),
        target(
            "Features", "Tracking",
            [
                "Jobs", "Store", "Changes", "Jellyfin", "Servarr", "Seerr", "QBittorrent", "Shoko", "Media",
                "Observability",
                "HTTPClient", "WebSocket", "SignalR", "Database", "JSONStream", "Lifecycle",
            ]),
        target(
            "Features", "LibrarySync",
            [
                "Jobs", "Store", "Changes", "Jellyfin", "Servarr", "Media", "Observability", "HTTPClient", "Database",
                "JSONStream",
            ]),

        target(
            "Features", "Deletion",
            [
                "Jobs", "Store", "Changes", "Jellyfin", "Servarr", "Seerr", "QBittorrent", "Shoko", "Media",
                "Observability", "HTTPClient", "Database", "JSONStream", "Lifecycle", "Cryptography",
            ]),

        // Delivery
        target("Delivery", "Dashboard", ["HTML", "CWebAssets"]),
        target(
            "Delivery", "Shapes",
            [
                "Dashboard", "OpenAPI", "JSONStream", "Media", "Store", "Jobs", "LibrarySync", "Tracking",
                "Deletion", "Administration", "Settings",
            ]),
        target(
            "Delivery", "API",
            [
                "Dashboard", "Shapes", "OpenAPI", "HTTPServer", "Accounts", "Administration", "Tracking", "LibrarySync",
                "Deletion", "Jobs", "Store",
                "Changes", "Settings", "HTTPClient", "Media", "SignalR", "Observability", "Lifecycle", "JSONStream",
                "HTML", "Cryptography", "Database",
            ]),
        target(
            "Delivery", "CommandLine",
            [
                "API", "Shapes", "OpenAPI", "Accounts", "Administration", "Tracking", "LibrarySync", "Deletion", "Jobs",
                "Store",
                "Changes", "Settings",
                "Jellyfin",
                "Servarr", "Seerr", "QBittorrent", "Shoko", "HTTPServer", "HTTPClient", "Database", "Lifecycle",
                "Observability", "Cryptography", "Media", "JSONStream",
            ]),

        // Programs
        program("marquee", ["CommandLine"]),
        program("marquee-simulator", ["Simulator", "Lifecycle"]),

        // Benchmarks
        .executableTarget(
            name: "bench-insert", dependencies: ["Database"], path: "Benchmarks/insert", exclude: ["floor", "run"]),

        // Beside the layers
        .target(
            name: "Simulator",
            dependencies: ["HTTPServer", "HTTPClient", "JSONStream", "Lifecycle", "Cryptography", "CWslay"],
            path: "Sources/Simulator"),
        .executableTarget(name: "bench-parse", dependencies: ["JSONStream"], path: "Benchmarks/parse"),
        .target(
            name: "TestSupport", dependencies: ["HTTPClient", "Database", "Lifecycle", "Cryptography", "JSONStream"],
            path: "Sources/TestSupport"),
    ],
    swiftLanguageModes: [.v6]
)

package.targets += [
    tests("ObservabilityTests", ["Observability"]),
    tests("LifecycleTests", ["Lifecycle"]),
    tests("CompressionTests", ["Compression", "CZlib"]),
    tests("CryptographyTests", ["Cryptography"]),
    tests("JSONStreamTests", ["JSONStream", "CScan"]),
    tests("DatabaseTests", ["Database"]),
    tests("HTTPClientTests", ["HTTPClient", "HTTPServer", "Lifecycle"]),
    tests("HTTPServerTests", ["HTTPServer", "Lifecycle"]),
    tests("WebSocketTests", ["WebSocket", "HTTPClient", "Lifecycle"]),
    tests("SignalRTests", ["SignalR", "WebSocket", "HTTPClient", "Lifecycle"]),
    tests("HTMLTests", ["HTML"]),
    tests("OpenAPITests", ["OpenAPI", "JSONStream"]),
    tests("StoreTests", ["Store", "Database", "Changes", "Media"]),
    tests(
        "TrackingTests",
        [
            "Tracking", "Changes", "Database", "HTTPClient", "Jellyfin", "Media", "Observability", "Seerr", "Servarr",
            "Store",
        ]),
    tests(
        "AccountsTests",
        ["Accounts", "Store", "Changes", "Media", "Database", "Jellyfin", "HTTPClient", "Observability"]),
    tests("SettingsTests", ["Settings", "Media"]),
    tests(
        "AdministrationTests",
        [
            "Administration", "Settings", "Store", "Changes", "Media", "Database", "HTTPClient", "Cryptography",
            "Observability", "JSONStream",
        ]),
    tests("SimulatorTests", ["Simulator", "HTTPServer", "HTTPClient", "Lifecycle", "SignalR", "WebSocket"]),
    tests("DashboardTests", ["Dashboard", "HTML", "Compression"], exclude: ["__Snapshots__"]),
    tests(
        "APITests",
        [
            "API", "Dashboard", "Shapes", "OpenAPI", "Accounts", "Administration", "Tracking", "LibrarySync",
            "Deletion", "Jobs", "Changes", "Cryptography", "Database", "HTTPServer", "HTTPClient", "Observability",
            "Media", "Store", "Lifecycle", "Settings",
        ]),
    tests("CommandLineTests", ["CommandLine", "API", "Settings", "HTTPClient", "Media"]),
    tests("MediaTests", ["Media"]),
    tests("JellyfinTests", ["Jellyfin", "Media", "HTTPClient"]),
    tests("ServarrTests", ["Servarr", "Media", "HTTPClient"]),
    tests("SeerrTests", ["Seerr", "Media", "HTTPClient"]),
    tests("QBittorrentTests", ["QBittorrent", "Media", "HTTPClient"]),
    tests("ShokoTests", ["Shoko", "SignalR", "WebSocket", "Media", "HTTPClient", "Lifecycle"]),
    tests("JobsTests", ["Jobs", "Store", "Changes", "Media", "Database", "Observability"]),
    tests(
        "LibrarySyncTests",
        [
            "LibrarySync", "Jobs", "Store", "Changes", "Media", "Database", "Observability", "HTTPClient", "Simulator",
            "Lifecycle", "JSONStream",
        ]),
    tests(
        "DeletionTests",
        ["Deletion", "Jobs", "Store", "Changes", "Media", "Database", "Observability", "Lifecycle", "HTTPClient"]),
    tests(
        "PendingTests",
        ["Tracking", "Jobs", "Store", "Changes", "Media", "Database", "Observability", "HTTPClient"]),
    .testTarget(
        name: "AcceptanceTests",
        dependencies: ["HTTPClient", "HTTPServer", "TestSupport", "Database", "Store", "marquee", "marquee-simulator"],
        path: "Tests/Acceptance"),
    .testTarget(name: "BrowserTests", dependencies: ["Dashboard", "HTML", "TestSupport"], path: "Tests/Browser"),
]

// One settings block for every target; nobody opts out.
for target in package.targets where [.regular, .executable, .test].contains(target.type) {
    if target.path?.hasPrefix("Sources/System/") == true { continue }
    target.swiftSettings =
        (target.swiftSettings ?? []) + [
            .enableUpcomingFeature("ExistentialAny"),
            .enableUpcomingFeature("InternalImportsByDefault"),
            .enableUpcomingFeature("MemberImportVisibility"),
            .enableUpcomingFeature("NonisolatedNonsendingByDefault"),
            .enableUpcomingFeature("InferIsolatedConformances"),
            .enableUpcomingFeature("ImmutableWeakCaptures"),
            .strictMemorySafety(),
            .treatAllWarnings(as: .error),
        ]
}
