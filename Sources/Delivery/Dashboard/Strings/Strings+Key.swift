extension Strings {
    /// The name of every sentence; its catalogue entry is in the file of its area.
    public enum Key: String, Sendable, CaseIterable {
        // Words used on every page.
        case productName, skipToMain, navLabel, searchLabel, themeLabel, themeDark, themeLight, themeAuto
        case connectionConnecting, connectionLive, connectionReconnecting, connectionPolling, connectionSignedOut
        case actionFailed, copied, helpTitle
        case helpSearch, helpMove, helpOpen, helpGoRequests, helpGoLibrary, helpHelp, helpClose, pagerLabel
        case pagerShown, pagerFirst, pagerNext, valueNone, valueYes, valueNo, mediaMovie, mediaSeries
        case openIn, durationMilliseconds, durationSeconds, durationMinutes, durationHours, durationDays
        case serviceJellyfin, serviceRadarr
        case serviceSonarr, serviceJellyseerr, serviceShoko, serviceMarquee
        // Columns of tables and names of stored fields.
        case columnTitle, columnType, columnStage, columnOrigin, columnEpisodes, columnRequestedBy, columnQuality
        case columnUpdated
        case columnAction, columnField, columnBefore, columnAfter, columnSource, columnRun, columnWhen
        case fieldJellyfinID
        case fieldRadarrID, fieldSonarrID, fieldTMDB, fieldTVDB, fieldIMDB, fieldShokoSeries, fieldJellyseerr
        case fieldPoster
        case fieldOverview, fieldYear, fieldAnime, fieldAvailableAt, fieldTitle, fieldOriginalTitle, fieldStage
        case fieldPath
        // Jobs, their steps, states and numbers.
        case jobLibrarySync, jobMetadataUpdate, jobPreviewOf, jobUndoOf, jobStartedBy, jobCancel, jobSteps
        case jobProgress
        case jobPercent, jobPercentUnknown, jobDone, jobDoneOf, jobRate, jobEta, jobAnnounce, jobsRunning
        case phaseGather, phaseMatch, phasePlan, phaseApply, phaseUndo, stateQueued, stateRunning, stateSucceeded
        case statePartial, stateFailed, stateCancelled, stateInterrupted, counterScanned, counterAdded
        case counterUpdated, counterSkipped
        case counterErrors, counterConflicts, counterDrift, counterStale, counterBecameAvailable
        // The Library page: the last run, a new one, its report.
        case libraryTitle, libraryLead, libraryBack, libraryNever, libraryNeverHint, lastSync, lastBy, lastShowRun
        case lastNext, lastNoSchedule, lastUpdate, startTitle, startLibraryText, startMetadataText
        case startUpdateExisting, startPreview
        case startPreviewLabel, startRun, startRunLabel, startBusy, reportFailed, reportInterrupted, reportCalls
        case reportSkipped
        case reportUnreachable, reportItemErrors, skipUnchanged, skipSameMedium, skipConflict, skipQuarantined
        case skipNoMedia, skipStale
        case skipDeletionInProgress, skipDeletedByChoice, skipUpdateDisabled, skipOther, undoRun, undoHint
        case undoReverted, undoKept
        case undoneBy
        // Plans: what a run would change, and has changed.
        case planTitle, planLead, planFilter, planApply, planApplyHint, planDiscard, planNothing, planExpired
        case planApplied, planEmpty, planEmptyFilter, planNoFields, planWaiting, planReview, changesTitle
        case changesLead
        case filterAll, actionAdd, actionFill, actionConflict, actionQuarantined, actionDrift, actionSkipped
        case conflictKept
        case conflictFound, driftItemMissing, driftItemReplaced, driftArrMissing, driftIDReassigned
        // Findings: what a person must decide.
        case findingsTitle, findingsLead, findingsEmpty, findingSince, findingMissingIDs, findingMissingIDsText
        case findingDuplicateID, findingDuplicateIDText
        case findingContradiction, findingContradictionText, findingForeignID, findingForeignIDText
        case findingConflict, findingConflictText, findingMetadataOnly, findingMetadataOnlyText
        case findingItemMissing, findingItemReplaced, findingArrMissing, findingIDReassigned, findingShortListing
        case findingShortListingText, findingOther, findingOtherText
        case choiceUse, choiceUseLabel, choiceLabel, choiceKeepApart, choiceUseFound, choiceAdopt, choiceIgnore
        case choiceIgnoreAlways
        // Requests: the list and one of them.
        case requestsTitle, requestsLead, requestsEmpty, requestsEmptyHint, requestsEmptyAction, requestsNoMatch
        case filterLabel, filterSearch
        case filterHint, filterApply, filterRemove, originRequest, originLibrary, episodesOf, stageRequested
        case stageApproved
        case stageIndexed, stageDownloading, stageDownloadDone, stageImporting, stageAnimeMatching
        case stageSyncingLibrary, stageAvailable, stageDeclined
        case stageFailed, stageDeleted, requestAnime, requestTracked, requestInStage, idsTitle, idsEmpty, idsCopy
        case timelineTitle, timelineEmpty, timelineLate, timelineLasted, eventSynced, eventFound, eventFilled
        case provenanceTitle
        case provenanceLead, provenanceEmpty, provenanceUndone
        // What went wrong, in plain words.
        case errorUnauthenticated, errorForbidden, errorNotFound, errorMethod, errorConflict, errorTooLarge
        case errorTooMany, errorUpstream
        case errorBusy, errorRequest, errorServer, errorRequestHint, errorServerHint, errorToLibrary
        case errorToRequests, errorTrace
        case errorTraceCopy
    }
}
