export { createCompareHandlers } from './handlers.ts'
