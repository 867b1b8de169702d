export { createCheckpointsHandlers } from './handlers.ts'
