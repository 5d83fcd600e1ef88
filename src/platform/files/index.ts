export { storeOf } from "./configured.ts";
export type { FileStore } from "./store.ts";
export { sniff, isDangerous, shownInline } from "./sniff.ts";
export {
  measure,
  refuseUnlessFits,
  removeUpload,
  sizeWords,
  storeUpload,
  sweepUploads,
  tooLarge,
  type StoredFile,
} from "./uploads.ts";
