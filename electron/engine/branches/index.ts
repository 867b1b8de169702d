export { createBranchesHandlers } from './handlers.ts'
