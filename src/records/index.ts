export {
  describeObject,
  fieldOf,
  commonFields,
  type ObjectDescription,
  type Field,
  type FieldType,
  type Choice,
  type Tone,
} from "./object.ts";
export {
  registerRecordType,
  recordTypes,
  recordType,
  objectNamed,
  type RecordType,
  type Row,
  type Values,
  type Act,
} from "./registry.ts";
export { describedFor, objectsFor, objectsKnown, type Objects } from "./custom/described.ts";
export { checkRequired, withoutFiles } from "./custom/check.ts";
export { customOfNew, orTaken } from "./custom/of-new.ts";
export { definable, type DefinedType, type FieldDefinition } from "./custom/definition.ts";
export type { customObjectsApi } from "./custom/objects-api.ts";
export { ownObjectsFor, typeNamed } from "./custom/described.ts";
export { isOwn, type OwnObject } from "./custom/own.ts";
export type { customFieldsApi } from "./custom/api.ts";
export type { Figure, Rollup } from "./custom/rollup.ts";
export { stillThere } from "./still-there.ts";
export { createRecord, updateRecord, trashRecord, restoreRecord, lockRecord } from "./write.ts";
export { externalIdTaken, findByExternalId } from "./external-ids.ts";
export { noteChanges, notedCustom, changeSet, historyOf, type ChangeEntry } from "./changes.ts";
export { registerHandActs, isOnlyCustom, changeByHand, trashByHand, restoreByHand, orNothing } from "./by-hand.ts";
export { undoChangeSet, takeBackChange, type Noted, type TakenBack } from "./history/take-back.ts";
export type { Conflict } from "./history/old-values.ts";
export { recordAsOf, type AsOf } from "./history/as-of.ts";
export { historyApi, type HistoryApi } from "./history/api.ts";
export { bulkApi, type BulkApi } from "./bulk/api.ts";
export { startBulk, bulkJob, type BulkAct, type Whom } from "./bulk/bulk.ts";
export { startTakingBack, takeBackJob } from "./bulk/take-back.ts";
export { changeCells, type RowChange, type RowOutcome } from "./bulk/cells.ts";
export { leftOutOf } from "./bulk/failures.ts";
export { listRecords, findRecord, countRecords, whereOf, type ListQuery, type Page } from "./list.ts";
export {
  aboveAccess,
  accessOf,
  actingNow,
  lastLook,
  mayRead,
  baseOf,
  factReader,
  inReach,
  sieved,
  readableFacts,
  guardRecords,
  mustReach,
  reachesAll,
  reachSql,
  scopeOf,
  withinReach,
} from "./access/index.ts";
export type { AccessRolesApi, SharingApi, TeamsApi, TerritoriesApi } from "./access/api.ts";
export type { Sharing } from "./access/shares.ts";
export { recordEndpoints, creatingEndpoints, jsonParam } from "./endpoints.ts";
export { registerNarrowing } from "./export/endpoints.ts";
export { registerFormat, type FileFormat, type Table } from "./export/format.ts";
export type { ExportColumn, Raw } from "./export/column.ts";
export { valuesSchema, customInput, cleanText, cut } from "./values.ts";
export { searchRecords, type Found, type Hit } from "./search/find.ts";
export { registerSearchSource } from "./search/source.ts";
export { searchFold } from "./search/text.ts";
export { checkFilter, refuseWorkedOut, wordsOf } from "./filter.ts";
export { conditionSql, loadSubjects, registerConsents, registerMembership, type Run } from "./condition/index.ts";
export { overwriteMany } from "./import/overwrite.ts";
export {
  customOf,
  firstOfEach,
  recordOptions,
  recordOptionsOf,
  stageRecords,
  textIn,
  valuesIn,
} from "./import/single.ts";
export { findBy, findNamed } from "./import/generic/find.ts";
export { whyUnfit } from "./import/unfit.ts";
export { customOfEach, ownIn, ownValues } from "./import/generic/own-fields.ts";
export { zoneOf } from "./import/stage.ts";
export { unreadWith } from "./import/failures.ts";
export { registerOpener } from "./import/generic/opener.ts";
export { workspaceFile } from "./whole/take-out.ts";
export { bringBack } from "./whole/bring-back.ts";
export type { WholeApi } from "./whole/module.ts";
export { importJob } from "./import/job.ts";
export { madeHere } from "./import/made.ts";
export {
  registerImporter,
  type Counts,
  type Importer,
  type ImportField,
  type ImportValues,
  type Plan,
  type ResultLine,
  type Staged,
  type StagedRow,
  type Stager,
  type Unfit,
  type Written,
} from "./import/importer.ts";
export type { ImportsApi, ImportView } from "./import/api.ts";
export type { Look } from "./import/look.ts";
export type { Preview } from "./import/preview.ts";
export { knownAs, forgetHistoryOf } from "./forget.ts";
export { reasonType, reasonUses, type Reason, type ReasonUse } from "./reasons/reason.ts";
export { listReasons, reasonNamed, checkReason } from "./reasons/reasons.ts";
export type { reasonsApi } from "./reasons/api.ts";
export { letterheadOf, type Letterhead, type TaxRate } from "./letterhead/letterhead.ts";
export type { LetterheadApi } from "./letterhead/api.ts";
export { grantBy, lockedRecord, mentionedIn, recordRef, requireMay, seenRecord, visibleIds } from "./beside.ts";
export { customerOf, pathOf, titleOf, type RecordRef } from "./named.ts";
export { asRichText, richText, richTextOf, type RichText } from "./rich-text.ts";
export { followers } from "./comments/follow.ts";
export type { Follower } from "./comments/follow.ts";
export type { CommentsApi } from "./comments/api.ts";
export type { Comment } from "./comments/comment.ts";
export { notify, type NewNotification } from "./notifications/notify.ts";
export { newNotifications } from "./notifications/fresh.ts";
export { tag, type Tag } from "./tags/tag.ts";
export { tagRecord, tagsOf } from "./tags/tagging.ts";
export type { TagsApi } from "./tags/api.ts";
export type { Favourite, FavouritesApi } from "./favourites/api.ts";
export { newChanges, type ChangeTold } from "./presence/changed.ts";
export { changedPresence, type Present } from "./presence/presence.ts";
export type { PresenceApi } from "./presence/api.ts";
export type { Notification, NotificationKind, Way } from "./notifications/kind.ts";
export type { NotificationSettings } from "./notifications/queries.ts";
export type { NotificationsApi } from "./notifications/api.ts";
export type { FilesApi } from "./files/api.ts";
export { addFile } from "./files/add.ts";
export type { FileOfRecord } from "./files/file.ts";
export type { View as SavedView, ViewKind, ViewOptions, ViewValues } from "./views/view.ts";
export type { viewsApi } from "./views/api.ts";
export { lookingApis } from "./looking.ts";
export { groupsOf, type Groups, type RecordGroup } from "./groups/groups.ts";
export { evidenceOf, whyOf, type Why } from "./why/why.ts";
export { explainWordsOf } from "./why/words.ts";
export { carry, carryCustomers, hasSame, leave, settleMerges, declared, type Merging } from "./merge/carried.ts";
export { beforePurge, neverPurge, tie, tieCustomers, tied, tiesOf } from "./trash/ties.ts";
export { heldOf, purgedObjects } from "./trash/purge.ts";
export type { TrashApi } from "./trash/api.ts";
export { registerMergeable } from "./merge/mergeable.ts";
export { mergeRecords, type Merged } from "./merge/merge.ts";
export { undoMerge, type Undone } from "./merge/undo.ts";
export { mergingEndpoints } from "./merge/api.ts";
export { registerAlike } from "./duplicates/rule.ts";
export { likenessOf, type Likeness } from "./duplicates/likeness.ts";
export { openPairs } from "./duplicates/pairs.ts";
export { duplicateEndpoints } from "./duplicates/api.ts";
