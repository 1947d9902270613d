extension Strings {
    /// The name of every sentence; its catalogue entry is in the file of its area.
    public enum Key: String, Sendable, CaseIterable {
        // Words used on every page.
        case productName, skipToMain, navLabel, searchLabel, themeLabel, themeDark, themeLight, themeAuto
        case connectionConnecting, connectionLive, connectionReconnecting, connectionPolling
        case connectionSignedOut, actionFailed, copied, helpTitle, helpSearch, helpMove, helpOpen, helpPick
        case helpGoActivity, helpGoRequests, helpGoLibrary, helpGoHistory, helpGoStatus, helpHelp, helpClose, pagerLabel
        case pagerShown, pagerFirst, pagerNext, valueNone, valueYes, valueNo, mediaMovie, mediaSeries, openIn
        case durationMilliseconds, durationSeconds, durationMinutes, durationHours, durationDays
        case serviceJellyfin, serviceRadarr, serviceSonarr, serviceJellyseerr, serviceShoko, serviceMarquee
        // Columns of tables and names of stored fields.
        case columnTitle, columnType, columnStage, columnOrigin, columnEpisodes, columnRequestedBy
        case columnQuality, columnAction, columnField, columnBefore, columnAfter, columnSource, columnRun
        case columnWhen, fieldJellyfinID, fieldRadarrID, fieldSonarrID, fieldTMDB, fieldTVDB, fieldIMDB
        case fieldShokoSeries, fieldJellyseerr, fieldPoster, fieldOverview, fieldYear, fieldAnime
        case fieldAvailableAt, fieldTitle, fieldOriginalTitle, fieldStage, fieldPath
        // Jobs, their steps, states and numbers.
        case jobLibrarySync, jobMetadataUpdate, jobPendingSync, jobPreviewOf, jobUndoOf, jobStartedBy, jobCancel
        case jobSteps
        case jobProgress, jobPercent, jobPercentUnknown, jobDone, jobDoneOf, jobRate, jobEta, jobAnnounce
        case jobsRunning, phaseGather, phaseMatch, phasePlan, phaseApply, phaseUndo, stateQueued, stateRunning
        case stateSucceeded, statePartial, stateFailed, stateCancelled, stateInterrupted, counterScanned
        case counterAdded, counterUpdated, counterSkipped, counterErrors, counterConflicts, counterDrift
        case counterStale, counterBecameAvailable
        // The Library page: the last run, a new one, its report.
        case libraryTitle, libraryLead, libraryBack, libraryNever, libraryNeverHint, lastSync, lastBy
        case lastShowRun, lastNext, lastNoSchedule, lastUpdate, lastPending, startTitle, startLibraryText
        case startMetadataText, startPendingText, startUpdateExisting, startPreview, startPreviewLabel, startRun,
            startRunLabel
        case startBusy, reportFailed, reportInterrupted, reportCalls, reportSkipped, reportUnreachable
        case reportItemErrors, skipUnchanged, skipSameMedium, skipConflict, skipQuarantined, skipNoMedia
        case skipStale, skipDeletionInProgress, skipDeletedByChoice, skipUpdateDisabled, skipAlreadyTracked
        case skipAvailableInLibrary, skipTitleNotAsked, skipOther, undoRun
        case undoHint, undoReverted, undoKept, undoneBy
        // Plans: what a run would change, and has changed.
        case planTitle, planLead, planFilter, planApply, planApplyHint, planDiscard, planNothing, planExpired
        case planApplied, planEmpty, planEmptyFilter, planNoFields, planWaiting, planReview, changesTitle
        case changesLead, filterAll, actionAdd, actionFill, actionConflict, actionQuarantined, actionDrift
        case actionSkipped, conflictKept, conflictFound, driftItemMissing, driftItemReplaced, driftArrMissing
        case driftIDReassigned
        // Findings: what a person must decide.
        case findingsTitle, findingsLead, findingsEmpty, findingSince, findingMissingIDs
        case findingMissingIDsText, findingDuplicateID, findingDuplicateIDText, findingContradiction
        case findingContradictionText, findingForeignID, findingForeignIDText, findingConflict
        case findingConflictText, findingMetadataOnly, findingMetadataOnlyText, findingItemMissing
        case findingItemReplaced, findingArrMissing, findingIDReassigned, findingShortListing
        case findingShortListingText, findingOther, findingOtherText, choiceUse, choiceUseLabel, choiceLabel
        case choiceKeepApart, choiceUseFound, choiceAdopt, choiceIgnore, choiceIgnoreAlways
        // Requests: the list and one of them.
        case bulkPick, bulkPicked, bulkVerify, bulkRetry, bulkVerified, bulkRetried, bulkRefused
        case requestsTitle, requestsLead, requestsEmpty, requestsEmptyHint, requestsEmptyAction
        case requestsNoMatch, filterLabel, filterSearch, filterHint, filterApply, filterRemove, originRequest
        case originLibrary, episodesOf, stageRequested, stageApproved, stageIndexed, stageDownloading
        case stageDownloadDone, stageImporting, stageAnimeMatching, stageSyncingLibrary, stageAvailable
        case stageDeclined, stageFailed, stageDeleted, requestAnime, requestTracked, requestInStage, idsTitle
        case idsEmpty, idsCopy, provenanceTitle, provenanceLead, provenanceEmpty, provenanceUndone
        // What the list of requests offers beside its rows.
        case filterInstance, filterSort, sortUpdated, sortCreated, whoseLabel, whoseMine, whoseAll, toolsLabel,
            savedTitle
        case savedName, savedSave, savedDelete, savedHint, columnsTitle, columnsApply, exportTitle, exportCSV
        case exportJSON
        // The Activity page and its cards.
        case activityTitle, activityMoving, activityArrived, activityAll, activityNew, activityIdle
        case activityIdleHint, activityLast, setUpTitle, setUpLead, setUpDone, setUpJellyfin, setUpSeerr
        case setUpArr, setUpWebhooks, setUpLibrary, stageProgress, transferSpeed, transferLeft, inStage, watch
        case episodesAvailable, seasonsOf, seasonSpecials, serviceQBittorrent, servicePlex, serviceSubsonic
        case columnAttention, columnAge, filterSeveral
        // What needs a person, and what can be done.
        case attentionTitle, attentionTimeout, attentionNotGrabbed, attentionRejected, attentionStalled
        case attentionDownloadError, attentionImportBlocked, attentionMatchFailed, attentionMetadataOnly
        case attentionNotAppearing, attentionUnreachable, attentionAny, attentionMessages, retrySearch, retryRequest
        case retryRefresh, retryRelist, retryPlain, retryAccepted, actionOf, verify, verifyPlayable
        case verifyNotFound, verifyMetadataOnly, verifyUnknown, override, overrideTitle, overrideLead
        case overrideStage, overrideKeep, overrideItem, overrideItemHint, overrideAnime, overrideReason
        case overrideSave, overrideClear, overrideCancel, overrideInForce
        // Episodes, and one request.
        case episodeLegend, episodeUnaired, episodesShow, episodesPack, episodesNotRequested
        case episodesNotRequestedText, letterRequested, letterApproved, letterIndexed, letterDownloading
        case letterDownloadDone, letterImporting, letterAnimeMatching, letterSyncingLibrary, letterAvailable
        case letterFailed, letterGone, requestSeasons, requestRelease, requestIndexer, requestSize
        case requestInstance, requestFirstAirs, uncertain, uncertainText, noteRemovedInSeerr, noteSeasonsDiffer
        // What happens to a request.
        case timelineTitle, timelineLate, timelineLateHint, timelineLasted, timelineSeen
        case timelineAll, eventOfUnits, eventWithSize, eventRequested, eventRequestedBy, eventApproved
        case eventApprovedBy, eventDeclined, eventDeclinedBy, eventRequestGone, eventSubmitFailed
        case eventSubmitFailedFor, eventInArr, eventInArrUnknown, eventSearched, eventGrabbed
        case eventGrabbedQuality, eventGrabbedIndexer, eventGrabbedFrom, eventGrabbedPack
        case eventGrabbedEpisodes, eventDownloading, eventDownloaded, eventDownloadedSize, eventDownloadFailed
        case eventDownloadFailedFor, eventFailed, eventFailedFor, eventIgnored, eventImporting, eventImported
        case eventImportedFile, eventImportedFiles, eventImportBlocked, eventImportBlockedFor, eventUpgraded
        case eventUpgradedTo, eventFileRemoved, eventFileRemovedNamed, eventPathChanged, eventPathChangedTo
        case eventFileSeen, eventFileSeenNamed, eventFileMatched, eventFileMatchedNamed, eventFilesMatched
        case eventFileUnmatched, eventFileUnmatchedNamed, eventAnimeMatching, eventSyncingLibrary
        case eventScanRequested, eventAvailable, eventDeleted, eventAttention, eventAttentionFor, eventRetried
        case eventRetriedBy, eventOverridden, eventOverriddenFor, eventOverriddenToFor, eventOverrideCleared
        case eventOverrideClearedBy, eventSynced, eventFound, eventFilled, eventDownloadGone
        case eventUpgradedToFile, eventAvailableUncertain, eventRetriedDoing, eventEarlier
        // The History page and its charts.
        case historyTitle, historyLead, historyList, historyNew, historyPeriod, historyFilterLabel, historyFrom
        case historyTo, historyDays, historyDates, historySince, historyUntil, historyEmpty, historyEmptyHint
        case historyNoMatch, historyTook, historyEnded, chartsTitle, chartsLead, chartEmpty, chartNumbers, chartRequests
        case chartShare, chartRate, chartOutcomes, chartOutcomesLead, chartOutcomesSummary, chartWeeks
        case chartWeeksLead, chartWeeksCut, chartWeeksSummary, chartWeek, chartMost, chartTimes, chartTimesLead
        case chartTimesMeasured, chartTimesSummary, chartMedian, chartLong, chartStays
        // Pages whose work is still to come, and the rest of the rail.
        // Deletions.
        case deletionsTitle, deletionsLead, deletionsEmpty, deletionsAll, deletionsAsked, deletionDisabled
        case deletionDisabledHint, deletionFilterLabel, deletionStatus, deletionSource, deletionStarted
        case deletionFreed, deletionCourse, deletionLeftBehind, deletionByUs, deletionByNobody, deletionAsked
        case deletionInProgress, deletionComplete, deletionIncomplete, deletionAccepted, deletionWithdrawn
        case deletionTitleAsked, deletionTitleRunning, deletionTitleIncomplete, deletionAskQuestion
        case deletionRetry, deletionIncludeSkipped, deletionAcceptLeftovers, deletionPropagate, deletionRecord
        case deletionDismiss, deletionUndoLoses, lostFiles
        case lostTorrent, lostWatchState, lostShokoLinks, lostRequestNumber, stepPending, stepAcknowledged
        case stepConfirmed, stepVerified, stepFailed, stepSkipped, stepNotNeeded, stepNotApplicable
        case stepUnknown, stepPlanned, stepNothingThere, deleteAction, deleteTitle, deleteLead, deleteFiles
        case deleteExclude, deleteTorrents, deleteTorrentsAuto, deleteTorrentsKeep, deleteTorrentsRemove
        case deletePlanAgain, deleteTitles, deleteTypeCount, deleteAcceptUnknown, deleteBusy, deleteUnknownIDs
        // Pages to come.
        case musicTitle, musicLead, musicEmpty, musicEmptyHint
        case publishingTitle, publishingLead, publishingEmpty, publishingEmptyHint, navMore
        // The Status page.
        case statusTitle, statusLead, statusServices, statusNoServices, statusService, statusReachable
        case statusVersion, statusLatency, statusHeard, statusPolled, statusYes, statusNo, statusUnknown
        case statusSuccess, statusFixCredentials, statusFixAddress, statusFixPath, statusFixExamine
        case statusClockAhead, statusClockBehind, statusDiskFull, statusDiskFullText, statusDatabaseTrouble
        case statusDatabaseTroubleText, statusOpenHooks, statusOpenHooksText, statusPlainCookie
        case statusPlainCookieText, statusJobs, statusJob, statusJobState, statusLastRun, statusNextRun
        case statusRunNow, statusRunNowLabel, statusReport, statusReportLabel, statusNeverRun, statusOwn
        case statusDatabase, statusDatabaseText, statusDatabaseSize, statusSchema, statusSchemaBehind, statusEventLog
        case statusEventLogText, statusEventsSince, statusStreams, statusLeader, statusLeads, statusFollows, statusDisk
        case statusDiskFree, statusClocks, statusClocksGood, statusClocksOff, statusClocksUnknown
        case statusNever, statusUnsupported, statusSilent, unmatchedTitle, unmatchedLead, unmatchedEmpty
        case unmatchedEvent, unmatchedAction, unmatchedReplay, unmatchedGone, signedOutTitle, signedOutText,
            signedOutLink
        // The Settings page.
        case settingsTitle, settingsServices, settingsWebhooks, settingsGeneral, settingsKeys, settingsUsers
        case settingsBackups, settingsLeadBackups, backupNow, backupMade, backupMadeAt, backupReason, backupHolds
        case backupRows, backupCheck, backupSound, backupDamaged, backupsEmpty, backupRestoreHint, backupByHand
        case backupBySchedule, backupByMigration, backupByRestore
        case settingsAudit, settingsAbout, settingsLeadServices, settingsLeadWebhooks, settingsLeadGeneral
        case settingsLeadKeys, settingsLeadUsers, settingsLeadAudit, settingsLeadAbout, settingsSave
        case settingsSaved, settingsNotSaved, settingsTracking, settingsLibrarySync, settingsDeletion
        case settingsSecurity, settingsAPI, settingsOperations, settingDefault, settingSecretSet
        case settingSecretSetOn, settingFixedEnvironment, settingFixedProcess, serviceAdd, serviceInstance
        case serviceSave, serviceTest, serviceSaveUntested, serviceRemove, serviceRemoved, serviceAnswers
        case fieldURL, fieldPublicURL, fieldAPIKey, fieldUserName, fieldPassword, fieldVariant, webhookURL
        case webhookHeader, webhookSecret, webhookEvents, webhookHeard, webhookNever, webhookCount
        case webhookOneForAll, webhookNoSecret, webhookMakeSecret, webhookMakeSecretHint, webhookSecretNew
        case webhookInstall, webhookInstallHint, webhookInstallNow, webhookInstallOther, webhookInstallBase
        case webhookSecretOnce, copyLabel, keysEmpty, keyName, keyScopes, keyExpires, keyUsed, keyNever
        case keyRevoke, keyRevoked, keyNew, keyMake, keyMade, keyOnce, usersEmpty, userDisabled, userLastLogin
        case userNoSessions, userRole, userAdminHint, userEndSessions, userSaved, roleAdmin, roleUser
        case roleReadonly, auditEmpty, auditAction, auditWho, aboutDatabase, aboutData, aboutFile
        // The description of the API.
        case docsTitle, docsLead, docsDocument, docsAccess, docsParameters, docsBody, docsAnswers, docsForms
        case docsName, docsForm, docsMeaning
        // The login.
        case loginTitle, loginLead, loginName, loginPassword, loginSubmit, loginCode, loginCodeLead, loginCodeSubmit,
            logOut
        // What went wrong, in plain words.
        case errorUnauthenticated, errorForbidden, errorNotFound, errorMethod, errorConflict, errorTooLarge
        case errorTooMany, errorUpstream, errorBusy, errorRequest, errorServer, errorRequestHint
        case errorServerHint, errorToActivity, errorToRequests, errorTrace, errorTraceCopy
    }
}
