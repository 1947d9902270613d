import Media
import Testing

@Suite("Deletions made elsewhere")
struct VanishingTests {
    private static let now = Timestamp(milliseconds: 1_000_000_000)
    private static let grace = Duration.seconds(600)

    private func signal(_ loss: RemovalSignal.Loss, _ type: MediaType = .movie) -> RemovalSignal {
        RemovalSignal(
            service: "radarr", instance: "default", loss: loss, keys: MediaKeys(mediaType: type), at: Self.now)
    }

    private func response(
        _ loss: RemovalSignal.Loss, _ type: MediaType = .movie, _ standing: RemovalStanding = RemovalStanding()
    ) -> RemovalResponse {
        signal(loss, type).response(for: standing, grace: Self.grace)
    }

    @Test("an upgrade, an override and a lost link are no deletions; a missing disk is unknown")
    func reasons() {
        for reason: RemovalSignal.FileReason in [.upgrade, .manualOverride, .noLinkedEpisodes] {
            #expect(response(.file(reason)) == .note && response(.file(reason), .tv) == .note)
        }
        for reason: RemovalSignal.FileReason in [.missingFromDisk, .untold] {
            #expect(response(.file(reason)) == .awaitReconciliation)
        }
        #expect(RemovalSignal.FileReason(word: "MissingFromDisk") == .missingFromDisk)
        #expect(RemovalSignal.FileReason(word: "somethingNew") == .untold)
        #expect(RemovalSignal.FileReason(word: nil) == .untold)
    }

    @Test(
        "a film's file deleted by hand, and a vanished item, are looked for after the grace; parts are only asked about"
    )
    func looks() {
        let later = RemovalResponse.searchListing(notBefore: Self.now.advanced(by: Self.grace))
        #expect(response(.file(.manual)) == later && response(.file(.manual), .tv) == .recheck)
        #expect(response(.item(isWhole: true)) == later && response(.item(isWhole: true), .tv) == later)
        #expect(response(.item(isWhole: false), .tv) == .recheck && response(.shokoFile) == .recheck)
    }

    @Test("a deleted title is asked about at the origin; files went along only where it says so")
    func titles() {
        #expect(response(.title(deletedFiles: true)) == .askOrigin(deletedFiles: true))
        #expect(response(.title(deletedFiles: false)) == .askOrigin(deletedFiles: false))
        #expect(response(.title(deletedFiles: nil)) == .askOrigin(deletedFiles: false))
    }

    private static let losses: [RemovalSignal.Loss] =
        RemovalSignal.FileReason.allCases.map { .file($0) } + [
            .title(deletedFiles: nil), .item(isWhole: true), .item(isWhole: false), .shokoFile,
        ]

    @Test("what our own deletion causes belongs to its log, and a deleted row only takes notes", arguments: losses)
    func ownDeletion(loss: RemovalSignal.Loss) {
        let own = RemovalStanding(isDeleted: false, runningLog: 57)
        #expect(response(loss, .tv, own) == .attach(log: 57))
        #expect(response(loss, .movie, RemovalStanding(isDeleted: true)) == .note)
    }

    @Test("only a 404 and an empty look-up, everywhere, prove a title deleted")
    func origin() {
        for byID in Presence.allCases {
            for byLookup in Presence.allCases {
                for elsewhere in Presence.allCases {
                    let all = [byID, byLookup, elsewhere]
                    let verdict = RemovalVerdict.ofOrigin(byID: byID, byLookup: byLookup, elsewhere: [elsewhere])
                    let expected: RemovalVerdict =
                        all.contains(.present) ? .stands : all.contains(.unknown) ? .unknown : .deleted
                    #expect(verdict == expected, "\(all)")
                }
            }
        }
        #expect(RemovalVerdict.ofOrigin(byID: .absent, byLookup: .absent) == .deleted)
    }

    @Test("an item found again is no deletion; a missing one is one only with proof and without a file")
    func listing() throws {
        let stored = try #require(JellyfinItemID("aa000000000000000000000000000001"))
        let other = try #require(JellyfinItemID("aa000000000000000000000000000002"))
        for isProof in [true, false] {
            for file in Presence.allCases {
                func verdict(_ item: JellyfinItemID?) -> RemovalVerdict {
                    .ofListing(item: item, stored: stored, isProof: isProof, arrFile: file)
                }
                #expect(verdict(stored) == .stands && verdict(other) == .moved(other))
                let missing = verdict(nil)
                #expect((missing == .deleted) == (isProof && file == .absent))
                #expect((missing == .notAppearing) == (isProof && file == .present))
            }
        }
    }

    @Test(
        "facts read later tell the same losses as webhooks",
        arguments: ["radarr", "sonarr", "shoko", "jellyfin", "seerr"])
    func facts(service: String) {
        for fact in Observation.Fact.allCases {
            let told = Observation(
                service: service, instance: "default", channel: .poll, fact: fact, naturalKey: "k",
                observedAt: Self.now, receivedAt: Self.now)
            let isArr = service == "radarr" || service == "sonarr"
            let expected: RemovalSignal.Loss? =
                switch fact {
                case .fileRemoved: isArr ? .file(.manual) : service == "shoko" ? .shokoFile : nil
                case .fileReplaced: isArr ? .file(.upgrade) : nil
                case .vanishHint: .item(isWhole: true)
                default: nil
                }
            #expect(RemovalSignal(told)?.loss == expected, "\(fact)")
        }
    }
}
