export { createStorageHandlers } from './handlers.ts'
export { readFileSizes } from './compaction/file-sizes.ts'
export { previewCompaction } from './compaction/preview-compaction.ts'
