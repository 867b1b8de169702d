import type { KeyCandidate } from '#shared/model/compare.ts'
import type { FieldKind, SchemaField } from '#shared/model/schema.ts'
import type { EngineContext } from '../context.ts'
import { checkUniqueness, type Uniqueness } from './check-uniqueness.ts'
import { compareColumns, type ComparedColumn } from './columns.ts'
import type { Sides } from './side.ts'

/** Columns looked at; a key of a table this wide is named or declared. */
const MAX_COLUMNS = 12

interface Proposal {
  readonly columns: readonly ComparedColumn[]
  readonly reason: 'primary key' | 'named id' | 'other'
}

/**
 * Columns that may identify a row on both sides: a declared primary key, columns named like one, and others found to be
 * unique. Repeated and null values are counted in all rows of small tables, in parts spread over larger ones.
 */
export async function findKeyCandidates(
  context: EngineContext,
  { from, to, areFieldsById }: Sides,
  signal: AbortSignal,
): Promise<readonly KeyCandidate[]> {
  const { columns } = compareColumns(from, to, areFieldsById)
  const proposals = propose(columns)
  if (proposals.length === 0) return []
  const keys = proposals.map((proposal) => proposal.columns)
  const before = await checkUniqueness(context, from, 'from', keys, signal)
  const after = await checkUniqueness(context, to, 'to', keys, signal)
  return proposals
    .map((proposal, number) => toCandidate(proposal, before[number], after[number]))
    .filter(({ isUnique, why }) => isUnique || why === 'primary key' || why === 'named id')
    .toSorted((a, b) => Number(b.isUnique) - Number(a.isUnique))
}

function propose(columns: readonly ComparedColumn[]): readonly Proposal[] {
  const usable = columns.filter(({ to, isBlob }) => !isBlob && canIdentify(to.kind))
  const declared = usable
    .filter(({ to }) => keyPosition(to) !== undefined)
    .toSorted((a, b) => (keyPosition(a.to) ?? 0) - (keyPosition(b.to) ?? 0))
  const named = usable.filter((column) => !(declared.length === 1 && declared[0] === column) && isNamedId(column.name))
  const rest = usable.filter((column) => !declared.includes(column) && !named.includes(column))
  return [
    ...(declared.length === 0 ? [] : [{ columns: declared, reason: 'primary key' as const }]),
    ...named.map((column) => ({ columns: [column], reason: 'named id' as const })),
    ...rest.map((column) => ({ columns: [column], reason: 'other' as const })),
  ].slice(0, MAX_COLUMNS)
}

const KEY_FLAG = 'lance-schema:unenforced-primary-key'

/** Position in the unenforced primary key; undefined for columns outside of it. */
function keyPosition({ metadata }: SchemaField): number | undefined {
  const position = metadata[`${KEY_FLAG}:position`]
  if (position !== undefined) return Number(position)
  return metadata[KEY_FLAG] === 'true' ? 0 : undefined
}

function isNamedId(name: string): boolean {
  return /^(id|uuid|guid|key|pk|rowid|row_id)$|_(id|uuid|key)$|[a-z](Id|Uuid|Key)$/.test(name)
}

function canIdentify(kind: FieldKind): boolean {
  switch (kind) {
    case 'integer':
    case 'string':
    case 'uuid':
    case 'binary':
    case 'decimal':
    case 'date':
    case 'time':
    case 'timestamp':
    case 'dictionary':
      return true
    case 'null':
    case 'boolean':
    case 'float':
    case 'duration':
    case 'vector':
    case 'list':
    case 'struct':
    case 'map':
    case 'json':
    case 'blob':
    case 'unknown':
      return false
  }
}

function toCandidate(
  { columns, reason }: Proposal,
  before: Uniqueness | undefined,
  after: Uniqueness | undefined,
): KeyCandidate {
  const sum = (pick: (side: Uniqueness) => number): number =>
    (before === undefined ? 0 : pick(before)) + (after === undefined ? 0 : pick(after))
  const [duplicates, nulls] = [sum((side) => side.duplicates), sum((side) => side.nulls)]
  const isComplete = before?.isComplete === true && after?.isComplete === true
  return {
    columns: columns.map(({ name }) => name),
    isUnique: duplicates === 0 && nulls === 0,
    duplicates,
    nulls,
    rowsChecked: sum((side) => side.rows),
    isComplete,
    why: reason === 'other' ? (isComplete ? 'unique in all rows' : 'unique in a sample') : reason,
  }
}
