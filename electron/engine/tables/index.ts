export { createTableParsers } from './handlers.ts'
