import { useQuery } from '@tanstack/react-query'
import { fetchWholeValue } from '#renderer/features/data/index.ts'
import { getApi, refOf, type RowAt, useApi, versionKey } from '#renderer/features/workspace/index.ts'
import { toErrorValue } from '#shared/errors.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { FieldState } from '../use-field.ts'

export type { InspectorTarget, RowAt } from '#renderer/features/workspace/index.ts'

const NO_FIELDS: readonly SchemaField[] = []
/** Values a person may come back to soon; longer would keep big cells alive. */
const KEEP_MS = 60_000

/** Columns of the version a row is in; none for a side the row is not in. */
export function useSideSchema(row: RowAt | null) {
  const query = useQuery({
    queryKey: row === null ? ['no-summary'] : versionKey('summary', row),
    queryFn: ({ signal }) =>
      row === null
        ? Promise.resolve(null)
        : getApi().call('datasets.summary', { dataset: row.dataset, ref: refOf(row) }, { signal }),
    enabled: row !== null,
    structuralSharing: false,
  })
  return {
    schema: query.data?.schema ?? NO_FIELDS,
    isWaiting: row !== null && query.isPending,
    error: query.error,
  }
}

/** One field of a row of any version, whole. Never from the grid, whose rows are of another state. */
export function useSideValue(row: RowAt, field: SchemaField, schema: readonly SchemaField[]): FieldState {
  const api = useApi()
  const { dataset, rowId } = row
  const query = useQuery({
    queryKey: [...versionKey('cell', row), rowId, field.name],
    queryFn: ({ signal }) =>
      fetchWholeValue(api, { dataset, at: refOf(row), rowId, column: field.name }, schema, signal),
    gcTime: KEEP_MS,
    structuralSharing: false,
  })
  if (query.data !== undefined) return { kind: 'ready', whole: query.data }
  if (query.isError) return { kind: 'failed', error: toErrorValue(query.error), retry: () => void query.refetch() }
  return { kind: 'waiting' }
}
