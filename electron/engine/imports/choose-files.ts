import { stat } from 'node:fs/promises'
import type { ImportProblem, SourceFamily, SourceItem } from '#shared/model/import/source.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { EngineContext } from '../context.ts'
import { hasError, inspectFiles } from './inspect.ts'
import type { Reader } from './reader.ts'
import { findFiles } from './sources.ts'
import type { PlannedFile } from './unit.ts'

/** A file that is there and not read. */
export interface LeftOutFile {
  readonly name: string
  readonly reason: string
  /** It would make rows of this import if it could be read. */
  readonly isFailed: boolean
}

export interface ChosenFiles {
  readonly items: readonly SourceItem[]
  /** The same as they are planned, in the same order. */
  readonly files: readonly PlannedFile[]
  /** What is not read, each with the reason. */
  readonly leftOut: readonly SourceItem[]
  readonly truncated: boolean
}

const MADE: { readonly [K in SourceFamily]: string } = {
  documents: 'documents',
  tables: 'tables',
  media: 'media files',
}

/** The files of an import that make rows of its kind. */
export async function chooseFiles(
  context: EngineContext,
  reader: Reader,
  { sources, rows }: Pick<ImportSpec, 'sources' | 'rows'>,
  signal: AbortSignal,
): Promise<ChosenFiles> {
  const { files: found, truncated } = await findFiles(context.paths, sources, signal)
  const excluded = new Set(sources.exclude)
  const wanted = found.filter(({ name }) => !excluded.has(name))
  const inspected = await inspectFiles(context, reader, wanted, signal)
  const items: SourceItem[] = []
  const leftOut: SourceItem[] = []
  for (const item of inspected) {
    const fits = item.family === rows.kind
    if (hasError(item)) leftOut.push(item)
    else if (fits) items.push(item)
    else leftOut.push({ ...item, problems: [...item.problems, otherFamily(item, rows.kind)] })
  }
  return { items, files: await Promise.all(items.map((item) => toPlanned(context, item))), leftOut, truncated }
}

/** What an import tells of the files it does not read. */
export function tellLeftOut(
  leftOut: readonly SourceItem[],
  { rows }: Pick<ImportSpec, 'rows'>,
): readonly LeftOutFile[] {
  return leftOut.map(({ name, kind, family, problems }) => {
    const errors = problems.filter(({ severity }) => severity === 'error')
    const [first] = errors
    // Of what could not be looked at, nobody knows what it would be.
    const isFailed =
      first?.message !== otherFamily({ family }, rows.kind).message && (family === rows.kind || kind === 'binary')
    return { name, reason: first?.message ?? 'It is not read.', isFailed }
  })
}

async function toPlanned(context: EngineContext, item: SourceItem): Promise<PlannedFile> {
  const { problems: _problems, schema: _schema, ...planned } = item
  const { mtimeMs } = await stat(item.path).catch(() => ({ mtimeMs: 0 }))
  if (item.kind !== 'lance') return { ...planned, mtimeMs }
  const dataset = await context.datasets.open(item.path)
  return { ...planned, mtimeMs, version: (await dataset.resolve()).version }
}

function otherFamily({ family }: Pick<SourceItem, 'family'>, wanted: SourceFamily): ImportProblem {
  return {
    severity: 'error',
    message: `It is one of the ${MADE[family]}; this import makes rows of ${MADE[wanted]}.`,
    hint: `Import ${MADE[family]} by themselves.`,
  }
}
