export { createEmbeddersHandlers } from './handlers.ts'
