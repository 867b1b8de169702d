import type { KeyCandidate } from '#shared/model/compare.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { FieldKind } from '#shared/model/schema.ts'

/** How a person wants rows to be told apart. */
export type IdentityChoice =
  | { readonly kind: 'row-id' }
  | { readonly kind: 'candidate'; readonly columns: readonly string[] }
  /** Columns picked by hand. */
  | { readonly kind: 'columns' }
  | { readonly kind: 'content' }

/** True when both sides are one dataset whose rows keep their ids. */
export function hasRowIds(isSameDataset: boolean, from?: DatasetSummary, to?: DatasetSummary): boolean {
  return isSameDataset && from?.stableRowIds === true && to?.stableRowIds === true
}

/** What is chosen before a person chooses: row ids, else a key without repeated values, else the whole content. */
export function defaultChoice(canUseRowIds: boolean, candidates: readonly KeyCandidate[]): IdentityChoice {
  if (canUseRowIds) return { kind: 'row-id' }
  const unique = candidates.find((candidate) => candidate.isUnique)
  return unique === undefined ? { kind: 'content' } : { kind: 'candidate', columns: unique.columns }
}

/** The choice as the engine takes it; null = row ids where there are any, else content. Undefined while it is unfinished. */
export function keyOf(choice: IdentityChoice, picked: readonly string[]): readonly string[] | null | undefined {
  switch (choice.kind) {
    case 'row-id':
    case 'content':
      return null
    case 'candidate':
      return choice.columns
    case 'columns':
      return picked.length === 0 ? undefined : picked
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
