import HTTPClient
import Observability

extension Configuration {
    /// Reads the configuration from the environment, the file it names, and what is stored.
    ///
    /// - Parameters:
    ///   - environment: the process environment; names that are not Marquee's are passed over.
    ///   - stored: what was said on the Settings page, by the names of the environment variables.
    ///   - isWhole: false while what is stored is not known yet: whether anybody can sign in is then left open.
    ///   - surroundings: what defaults depend on; the running process unless given.
    ///   - readFile: reads a small file; throws `FileReadError.missing` where there is none.
    /// - Returns: the checked values, each with its source.
    /// - Throws: every problem at once; the program then ends with exit code 3.
    public static func load(
        environment: [String: String], stored: [String: String] = [:], isWhole: Bool = true,
        surroundings: Surroundings? = nil, readFile: @escaping (String) throws -> [UInt8] = readSmallFile
    ) throws(ConfigurationError) -> Configuration {
        let (environmentLayer, shadowed) = SettingLayer.environment(environment)
        var finder = SettingReader(layers: [environmentLayer], readFile: readFile)
        let file = findFile(&finder)
        let fileLayer = file.map { SettingLayer(.file($0.path), $0.content.values) }
        let storedLayer = SettingLayer(.database, stored.mapValues { .text($0) })
        var reader = SettingReader(
            layers: [fileLayer, storedLayer, environmentLayer].compactMap { $0 }, readFile: readFile)
        var configuration = read(
            &reader, file: file?.path, isWhole: isWhole, surroundings ?? .current(environment: environment))
        configuration.warnings +=
            (file?.content.warnings ?? [])
            + environmentLayer.unknownNames.map { name, nearest in
                unknownSetting(name, in: "environment", nearest: nearest)
            }
            + shadowed.map { "\($0.name) (environment) is ignored: \($0.by) sets the same." }
        configuration.sources = inOrder(finder.reports + reader.reports)
        var problems = finder.problems + (file?.content.problems ?? []) + reader.problems
        // What is missing may be stored.
        if !isWhole { problems.removeAll { $0.source == nil } }
        guard problems.isEmpty else { throw ConfigurationError(problems: problems) }
        return configuration
    }

    /// The order of the reference: our own settings by name, then the services'.
    private static func inOrder(_ reports: [SettingReport]) -> [SettingReport] {
        let isOwn = { (report: SettingReport) in report.name.hasPrefix("MARQUEE_") }
        return reports.filter(isOwn).sorted { $0.name < $1.name } + reports.filter { !isOwn($0) }
    }

    /// The file `MARQUEE_CONFIG` names, which must exist, or the usual one, which may be missing.
    private static func findFile(_ reader: inout SettingReader) -> (path: String, content: ConfigurationFile)? {
        let usual = "/etc/marquee/marquee.json"
        let named = reader.value(SettingCatalogue.config)
        let path = named ?? usual
        do {
            return (path, ConfigurationFile(path: path, bytes: try reader.readFile(path)))
        } catch FileReadError.missing where named == nil {
            return nil
        } catch {
            let source: SettingSource? = named == nil ? nil : .environment
            reader.fail(named == nil ? path : "MARQUEE_CONFIG", source, "cannot be read: \(path) (\(error))")
            return nil
        }
    }

