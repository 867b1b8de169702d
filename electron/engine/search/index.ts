export { createSearchHandlers } from './handlers.ts'
export { recallTask } from './recall/task.ts'
