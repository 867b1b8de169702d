export { createRelevanceHandlers } from './handlers.ts'
export { openSets } from './sets.ts'
