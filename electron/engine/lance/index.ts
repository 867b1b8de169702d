export { createCutter, type BatchCutter, type CutColumn } from './cut-batches.ts'
export { decodeBytes, decodeDescriptor, decodeValues, type DecodedBytes, type DecodedValue } from './decode.ts'
export { bytesOfBatch, bytesOfIds, countEqualRows, type ColumnBytes } from './equal-rows.ts'
export {
  createBatchHasher,
  type BatchCells,
  type BatchHasher,
  type HashPlan,
  type PickedRows,
  type RowBatch,
  type RowHashes,
} from './hash-batch.ts'
export { absorb, LANES, newStates } from './hash-state.ts'
export { makeOwnFolder, removeLeftFolders } from './own-folders.ts'
export { freeBatches } from './free-batches.ts'
export { concatIpcFiles } from './concat-ipc.ts'
export { findUnequalBlob, readWithBlobs } from './copy-blobs.ts'
export { createEmpty, createLike, FORMAT_VERSIONS, readWhole, type NewDataset } from './new-dataset.ts'
export { closeMatches } from './close-matches.ts'
export { readRowCount, readTrailingUint64 } from './ipc-file.ts'
export { nativeTablesFor } from './native-tables.ts'
export { branchPathProblem, nativeWriterFor } from './native-writer.ts'
export {
  buildIndex,
  decodeSample,
  dropIndex,
  explainFilter,
  foldIndices,
  readIndex,
  timeFilter,
  type NewIndex,
  type SampledValue,
} from './native-indices.ts'
export {
  addressAt,
  addressesOf,
  countByFragment,
  deleteRows,
  rewriteRows,
  type AddressRange,
} from './native-maintenance.ts'
export {
  addFillColumns,
  addKeys,
  allowMerges,
  dropColumns,
  HASH_COLUMN,
  KEY_COLUMN,
  mergeVectors,
  renameColumns,
} from './fill-column.ts'
export { readTexts, type TextRow } from './read-texts.ts'
export { updateColumnMetadata } from './native-metadata.ts'
export type { NativeBlob, NativeTable, OrderKey, Projected, Selection } from './native-table.ts'
export {
  decodeVectors,
  explainNativeSearch,
  runNativeSearch,
  tokenizeNative,
  type NativeHit,
  type NativeSearch,
  countUnindexed,
  decodeVectorRows,
  mostProbes,
  timeNativeSearch,
} from './native-search.ts'
export { decodeTextRows, splitNative, tokenizeByIndex, type NativeToken, type WordSplitter } from './native-tokenize.ts'
export { castForDecoding, isAddressable, quoteIdentifier } from './sql.ts'
/** For making datasets of our own. Reading goes through {@link nativeTablesFor}. */
export { loadArrow, loadLanceDb } from './module.ts'
export { createSession } from './scratch.ts'
export { toAppError } from './errors.ts'
export { buildRows, type BuiltColumn } from './build-rows.ts'
export { addRows, mergeRows, readSchemaFile, type MergedRows } from './import-writes.ts'
export { fingerprintRow } from './row-proof.ts'
export {
  createAligner,
  createRowDigester,
  decodeRows,
  encodeRows,
  pickFromBatch,
  sizeOfBatch,
  textsOf,
  withVectors,
  type RowDigester,
  type RowsBatch,
} from './rows-batch.ts'
export {
  matchColumns,
  schemaForNew,
  schemaOfBatch,
  schemaOfDataset,
  schemaOfFile,
  toSchemaFile,
  unionSchemas,
  withVectorColumn,
  type RowsSchema,
  type VectorColumn,
} from './rows-schema.ts'
