import { useQuery } from '@tanstack/react-query'
import { type CurrentRows, fetchWholeValue, useCurrentRows, type WholeValue } from '#renderer/features/data/index.ts'
import { type DatasetTab, refOf, type RowOwner, useApi, versionKey } from '#renderer/features/workspace/index.ts'
import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'

/** A row of one version. */
export interface RowPlace {
  readonly tab: Pick<DatasetTab, 'dataset' | 'branch' | 'version'>
  readonly rowId: string
  /** 0-based in the view it was chosen in; null when it was reached by its id. */
  readonly rowNumber: number | null
  /** Present where the row is shown in the tab of another dataset; `tab` is then its own. */
  readonly of?: RowOwner | undefined
}

export type FieldState =
  | { readonly kind: 'waiting' }
  | { readonly kind: 'failed'; readonly error: ErrorValue; retry(): void }
  | { readonly kind: 'ready'; readonly whole: WholeValue }

/** Values a person may come back to soon; longer would keep big cells alive. */
const KEEP_MS = 60_000

/** One field of a row, whole: from the grid's page where it has all of it, else fetched. */
export function useField(place: RowPlace, field: SchemaField, schema: readonly SchemaField[]): FieldState {
  const api = useApi()
  const { tab, rowId } = place
  const onPage = usePageValue(place, field.name)
  const query = useQuery({
    queryKey: [...versionKey('cell', tab), rowId, field.name],
    queryFn: ({ signal }) =>
      fetchWholeValue(api, { dataset: tab.dataset, at: refOf(tab), rowId, column: field.name }, schema, signal),
    enabled: onPage === undefined,
    gcTime: KEEP_MS,
    structuralSharing: false,
  })
  if (onPage !== undefined) return { kind: 'ready', whole: onPage }
  if (query.data !== undefined) return { kind: 'ready', whole: query.data }
  if (query.isError) return { kind: 'failed', error: toErrorValue(query.error), retry: () => void query.refetch() }
  return { kind: 'waiting' }
}

function usePageValue(place: RowPlace, column: string): WholeValue | undefined {
  return pageValue(useRowsOf(place), place.rowId, place.rowNumber, column)
}

/** The rows on screen that a row is one of. */
export function useRowsOf({ tab, of }: Pick<RowPlace, 'tab' | 'of'>): CurrentRows | undefined {
  return useCurrentRows(of?.view ?? tab.dataset)
}

/** What the grid already has of a field: only values that are whole, and never bytes, which are previewed by address. */
export function pageValue(
  rows: CurrentRows | undefined,
  rowId: string,
  rowNumber: number | null,
  column: string,
): WholeValue | undefined {
  if (rows === undefined || rowNumber === null || rows.source.rowId(rowNumber) !== rowId) return undefined
  const found = rows.source.value(rowNumber, column)
  if (found === undefined || found.fullLength !== null) return undefined
  return found.value.kind === 'binary' || found.value.kind === 'blob'
    ? undefined
    : { kind: 'value', value: found.value }
}
