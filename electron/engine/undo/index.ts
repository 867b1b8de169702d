export { createUndoHandlers } from './handlers.ts'
