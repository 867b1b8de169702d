export { createSourceInspector } from './handlers.ts'
