export { createSampleHandlers } from './handlers.ts'
