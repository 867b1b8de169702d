export { createStreamsHandlers } from './handlers.ts'
