export { createFragmentsHandlers } from './handlers.ts'