    private static func read(
        _ reader: inout SettingReader, file: String?, isWhole: Bool, _ surroundings: Surroundings
    ) -> Configuration {
        typealias Catalogue = SettingCatalogue
        let adminToken = reader.value(Catalogue.adminToken)
        let adminUsers = reader.value(Catalogue.adminUsers)
        let requestVisibility = reader.value(Catalogue.requestVisibility)
        let requiresHTTPS = reader.value(Catalogue.requireHTTPS)
        let animePaths = reader.value(Catalogue.animePaths)
        let apiKey = reader.value(Catalogue.apiKey)
        let dataDirectory = reader.value(
            Catalogue.dataDirectory, or: surroundings.isContainer ? "/config" : "./data", shown: { $0 })
        let keyFile = reader.value(Catalogue.keyFile, or: joinPath(dataDirectory, "marquee.key"), shown: { $0 })
        let backupDirectory = reader.value(
            Catalogue.backupDirectory, or: joinPath(dataDirectory, "backups"), shown: { $0 })
        let backupEvery = reader.value(Catalogue.backupEvery)
        let backupKeep = reader.value(Catalogue.backupKeep)
        let basePath = reader.value(Catalogue.basePath)
        let jellyfin = reader.instances(of: .jellyfin)
        let hasLogin = adminToken != nil || !jellyfin.isEmpty
        let bind = readBind(&reader, hasLogin: hasLogin || !isWhole, surroundings)
        let databaseURL = reader.value(
            Catalogue.databaseURL, or: .sqlite(in: dataDirectory, name: "marquee.db"), shown: \.description)
        let deletionSettle = reader.value(Catalogue.deletionSettle)
        let deletion = reader.deletion()
        let librarySyncInterval = reader.value(Catalogue.librarySyncInterval)
        let logFormat = reader.value(
            Catalogue.logFormat, or: surroundings.isTerminal ? .text : .json,
            shown: \.rawValue)
        let logLevel = reader.value(Catalogue.logLevel)
        let metricsAllow = reader.value(Catalogue.metricsAllow)
        let network = reader.network()
        let pathMap = reader.value(Catalogue.pathMap)
        let shutdownGrace = reader.value(Catalogue.shutdownGrace)
        let syncTimeline = reader.value(Catalogue.syncTimeline)
        let trustedProxies = reader.value(Catalogue.trustedProxies)
        let serverURL = reader.value(Catalogue.url)
        let polling = reader.polling()
        let limits = reader.attentionLimits()
        let tracking = reader.tracking()
        let webhooks = reader.webhooks()
        let sonarr = reader.instances(of: .sonarr)
        let radarr = reader.instances(of: .radarr)
        let jellyseerr = reader.instances(of: .jellyseerr)
        let qbittorrent = reader.instances(of: .qbittorrent)
        let shoko = reader.instances(of: .shoko)

        return Configuration(
            adminToken: adminToken, adminUsers: adminUsers, requestVisibility: requestVisibility,
            requiresHTTPS: requiresHTTPS, bind: bind.address, basePath: basePath, metricsAllow: metricsAllow,
            trustedProxies: trustedProxies, network: network,
            shutdownGrace: shutdownGrace, configurationFile: file, dataDirectory: dataDirectory,
            keyFile: keyFile, databaseURL: databaseURL, backupDirectory: backupDirectory, backupEvery: backupEvery,
            backupKeep: backupKeep, logFormat: logFormat, logLevel: logLevel, librarySyncInterval: librarySyncInterval,
            syncTimeline: syncTimeline, deletionSettle: deletionSettle, deletion: deletion, animePaths: animePaths,
            pathMap: pathMap,
            polling: polling, limits: limits, tracking: tracking, webhooks: webhooks, serverURL: serverURL,
            apiKey: apiKey, jellyfin: jellyfin, sonarr: sonarr, radarr: radarr, jellyseerr: jellyseerr,
            qbittorrent: qbittorrent, shoko: shoko,
            warnings: bind.warnings, sources: reader.reports,
            secrets: reader.secrets + databaseURL.passwords)
    }

    /// The listening address: beyond this machine only where somebody can sign in.
    ///
    /// A container that listened on loopback alone could not be reached by anybody: where nothing is said it listens,
    /// and the set-up code alone opens it.
    private static func readBind(
        _ reader: inout SettingReader, hasLogin: Bool, _ surroundings: Surroundings
    ) -> (address: BindAddress, warnings: [String]) {
        let name = SettingCatalogue.bind.name
        let usual = BindAddress(host: surroundings.isContainer ? "0.0.0.0" : "127.0.0.1", port: 8100)
        let bind = reader.value(SettingCatalogue.bind, or: usual, shown: \.description)
        guard !hasLogin, !bind.isLoopback else { return (bind, []) }
        if let source = reader.source(of: name) {
            reader.fail(
                name, source,
                "would let others in while nobody can sign in; configure Jellyfin (JELLYFIN_URL, JELLYFIN_API_KEY), "
                    + "set MARQUEE_ADMIN_TOKEN (32 characters or more), or bind 127.0.0.1")
            return (bind, [])
        }
        return (
            bind,
            ["Nobody can sign in yet: until Jellyfin is configured only the set-up code in this log opens Marquee."]
        )
    }
}
