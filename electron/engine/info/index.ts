export { createInfoHandlers } from './app-info.ts'
