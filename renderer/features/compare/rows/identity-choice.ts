import type { CompareSummary, KeyCandidate } from '#shared/model/compare.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { FieldKind } from '#shared/model/schema.ts'

/** How a person wants rows to be told apart. */
export type IdentityChoice =
  | { readonly kind: 'row-id' }
  | { readonly kind: 'candidate'; readonly columns: readonly string[] }
  /** Columns picked by hand. */
  | { readonly kind: 'columns' }
  | { readonly kind: 'content' }

/** True when both sides are of one history whose rows keep their ids; two branches give the same ids to different rows. */
export function hasRowIds(
  { isSameDataset, ...states }: CompareSummary,
  from?: DatasetSummary,
  to?: DatasetSummary,
): boolean {
  const isOneHistory = isSameDataset && states.from.branch === states.to.branch
  return isOneHistory && from?.stableRowIds === true && to?.stableRowIds === true
}

/** What is chosen before a person chooses: row ids, else a key without repeated values, else the whole content. */
export function defaultChoice(canUseRowIds: boolean, candidates: readonly KeyCandidate[]): IdentityChoice {
  if (canUseRowIds) return { kind: 'row-id' }
  const unique = candidates.find((candidate) => candidate.isUnique)
  return unique === undefined ? { kind: 'content' } : { kind: 'candidate', columns: unique.columns }
}

/** How rows are told apart, as the engine takes it; neither = by row id. */
export interface RowsInput {
  readonly key?: readonly string[]
  readonly by?: 'content'
}

/** The choice as the engine takes it. Undefined while it is unfinished. */
export function toRowsInput(choice: IdentityChoice, picked: readonly string[]): RowsInput | undefined {
  switch (choice.kind) {
    case 'row-id':
      return {}
    case 'content':
      return { by: 'content' }
    case 'candidate':
      return { key: choice.columns }
    case 'columns':
      return picked.length === 0 ? undefined : { key: picked }
  }
}

const KEY_KINDS: ReadonlySet<FieldKind> = new Set([
  'boolean',
  'integer',
  'float',
  'decimal',
  'string',
  'date',
  'time',
  'timestamp',
  'duration',
  'dictionary',
  'uuid',
])

/** Columns both sides have that can be a key, in the order of the newer schema. */
export function keyColumns(from?: DatasetSummary, to?: DatasetSummary): readonly string[] {
  const known = new Set(from?.schema.map(({ name }) => name))
  return (to?.schema ?? []).filter(({ name, kind }) => known.has(name) && KEY_KINDS.has(kind)).map(({ name }) => name)
}
