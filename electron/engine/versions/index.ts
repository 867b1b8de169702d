export { createVersionsHandlers } from './handlers.ts'
