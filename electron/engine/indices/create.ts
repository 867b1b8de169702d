import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import type { EngineContext } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { runJob } from '../jobs/index.ts'
import type { NewIndex } from '../lance/index.ts'
import { requireIndexColumn, typesFor, whyNot } from './columns.ts'
import { createIndexTask } from './create-task.ts'
import { refuseSystem } from './find.ts'
import { listAt, liveRows } from './list.ts'
import { checkParams } from './params.ts'

/** Checks what is to be built and builds it in a job. */
export async function* createIndex(
  context: EngineContext,
  input: Input<'indices.create'>,
  signal: AbortSignal,
): AsyncGenerator<Output<'indices.create'>> {
  const dataset = context.datasets.get(input.dataset)
  const index = await checkNewIndex(context, input)
  signal.throwIfAborted()
  yield* runJob(
    context,
    {
      operation: 'indices.create',
      title: `Build ${index.type} on ${index.column}`,
      dataset,
      writes: true,
      input: { location: dataset.location, index },
      task: createIndexTask,
    },
    signal,
  )
}

/**
 * Everything that can be refused before Lance is asked: `unknown-column`, `not-indexable`, `invalid-input`, `invalid-name`,
 * `already-exists`, `read-only`.
 */
export async function checkNewIndex(
  { datasets }: EngineContext,
  { dataset: handle, column: path, type, params = {}, name, replace = false }: Input<'indices.create'>,
): Promise<NewIndex> {
  const dataset = datasets.get(handle)
  const at = await dataset.resolve()
  const manifest = await dataset.manifest(at)
  const column = requireIndexColumn(manifest, path)
  const reason = whyNot(type, column)
  if (reason !== undefined) {
    const others = typesFor(column)
    throw new AppError({
      code: 'not-indexable',
      message: reason,
      hint: others.length === 0 ? 'Choose another column.' : `On "${path}" these can be built: ${others.join(', ')}.`,
      detail: { column: path, type, possible: others },
    })
  }
  const rows = manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
  checkParams(type, params, column, rows)
  const chosen = name ?? `${path}_idx`
  checkName(chosen)
  const existing = (await listAt(dataset, at)).find((index) => index.name === chosen)
  if (existing !== undefined) checkReplace(existing, path, replace)
  await checkWritable(dataset, undefined, [...commitFolders(undefined), '_indices'])
  // Multivectors know one distance, and LanceDB would take another one by default.
  const metric = column.vector?.isMulti === true ? 'cosine' : column.vector?.isBytes === true ? 'hamming' : undefined
  return {
    name: chosen,
    column: path,
    type,
    params: metric === undefined ? params : { ...params, metric },
    replace,
  }
}

/** Names Lance gives its own indices: one of ours among them makes every later commit fail. */
const RESERVED = '__lance'

function checkName(name: string): void {
  const reason = name.startsWith(RESERVED)
    ? `Lance keeps names that begin with "${RESERVED}" for itself.`
    : /\p{Cc}/u.test(name)
      ? 'It contains a control character.'
      : name.trim() !== name || name === ''
        ? 'It begins or ends with a space.'
        : undefined
  if (reason === undefined) return
  throw new AppError({
    code: 'invalid-name',
    message: `An index cannot be named ${JSON.stringify(name)}. ${reason}`,
    hint: 'Choose another name.',
    detail: { name },
  })
}

function checkReplace(existing: IndexEntry, column: string, replace: boolean): void {
  const { name, type, columns } = existing
  const what = `There is an index "${name}" already: ${type} on ${columns.join(', ')}.`
  if (!replace) {
    throw new AppError({
      code: 'already-exists',
      message: `${what} It is replaced only when you ask for that.`,
      hint: 'Choose another name to have both, or replace it: queries use the old one until the new one is built.',
      detail: { index: name, type, columns },
    })
  }
  refuseSystem(existing)
  if (columns.includes(column)) return
  throw new AppError({
    code: 'already-exists',
    message: `${what} Lance replaces an index only by one on the same column.`,
    hint: 'Choose another name, or drop that index first.',
    detail: { index: name, type, columns },
  })
}
