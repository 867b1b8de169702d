export { createImportsHandlers } from './handlers.ts'
export { importTask } from './task.ts'
