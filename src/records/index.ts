export { describeObject, fieldOf, commonFields, type ObjectDescription, type Field, type FieldType, type Choice, type Tone } from "./object.ts";
export { registerRecordType, recordTypes, recordType, objectNamed, type RecordType, type Row, type Values, type Act } from "./registry.ts";
export { createRecord, updateRecord, trashRecord, restoreRecord, lockRecord, findByExternalId } from "./write.ts";
export { noteChanges, changeSet, historyOf, type ChangeEntry } from "./changes.ts";
export { listRecords, findRecord, countRecords, whereOf, type ListQuery, type Page } from "./list.ts";
export { recordEndpoints, creatingEndpoints, jsonParam } from "./endpoints.ts";
export { valuesSchema, cleanText } from "./values.ts";
export { searchRecords } from "./search.ts";
export { checkFilter, wordsOf } from "./filter.ts";
