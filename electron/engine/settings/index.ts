export { openSettings, type SettingsFile } from './settings-file.ts'
export { createSettingsHandlers } from './handlers.ts'
