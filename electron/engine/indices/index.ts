export { createIndicesHandlers } from './handlers.ts'
export { createIndexTask, optimizeIndicesTask } from './tasks.ts'
