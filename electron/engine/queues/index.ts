export { createQueuesHandlers } from './handlers.ts'
