export { createTrashHandlers } from './handlers.ts'
