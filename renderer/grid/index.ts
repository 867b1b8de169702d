export { DataGrid } from './data-grid.tsx'
export { PageCache, type PageCacheOptions } from './page-cache.ts'
export { KEY_TABLE } from './keyboard.ts'
export { boundsOf, type Bounds } from './selection.ts'
export type {
  Cell,
  CellPosition,
  CellRange,
  ColumnLayout,
  GridColumn,
  GridHandle,
  GridMenuRequest,
  GridProps,
  GridSelection,
  GridSource,
  SortState,
  Tone,
} from './types.ts'
