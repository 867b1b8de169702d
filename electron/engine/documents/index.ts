export { createDocumentParsers } from './handlers.ts'
