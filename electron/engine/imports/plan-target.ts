import { AppError, toErrorValue } from '#shared/errors.ts'
import type { ColumnMatch } from '#shared/model/import/preview.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { ImportSpec, ImportTarget } from '#shared/model/import/spec.ts'
import type { ImportType } from '#shared/model/import/tables.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import {
  matchColumns,
  nativeWriterFor,
  readSchemaFile,
  schemaForNew,
  schemaOfDataset,
  type RowsSchema,
} from '../lance/index.ts'
import { checkNewPlace, type NewPlace } from '../store/new-place.ts'
import { findNameProblems } from './table-columns.ts'

/** The dataset an import writes into, before anything is known of the rows. */
export type OpenTarget =
  | { readonly kind: 'new'; readonly place: NewPlace }
  | { readonly kind: 'existing'; readonly dataset: OpenDataset; readonly schema: RowsSchema; readonly version: number }
  /** It cannot be written into, with the reason. */
  | { readonly kind: 'refused'; readonly error: AppError }

export async function openTarget(context: EngineContext, target: ImportTarget): Promise<OpenTarget> {
  try {
    if (target.kind === 'new') return { kind: 'new', place: await checkNewPlace(target.location, context.paths.root) }
    const dataset = await context.datasets.open(target.location)
    await checkWritable(dataset, undefined, [...commitFolders(undefined), 'data', '_deletions'])
    const { version } = await dataset.resolve()
    const schema = schemaOfDataset(await readSchemaFile(nativeWriterFor(context.paths.dataDir), dataset))
    return { kind: 'existing', dataset, schema, version }
  } catch (error) {
    if (error instanceof AppError && error.code !== 'cancelled') return { kind: 'refused', error }
    throw error
  }
}

const READABLE = /^(bool|int32|int64|float32|float64|string|json|vector\[\d+\])$/

/** Types tables of text are read as because the dataset has them, by the name of the column of the rows; of none planned. */
export function typesWanted(target: OpenTarget, spec: ImportSpec): ReadonlyMap<string, ImportType> {
  const wanted = new Map<string, ImportType>()
  if (target.kind !== 'existing' || spec.target.kind !== 'existing' || spec.target.mode === 'overwrite') return wanted
  if (spec.rows.kind !== 'tables' || spec.rows.columns !== undefined) return wanted
  const { mapping = {} } = spec.target
  for (const { name, type } of target.schema.columns) {
    const source = Object.hasOwn(mapping, name) ? mapping[name] : name
    const read = toImportType(type)
    if (source !== null && source !== undefined && read !== undefined) wanted.set(source, read)
  }
  return wanted
}

function toImportType(type: string): ImportType | undefined {
  // Matched by the expression: one of the types that are written alike here and in plans.
  if (READABLE.test(type)) return type as ImportType
  if (type === 'large_string' || type.startsWith('dictionary<')) return 'string'
  if (/^u?int(8|16)$/.test(type)) return undefined
  if (type.startsWith('date32')) return 'date'
  return type.startsWith('timestamp<') ? 'timestamp' : undefined
}

/** How rows go into a dataset. */
export interface TargetPlan {
  /** What is written has these columns. */
  readonly schema: RowsSchema
  /** Column of the dataset to column of the rows; null = left null. */
  readonly sources: ReadonlyMap<string, string | null>
  readonly matches: readonly ColumnMatch[] | undefined
  readonly problems: readonly ImportProblem[]
}

/** `json`: columns of the rows whose texts are JSON. */
export function planTarget(
  target: OpenTarget,
  spec: ImportSpec,
  rows: RowsSchema,
  json: ReadonlySet<string>,
): TargetPlan {
  if (target.kind === 'refused') {
    const { message, hint } = toErrorValue(target.error)
    const problem: ImportProblem = { severity: 'error', message, ...(hint === undefined ? {} : { hint }) }
    return { schema: schemaForNew(rows), sources: new Map(), matches: undefined, problems: [problem] }
  }
  if (target.kind === 'new' || spec.target.kind === 'new' || spec.target.mode === 'overwrite') {
    const schema = schemaForNew(rows, json)
    const names = schema.columns.map(({ name }) => name)
    const problems = findNameProblems(names)
    return { schema, sources: new Map(names.map((name) => [name, name])), matches: undefined, problems }
  }
  const { mapping, mode, key = [] } = spec.target
  const matches = matchColumns(rows, target.schema, mapping)
  const sources = new Map(
    matches.flatMap((match) => (match.target === null ? [] : [[match.target, match.source] as const])),
  )
  return {
    schema: target.schema,
    sources,
    matches,
    problems: [
      ...unknownTargets(mapping, target.schema),
      ...toProblems(matches),
      ...keyProblems(mode, key, matches, spec),
    ],
  }
}

function unknownTargets(
  mapping: Readonly<Record<string, string | null>> = {},
  { columns }: RowsSchema,
): readonly ImportProblem[] {
  const known = new Set(columns.map(({ name }) => name))
  return Object.keys(mapping)
    .filter((name) => !known.has(name))
    .map((name) => ({
      severity: 'error',
      message: `The dataset has no column "${name}".`,
      hint: 'Take it out of the mapping.',
    }))
}

function toProblems(matches: readonly ColumnMatch[]): readonly ImportProblem[] {
  return matches.flatMap((match): ImportProblem[] => {
    const { state, problem = '' } = match
    if (state === 'missing' || state === 'conflict') {
      return [{ severity: 'error', message: problem, hint: 'Map another column, or import into a new dataset.' }]
    }
    return state === 'extra' ? [{ severity: 'warning', message: `${problem} It is left out.` }] : []
  })
}

/** Lance finds no row again by these: it compares JSON as the bytes it makes of it, and blobs not at all. */
export function isNoKey(type: string): boolean {
  return type === 'json' || type === 'blob'
}

export function noKey(name: string, type: string): string {
  return `Rows cannot be replaced by "${name}": Lance finds none by ${type === 'json' ? 'JSON' : 'blobs'}.`
}

function keyProblems(
  mode: string,
  key: readonly string[],
  matches: readonly ColumnMatch[],
  { rows }: ImportSpec,
): readonly ImportProblem[] {
  const problems: ImportProblem[] = []
  const error = (message: string, hint: string): void => void problems.push({ severity: 'error', message, hint })
  const fits = (name: string): boolean =>
    matches.some(({ target, source, state }) => target === name && source !== null && state !== 'conflict')
  if (mode === 'upsert') {
    if (key.length === 0) error('Replacing rows needs columns that name a row.', 'Choose the key.')
    for (const name of key) {
      if (!fits(name)) error(`The key column "${name}" gets no values from the rows.`, 'Map a column to it.')
      const type = matches.find(({ target }) => target === name)?.targetType ?? ''
      if (isNoKey(type)) error(noKey(name, type), 'Choose other columns.')
    }
  }
  if (mode === 'update') {
    if (rows.kind === 'tables') {
      error('Only documents and media can be updated by file.', 'Replace rows by a key instead.')
      return problems
    }
    for (const source of ['uuid', 'source_path', 'content_hash']) {
      if (!matches.some((match) => match.source === source && match.target !== null && match.state !== 'conflict')) {
        error(`Updating goes by "${source}", and the dataset has no column for it.`, 'Map a column to it, or append.')
      }
    }
  }
  return problems
}
