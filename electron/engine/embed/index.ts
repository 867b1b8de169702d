export { createEmbedHandlers } from './handlers.ts'
export { embedColumnTask } from './task.ts'
