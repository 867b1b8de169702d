export { createVersionsHandlers } from './handlers.ts'
export { diffSchemas } from './schema-diff.ts'
export { diffEntries } from './entry-diff.ts'
