export { createIndicesHandlers } from './handlers.ts'
export { coverageOf, liveRows, segmentsByName } from './list.ts'
export { createIndexTask } from './create-task.ts'
export { optimizeIndicesTask } from './optimize-task.ts'
