export { createRelevanceHandlers } from './handlers.ts'
