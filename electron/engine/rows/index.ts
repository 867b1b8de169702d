export { createRowsHandlers } from './handlers.ts'
export { checkReadable, whyUnreadable } from './unreadable.ts'
