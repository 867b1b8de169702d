export { createMediaParsers } from './handlers.ts'
