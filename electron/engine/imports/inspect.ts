import { setMaxListeners } from 'node:events'
import { AppError, isCancelled, toErrorValue } from '#shared/errors.ts'
import { familyOf, type ImportProblem, type SourceItem, type TableKind } from '#shared/model/import/source.ts'
import { DEFAULT_NULL_TOKENS } from '#shared/model/import/tables.ts'
import type { EngineContext } from '../context.ts'
import { inspectDataset } from '../datasets/index.ts'
import { bytesPerRow } from '../rows/index.ts'
import { isThreadEnd } from '../parsing/index.ts'
import { KnownItems } from './known-items.ts'
import type { Reader } from './reader.ts'
import type { FoundFile } from './sources.ts'

/** Tables whose columns are looked at; those of one import are mostly alike. */
const MAX_DETECTED = 50
/** Files asked about at once; the thread answers one after the other. */
const AHEAD = 16

/** What each file is, all of them. */
export async function inspectFiles(...work: Parameters<typeof inspectParts>): Promise<readonly SourceItem[]> {
  const items: SourceItem[] = []
  for await (const part of inspectParts(...work)) items.push(...part)
  return items
}

/** What each file is, some at a time. One that cannot be read is there with an `error` among its problems. */
export async function* inspectParts(
  context: EngineContext,
  reader: Reader,
  files: readonly FoundFile[],
  signal: AbortSignal,
): AsyncGenerator<readonly SourceItem[]> {
  // Every question listens for its end.
  setMaxListeners(0, signal)
  const known = new KnownItems(context)
  let tables = 0
  const inspectOne = async (file: FoundFile, isAlone: boolean): Promise<SourceItem> => {
    if (file.problem !== undefined) return toItem(file, file.problem)
    if (file.isDataset) return inspectLance(context, file)
    return known.get(file) ?? inspectFile(file, isAlone)
  }
  const inspectFile = async (file: FoundFile, isAlone: boolean): Promise<SourceItem> => {
    const item = await reader.call('source.inspect', { path: file.path, name: file.name }, file, signal)
    const isWhole = item.family !== 'tables' || item.schema !== undefined || hasError(item)
    // A table whose columns are not looked at now may be among the first another time.
    if (!isWhole && tables >= MAX_DETECTED) return item
    if (!isWhole) tables++
    const whole = isWhole ? item : await withColumns(reader, item, isAlone, signal)
    known.add(file, whole)
    return whole
  }
  for (let from = 0; from < files.length; from += AHEAD) {
    signal.throwIfAborted()
    const part = files.slice(from, from + AHEAD)
    const found = await Promise.allSettled(part.map((file) => inspectOne(file, false)))
    const items: SourceItem[] = []
    for (const [index, file] of part.entries()) {
      const result = found[index]
      // What ends the thread fails every file asked about: each is asked about once more, by itself.
      items.push(result?.status === 'fulfilled' ? result.value : await inspectAlone(file, inspectOne, signal))
    }
    yield items
  }
}

async function inspectAlone(
  file: FoundFile,
  inspectOne: (file: FoundFile, isAlone: boolean) => Promise<SourceItem>,
  signal: AbortSignal,
): Promise<SourceItem> {
  try {
    signal.throwIfAborted()
    return await inspectOne(file, true)
  } catch (error) {
    if (isCancelled(error)) throw error
    signal.throwIfAborted()
    return toItem(file, toProblem(error))
  }
}

async function withColumns(
  reader: Reader,
  item: SourceItem,
  isAlone: boolean,
  signal: AbortSignal,
): Promise<SourceItem> {
  const { path, name, compression } = item
  try {
    const kind = item.kind as TableKind
    const source = { path, name, kind, compression, reading: {}, nullTokens: DEFAULT_NULL_TOKENS }
    const { columns, rows, problems } = await reader.call('table.detect', source, item, signal)
    return {
      ...item,
      ...(rows === undefined ? {} : { rows }),
      schema: columns.map(({ source: column, type, sourceType }) => ({
        name: column,
        type: type === 'as-is' ? sourceType : type,
      })),
      problems: [...item.problems, ...problems],
    }
  } catch (error) {
    if (isCancelled(error)) throw error
    signal.throwIfAborted()
    // Of a thread that ended nobody knows yet which file did it.
    if (!isAlone && isThreadEnd(error)) throw error
    return { ...item, problems: [...item.problems, toProblem(error)] }
  }
}

async function inspectLance({ paths }: EngineContext, { path, name }: FoundFile): Promise<SourceItem> {
  const dataset = await inspectDataset(path, paths.root)
  const manifest = await dataset.manifest(await dataset.resolve())
  const rows = manifest.fragments.reduce(
    (sum, { physicalRows, deletion }) => sum + physicalRows - (deletion?.deletedRows ?? 0),
    0,
  )
  return {
    path,
    name,
    kind: 'lance',
    family: 'tables',
    bytes: Math.round(bytesPerRow(manifest) * rows),
    rows,
    schema: manifest.schema.map((field) => ({ name: field.name, type: field.type })),
    problems: [],
  }
}

export function hasError({ problems }: Pick<SourceItem, 'problems'>): boolean {
  return problems.some(({ severity }) => severity === 'error')
}

export function toProblem(error: unknown): ImportProblem {
  const { message, hint } = error instanceof AppError ? error : toErrorValue(error)
  return { severity: 'error', message, ...(hint === undefined ? {} : { hint }) }
}

function toItem({ path, name, bytes, isDataset }: FoundFile, problem: ImportProblem): SourceItem {
  const kind = isDataset ? 'lance' : 'binary'
  return { path, name, kind, family: familyOf(kind), bytes, problems: [problem] }
}
