export { createIndicesHandlers } from './handlers.ts'
export { coverageOf, liveRows, segmentsByName } from './list.ts'
