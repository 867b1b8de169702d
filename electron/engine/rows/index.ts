export { createRowsHandlers } from './handlers.ts'
