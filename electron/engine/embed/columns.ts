import type { EmbedderInfo } from '#shared/model/embedder.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { columnOrigins } from '../embedders/index.ts'
import type { Manifest } from '../format/types.ts'
import { castForDecoding, HASH_COLUMN, isAddressable, KEY_COLUMN, type Projected } from '../lance/index.ts'
import { requireReadable } from '../rows/index.ts'
import { lengthsDiffer, refuse } from './problems.ts'

/** Columns that are there only while an embedding runs, or after it was stopped. */
export const HELPERS = [KEY_COLUMN, HASH_COLUMN] as const
const LONGEST_NAME = 200

/** The text column, as it is read. `unknown-column`, `invalid-input` for one that holds no text. */
export function requireSource(manifest: Manifest, name: string): Projected {
  const field = requireReadable(manifest, name)
  const isText = /^(large_)?string$/.test(field.logicalType) || /^dict:(large_)?string:/.test(field.logicalType)
  if (!isText || field.kind === 'json') {
    throw refuse(
      'invalid-input',
      `"${name}" holds ${field.type}, not text.`,
      'Choose a column of strings; text inside of others has to be taken out into a column first.',
      { column: name, type: field.type },
    )
  }
  const sql = castForDecoding(field)
  return sql === undefined ? { name } : { name, sql }
}

/**
 * The column to fill when it is there already, which must be able to take the vectors of this embedder; undefined when it
 * will be added, and can be. `invalid-name`, `invalid-vector`, `invalid-input`.
 */
export function checkTarget(manifest: Manifest, target: string, embedder: EmbedderInfo): SchemaField | undefined {
  const field = manifest.schema.find(({ name }) => name === target)
  if (field === undefined) {
    checkNewName(manifest, target)
    return undefined
  }
  if (!/^fixed_size_list:float:\d+$/.test(field.logicalType) || field.dimension === undefined) {
    throw refuse(
      'invalid-vector',
      `"${target}" is there already and holds ${field.type}, not vectors of 32-bit numbers.`,
      'Name a new column.',
      { column: target, type: field.type },
    )
  }
  if (!field.nullable) {
    throw refuse(
      'invalid-vector',
      `Every row has a vector in "${target}": its values cannot be null.`,
      'Name a new column to make other vectors.',
      { column: target },
    )
  }
  const { title, dimension } = embedder
  if (dimension !== null && dimension !== field.dimension) {
    throw lengthsDiffer(target, field.dimension, title, dimension)
  }
  checkOrigin(manifest, target, embedder)
  return field
}

/** Vectors of two models in one column cannot be compared with each other. */
function checkOrigin(manifest: Manifest, target: string, embedder: EmbedderInfo): void {
  const recorded = columnOrigins(manifest, [embedder]).find(({ column }) => column === target)
  if (recorded?.recorded === undefined || recorded.embedder !== undefined) return
  const { provider, model } = recorded.recorded
  throw refuse(
    'invalid-input',
    `The vectors of "${target}" were made by ${model} (${provider}); those of ${embedder.model} do not go with them.`,
    'Name a new column: a migration fills it beside the old one and then swaps them.',
    { column: target, recorded: { provider, model } },
  )
}

/** Refuses names Lance takes badly, and those of the columns it makes up itself. */
export function checkNewName(manifest: Manifest, name: string): void {
  const taken = manifest.schema.find((field) => field.name.toLowerCase() === name.toLowerCase())
  const reason =
    name.trim() !== name || name === ''
      ? 'it begins or ends with a blank'
      : name.length > LONGEST_NAME
        ? `it has more than ${LONGEST_NAME} characters`
        : /[.\p{Cc}]/u.test(name) || !isAddressable(name)
          ? 'it holds a dot, a backtick or a control character'
          : /^_(tiltyard|row|distance|score|relevance|fragid)/i.test(name)
            ? 'names that begin like this belong to Lance or to Tiltyard'
            : undefined
  if (reason !== undefined) {
    throw refuse('invalid-name', `A column cannot be named "${name}": ${reason}.`, 'Choose another name.')
  }
  if (taken !== undefined) {
    throw refuse('already-exists', `There is a column "${taken.name}" already.`, 'Choose another name.')
  }
}

/** What a run of the job leaves in the metadata of its helper column, so that another can go on with it. */
export interface RunRecord {
  readonly source: string
  readonly target: string
  readonly origin: string
  /** The column was added for it: a row has a vector exactly when it has a hash. */
  readonly isFresh: boolean
}

const RECORD_KEY = 'tiltyard:embedding'

export function toRecord(record: RunRecord): Readonly<Record<string, string>> {
  return { [RECORD_KEY]: JSON.stringify(record) }
}

/** The run whose helper columns are there; undefined when there are none, null when they do not say whose they are. */
export function readRecord(manifest: Manifest): RunRecord | null | undefined {
  const helpers = manifest.schema.filter(({ name }) => (HELPERS as readonly string[]).includes(name))
  if (helpers.length === 0) return undefined
  try {
    const text = helpers.find(({ name }) => name === HASH_COLUMN)?.metadata[RECORD_KEY]
    const parsed = JSON.parse(text ?? 'null') as Partial<RunRecord> | null
    const { source, target, origin, isFresh } = parsed ?? {}
    if (typeof source !== 'string' || typeof target !== 'string' || typeof origin !== 'string') return null
    return { source, target, origin, isFresh: isFresh === true }
  } catch {
    return null
  }
}

/** Whether helper columns of an earlier run serve this one. */
export function isSameRun(record: RunRecord | null | undefined, wanted: Omit<RunRecord, 'isFresh'>): boolean {
  return (
    record !== undefined &&
    record !== null &&
    record.source === wanted.source &&
    record.target === wanted.target &&
    record.origin === wanted.origin
  )
}
