export { createTagsHandlers } from './handlers.ts'
export { createTag, deleteTag } from './write.ts'
