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
export { createRecord, updateRecord, trashRecord, restoreRecord, lockRecord, findByExternalId } from "./write.ts";
export { noteChanges, changeSet, historyOf, type ChangeEntry } from "./changes.ts";
export { listRecords, findRecord, countRecords, whereOf, type ListQuery, type Page } from "./list.ts";
export { recordEndpoints, creatingEndpoints, jsonParam } from "./endpoints.ts";
export { valuesSchema, cleanText, cut } from "./values.ts";
export { searchRecords } from "./search.ts";
export { checkFilter, wordsOf } from "./filter.ts";
export { conditionSql, loadSubjects, registerMembership, type Run } from "./condition/index.ts";
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
