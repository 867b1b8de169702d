export { createStorageHandlers } from './handlers.ts'
export { previewCompaction } from './compaction/preview-compaction.ts'
