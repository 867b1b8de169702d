export { createUploadsHandlers } from './handlers.ts'
