import type { Input } from '#shared/contract/index.ts'
import { decodePage, exactValue, formatCellText } from '#shared/model/arrow/index.ts'
import type { CompareItem, CompareSummary, RowChangeKind, RowChangePage, RowTotals } from '#shared/model/compare.ts'
import { idle } from '../rows/engine.fixture.ts'
import type { createCompareHandlers } from './index.ts'

export type Comparer = ReturnType<typeof createCompareHandlers>

/** A row as text by column. */
export type TextRow = Readonly<Record<string, string>>

export interface Compared {
  readonly summary: CompareSummary
  readonly comparison: string
  readonly totals: RowTotals
  readonly added: readonly TextRow[]
  readonly removed: readonly TextRow[]
  readonly changed: readonly {
    readonly before: TextRow
    readonly after: TextRow
    readonly columns: readonly string[]
  }[]
}

/** Compares with rows and reads everything. */
export async function compareAll(comparer: Comparer, input: Input<'versions.compare'>): Promise<Compared> {
  const items: CompareItem[] = []
  for await (const item of comparer['versions.compare']({ rows: {}, ...input }, idle)) items.push(item)
  const summary = items.flatMap((item) => (item.kind === 'summary' ? [item.summary] : []))[0]!
  const rows = items.flatMap((item) => (item.kind === 'rows' ? [item] : []))[0]!
  const pages = (kind: RowChangeKind): RowChangePage[] =>
    items.filter((item): item is RowChangePage => item.kind === kind && 'arrow' in item)
  return {
    summary,
    comparison: rows.comparison,
    totals: rows.totals,
    added: pages('added').flatMap((page) => textRows(page, page.arrow, page.order)),
    removed: pages('removed').flatMap((page) => textRows(page, page.arrow, page.order)),
    changed: pages('changed').flatMap((page) => {
      const after = textRows(page, page.arrow, page.order)
      return textRows(page, page.before!, page.beforeOrder).map((before, row) => ({
        before,
        after: after[row]!,
        columns: page.changedColumns![row]!.map((column) => page.columns[column]!),
      }))
    }),
  }
}

export function textRows(
  page: RowChangePage,
  arrow: readonly Uint8Array[],
  order: readonly number[] | undefined,
): TextRow[] {
  const decoded = decodePage(arrow, order)
  return Array.from({ length: page.rows }, (_, row) =>
    Object.fromEntries(
      page.columns.map((name) => [name, formatCellText(exactValue(decoded.column(name)!, row), 10_000)]),
    ),
  )
}
