export { createSettingsHandlers } from './handlers.ts'
