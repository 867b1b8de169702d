import { AppError } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { ImportProblem, SourceItem } from '#shared/model/import/source.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { ImportType } from '#shared/model/import/tables.ts'
import type { EngineContext } from '../context.ts'
import { withVectorColumn } from '../lance/index.ts'
import { chooseFiles } from './choose-files.ts'
import { findEmbedProblems, planEmbedding, type Embedding } from './embed-plan.ts'
import { toProblem } from './inspect.ts'
import { isNoKey, noKey, openTarget, planTarget, typesWanted, type OpenTarget, type TargetPlan } from './plan-target.ts'
import type { Reader } from './reader.ts'
import { takeSample, type Sample } from './sample.ts'
import { MAX_FILES } from './sources.ts'
import type { PlannedFile } from './unit.ts'

/** Everything that is decided before rows are written. */
export interface ImportPlan {
  readonly spec: ImportSpec
  readonly items: readonly SourceItem[]
  readonly files: readonly PlannedFile[]
  readonly leftOut: readonly SourceItem[]
  readonly truncated: boolean
  readonly sample: Sample
  readonly embedding: Embedding | undefined
  readonly target: OpenTarget
  readonly targetPlan: TargetPlan
  /** An `error` among them keeps the import from running. */
  readonly problems: readonly ImportProblem[]
}

/** Plans an import from a bounded look at its sources; `file` names the document to look at. Writes nothing. */
export async function planImport(
  context: EngineContext,
  reader: Reader,
  spec: ImportSpec,
  signal: AbortSignal,
  file?: string,
): Promise<ImportPlan> {
  const { items, files, leftOut, truncated } = await chooseFiles(context, reader, spec, signal)
  const target = await openTarget(context, spec.target)
  const look = (wanted: Wanted): Promise<Sample> => takeSample(context, reader, files, spec, { file, wanted }, signal)
  const { sample, unfit } = await sampleAs(typesWanted(target, spec), look)
  const problems: ImportProblem[] = [...sample.problems]
  if (truncated) problems.push(tooMany())
  if (files.length === 0) problems.push(nothing(leftOut))
  else if (sample.schema.columns.length === 0) problems.push(noColumns(sample))
  const { embedding, rows } = await planVectors(context, spec, sample, problems, signal)
  const targetPlan = planTarget(target, spec, rows, jsonColumns(spec, sample))
  problems.push(...targetPlan.problems, ...duplicateProblems(spec, targetPlan), ...unfitProblems(unfit, targetPlan))
  return { spec, items, files, leftOut, truncated, sample, embedding, target, targetPlan, problems }
}

type Wanted = ReadonlyMap<string, ImportType>

/** Looks at the sources that end in columns being read as they are. */
const MAX_LOOKS = 5

/**
 * Looks at tables of text in the types the dataset has. Where no row can be read so, columns that cannot are read as they
 * are, to show how the others meet the dataset: `unfit` are their names, with why.
 */
async function sampleAs(
  wanted: Wanted,
  look: (wanted: Wanted) => Promise<Sample>,
): Promise<{ readonly sample: Sample; readonly unfit: ReadonlyMap<string, string> }> {
  const unfit = new Map<string, string>()
  let types = wanted
  for (let looks = 1; ; looks++) {
    const sample = await look(types)
    const bad = sample.schema.columns.length === 0 ? sample.badRows.examples : []
    const blamed = bad.filter(({ column }) => column !== undefined && types.has(column))
    if (blamed.length === 0) return { sample, unfit }
    for (const { column = '', reason } of blamed) if (!unfit.has(column)) unfit.set(column, reason)
    // Every look tells of one column at least; at last all are read as they are.
    types = new Map(looks < MAX_LOOKS ? [...types].filter(([name]) => !unfit.has(name)) : [])
  }
}

/** What was read in a type of its own because the dataset's does not read it has to meet the dataset as a conflict. */
function unfitProblems(unfit: ReadonlyMap<string, string>, { matches = [] }: TargetPlan): readonly ImportProblem[] {
  return [...unfit].flatMap(([name, reason]): ImportProblem[] => {
    const match = matches.find(({ source }) => source === name)
    if (match === undefined || match.state === 'conflict') return []
    const message = `No value of "${name}" can be read as ${match.targetType ?? 'the dataset has it'}: the first ${reason}.`
    return [{ severity: 'error', message, hint: 'Map another column, or import into a new dataset.' }]
  })
}

