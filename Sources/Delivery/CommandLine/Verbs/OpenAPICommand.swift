import API
import Foundation
import HTTPServer
import Observability
import OpenAPI
import Settings

/// `marquee openapi`: the description of the API, made from the table of this program's routes.
///
/// It needs no server, no configuration and no database: a Marquee over an empty folder tells it, and is gone after.
func openAPICommand(_ environment: Environment) -> Command {
    Command(
        "openapi", "print the OpenAPI description of the HTTP API", example: "marquee openapi > openapi.json"
    ) { _ in
        let folder = FileManager.default.temporaryDirectory.appendingPathComponent("marquee-\(UUID().uuidString)")
        try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
        defer { try? FileManager.default.removeItem(at: folder) }
        var own = ["MARQUEE_DATA_DIR": folder.path]
        own["MARQUEE_BASE_PATH"] = environment.variables["MARQUEE_BASE_PATH"]
        let application = try await Application.open(
            try Configuration.load(environment: own), environment: own, sink: LogSink(level: .error, write: { _ in }),
            bind: BindAddress(host: "127.0.0.1", port: 0))
        let description = application.turns.current.composition.api.description.jsonBytes
        await application.close()
        environment.console.write(String(decoding: description, as: UTF8.self) + "\n")
        return .done
    }
}
