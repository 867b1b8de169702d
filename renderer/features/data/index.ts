import type { Feature } from '#renderer/features/workspace/index.ts'
import { formatCompact } from '#shared/model/format.ts'
import { DataView } from './view/data-view.tsx'

export { KindIcon } from './columns/kind-icon.tsx'
export { toCell } from './cells/to-cell.ts'
export { gridColumnOf } from './columns/grid-columns.ts'
export type { CopySource } from './copy/collect.ts'
export { ColumnsPopover } from './columns/columns-popover.tsx'
export { visibleColumns } from './columns/layout.ts'
export { type LayoutControl, useLayout } from './columns/use-layout.ts'
export { closeEmbed, embedKindOf, type EmbedRequest, requestEmbed, useEmbedRequest } from './embed/embed-request.ts'
export { closeDelete, type DeleteRequest, useDeleteRequest } from './delete/delete-request.ts'
export { SqlFilter } from './filter/sql-filter.tsx'
export { COPY_CELLS_MAX, type CopyPlan, planCopy, runsOf } from './copy/plan.ts'
export { type CopyCell, vectorToJson, vectorToNumpy, writeTable } from './copy/write.ts'
export { MenuAt } from './menus/menu-at.tsx'
export { type LoadedPage, type PageValue, toLoadedPage } from './rows/loaded-page.ts'
export { announceRows, type CurrentRows, useCurrentRows } from './rows/current-rows.ts'
export { findSimilar, isSearchedByVector, settleSimilar, useSimilarRequest } from './similar/similar-request.ts'
export { closeTokens, hasTokens, showTokens, type TokensRequest, useTokensRequest } from './tokens/tokens-request.ts'
export { tablePlace } from './snippet/query.ts'
export { openTypeScript } from './snippet/typescript.ts'
export { type Copier, useCopy } from './view/use-copy.ts'
export { isReadable } from './rows/readable.ts'
export { fetchWholeValue, type WholeValue } from './rows/whole-value.ts'

/** Browsing, filtering, sorting and copying the rows of a dataset. */
export const dataFeature: Feature = {
  id: 'data',
  title: 'Data',
  view: DataView,
  badge: (summary) => formatCompact(summary.rows),
}
