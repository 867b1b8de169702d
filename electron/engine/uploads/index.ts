export { createUploadsHandlers } from './handlers.ts'
export { removeUpload, resolveUpload } from './resolve.ts'
