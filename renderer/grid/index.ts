export { DataGrid } from './data-grid.tsx'
export { PageCache } from './page-cache.ts'
export { TALL_ROW_HEIGHT } from './layout.ts'
export type {
  Cell,
  ChangeMark,
  GridColumn,
  GridHandle,
  GridMenuRequest,
  GridProps,
  GridSelection,
  GridSource,
  MarkedText,
  PlainCell,
  SortState,
} from './types.ts'
