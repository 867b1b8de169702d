export { createTagsHandlers } from './handlers.ts'
