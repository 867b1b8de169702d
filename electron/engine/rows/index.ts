export { createRowsHandlers } from './handlers.ts'
export { abortable } from './abortable.ts'
export { rowNotFound, parseRowId } from './cell-id.ts'
export { alignCuts, collectPage, type CollectedPage } from './previews.ts'
export { checkReadable, whyUnreadable } from './unreadable.ts'
export { viewOrder } from './view-order.ts'
export {
  openView,
  READ_TIMEOUT_MS,
  requireColumn,
  requireReadable,
  selectFields,
  toSelection,
  type View,
} from './view.ts'
export { bytesPerRow } from './batch-rows.ts'
export { takeFields, type TakenRows } from './take.ts'
export { toFilter } from './filter.ts'
export { toSqlLiteral } from './sql-literal.ts'