/** Refuses what an error stands against: with its own code where there is one. */
export function checkPlan({ problems, target }: ImportPlan): void {
  if (target.kind === 'refused') throw target.error
  const first = problems.find(({ severity }) => severity === 'error')
  if (first === undefined) return
  throw new AppError({
    code: 'schema-mismatch',
    message: `Nothing was imported: ${first.message}`,
    hint: first.hint ?? 'Look at the preview of the import.',
    detail: { problems: problems.filter(({ severity }) => severity === 'error').map(({ message }) => message) },
  })
}

async function planVectors(
  context: EngineContext,
  { embed }: ImportSpec,
  { schema }: Sample,
  problems: ImportProblem[],
  signal: AbortSignal,
) {
  if (embed === undefined) return { embedding: undefined, rows: schema }
  problems.push(...findEmbedProblems(schema, embed))
  try {
    const embedding = await planEmbedding(context, embed, signal)
    return { embedding, rows: withVectorColumn(schema, embedding.column) }
  } catch (error) {
    signal.throwIfAborted()
    problems.push(toProblem(error))
    return { embedding: undefined, rows: schema }
  }
}

function jsonColumns({ rows }: ImportSpec, { columns = [] }: Sample): ReadonlySet<string> {
  if (rows.kind !== 'tables') return new Set()
  return new Set(columns.flatMap(({ source, name = source, type }) => (type === 'json' ? [name] : [])))
}

function duplicateProblems(
  { duplicates, target }: ImportSpec,
  { schema, sources }: TargetPlan,
): readonly ImportProblem[] {
  if (duplicates === undefined) return []
  const mode = target.kind === 'existing' ? target.mode : undefined
  if (mode === 'update') return [NOT_WITH_UPDATE]
  if (duplicates.by === 'content') {
    const blobs = schema.columns.filter(({ name, isBlob }) => isBlob && (sources.get(name) ?? null) !== null)
    return blobs.map(({ name }) => notCompared(name))
  }
  const key = target.kind === 'existing' ? (target.key ?? []) : []
  const isOfKey = duplicates.by.length === key.length && duplicates.by.every((name) => key.includes(name))
  if (mode === 'upsert' && duplicates.keep === 'last' && !isOfKey) return [NOT_LAST_OF_OTHERS]
  const known = new Map(schema.columns.map((column) => [column.name, column]))
  return duplicates.by.flatMap((name): ImportProblem[] => {
    const column = known.get(name)
    const hint = 'Choose columns of the dataset that get values.'
    if (column === undefined || (sources.get(name) ?? null) === null) {
      return [{ severity: 'error', message: `Duplicates go by "${name}", which gets no values.`, hint }]
    }
    if (column.isBlob) return [{ severity: 'error', message: `Blobs such as "${name}" are no key.`, hint }]
    if (duplicates.keep === 'last' && isNoKey(column.type)) {
      const instead = 'Keep the first, or choose other columns.'
      return [{ severity: 'error', message: noKey(name, column.type), hint: instead }]
    }
    return []
  })
}

const NOT_WITH_UPDATE: ImportProblem = {
  severity: 'error',
  message: 'Updating puts whole files in place of what was there of them; duplicates are not looked for in it.',
  hint: 'Leave the duplicates, or append without the rows that are there.',
}

const NOT_LAST_OF_OTHERS: ImportProblem = {
  severity: 'error',
  message:
    'Rows are replaced by their key, of which the last is kept; the last by other columns cannot be kept as well.',
  hint: 'Look for duplicates by the key, or keep the first.',
}

function notCompared(blob: string): ImportProblem {
  return {
    severity: 'warning',
    message: `Blobs are not compared: rows that are the same but for "${blob}" are taken for duplicates.`,
    hint: 'Look for duplicates by columns that tell the rows apart, such as a hash of the bytes.',
  }
}

function tooMany(): ImportProblem {
  return {
    severity: 'warning',
    message: `There are more than ${formatCount(MAX_FILES)} files; the others are left out.`,
    hint: 'Import folder by folder.',
  }
}

function nothing(leftOut: readonly SourceItem[]): ImportProblem {
  const [first] = leftOut.flatMap(({ problems }) => problems.filter(({ severity }) => severity === 'error'))
  return {
    severity: 'error',
    message: `There is nothing to import${first === undefined ? '.' : `: ${first.message}`}`,
    hint: first?.hint ?? 'Choose other files or folders. What is hidden is not looked at.',
  }
}

function noColumns({ badRows: { count, examples } }: Sample): ImportProblem {
  const [first] = examples
  if (first === undefined) {
    const message = 'The files have no rows to tell columns from.'
    return { severity: 'error', message, hint: 'Choose files that are not empty.' }
  }
  return {
    severity: 'error',
    message: `None of the first ${formatCount(count)} rows can be read as planned. Line ${first.line} of "${first.file}" ${first.reason}.`,
    hint: 'Correct the plan of the columns.',
  }
}
