export { createFilesHandlers } from './handlers.ts'
