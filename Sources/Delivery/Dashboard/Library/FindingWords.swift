/// The words of findings: a short name, a sentence, the choices.
enum FindingWords {
    static func word(_ kind: Finding.Kind, _ page: PageContext) -> String {
        switch kind {
        case .missingIDs: page[.findingMissingIDs]
        case .duplicateID: page[.findingDuplicateID]
        case .contradiction: page[.findingContradiction]
        case .foreignID: page[.findingForeignID]
        case .conflict: page[.findingConflict]
        case .metadataOnly: page[.findingMetadataOnly]
        case .itemMissing: page[.findingItemMissing]
        case .itemReplaced: page[.findingItemReplaced]
        case .arrMissing: page[.findingArrMissing]
        case .idReassigned: page[.findingIDReassigned]
        case .shortListing: page[.findingShortListing]
        case .other: page[.findingOther]
        }
    }

    static func sentence(_ kind: Finding.Kind, _ page: PageContext) -> String {
        switch kind {
        case .missingIDs: page[.findingMissingIDsText]
        case .duplicateID: page[.findingDuplicateIDText]
        case .contradiction: page[.findingContradictionText]
        case .foreignID: page[.findingForeignIDText]
        case .conflict: page[.findingConflictText]
        case .metadataOnly: page[.findingMetadataOnlyText]
        case .itemMissing: page[.driftItemMissing]
        case .itemReplaced: page[.driftItemReplaced]
        case .arrMissing: page[.driftArrMissing]
        case .idReassigned: page[.driftIDReassigned]
        case .shortListing: page[.findingShortListingText]
        case .other: page[.findingOtherText]
        }
    }

    static func word(_ choice: Finding.Choice, _ page: PageContext) -> String {
        switch choice {
        case .keepApart: page[.choiceKeepApart]
        case .adopt: page[.choiceAdopt]
        case .useFound: page[.choiceUseFound]
        case .ignore: page[.choiceIgnore]
        case .ignoreAlways: page[.choiceIgnoreAlways]
        }
    }
}
