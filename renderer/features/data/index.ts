import type { Feature } from '#renderer/features/workspace/index.ts'
import { formatCompact } from '#shared/model/format.ts'
import { DataView } from './view/data-view.tsx'

export { tablePlace } from './snippet/query.ts'
export { KindIcon } from './columns/kind-icon.tsx'
export { vectorToJson, vectorToNumpy } from './copy/write.ts'
export { sniffMediaType } from './cells/sniff.ts'
export { type CurrentRows, useCurrentRows } from './rows/current-rows.ts'
export { openTypeScript } from './snippet/typescript.ts'
export { type CellPlace, fetchWholeValue, type WholeValue } from './rows/whole-value.ts'

/** Browsing, filtering, sorting and copying the rows of a dataset. */
export const dataFeature: Feature = {
  id: 'data',
  title: 'Data',
  view: DataView,
  badge: (summary) => formatCompact(summary.rows),
}
