export { DataGrid } from './data-grid.tsx'
export { PageCache, type PageCacheOptions } from './page-cache.ts'
export { ROW_HEIGHT, TALL_ROW_HEIGHT } from './layout.ts'
export { KEY_TABLE } from './keyboard.ts'
export { boundsOf, type Bounds } from './selection.ts'
export type {
  Cell,
  ChangeMark,
  CellPosition,
  CellRange,
  ColumnLayout,
  GridColumn,
  GridHandle,
  GridMenuRequest,
  GridProps,
  GridSelection,
  GridSource,
  PlainCell,
  SortState,
  Tone,
} from './types.ts'
