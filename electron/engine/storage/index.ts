export { createStorageHandlers } from './handlers.ts'
