import type { EmbedResult } from '#shared/contract/embed.ts'
import { join } from 'node:path'
import type { AppError } from '#shared/errors.ts'
import type { OpenDataset } from '../context.ts'
import { openBulkEmbedder, ORIGIN_KEY, type EmbedderSource } from '../embedders/index.ts'
import { liveRows, retryConflicts } from '../indices/index.ts'
import type { Task, TaskEnv } from '../jobs/index.ts'
import { allowMerges, dropColumns, mergeVectors, nativeWriterFor, updateColumnMetadata } from '../lance/index.ts'
import { openView } from '../rows/index.ts'
import { Chunk } from './chunk.ts'
import { HELPERS, requireSource } from './columns.ts'
import { CHUNK_BYTES, rowBytes } from './cost.ts'
import { runPass, type PassResult } from './pass.ts'
import { addLateKeys, prepareColumns } from './prepare.ts'
import { NO_STAGE, openStage, type Stage } from './stage.ts'

export interface EmbedInput {
  readonly location: string
  readonly source: string
  readonly target: string
  readonly dimension: number
  readonly embedder: EmbedderSource
  /** What the metadata of the column will say about where its vectors come from. */
  readonly origin: string
  /** Absent = as much as this machine bears; for tests. */
  readonly chunkBytes?: number
  /** Milliseconds before the first repetition of a request; for tests. */
  readonly backoffMs?: number
}

/** Looks again as long as others commit meanwhile, but not for ever. */
const ROUNDS_MAX = 5
const MERGE_MEMORY_FACTOR = 4
const MERGE_MEMORY_MIN = 128 * 1024 * 1024

export const embedColumnTask: Task<EmbedInput, EmbedResult> = async (input, env) => {
  const began = performance.now()
  const { chunkBytes = CHUNK_BYTES } = input
  allowMerges(MERGE_MEMORY_MIN + chunkBytes * MERGE_MEMORY_FACTOR)
  const dataset = await env.context.datasets.open(input.location)
  const { version: versionBefore } = await dataset.resolve()
  const embedder = openBulkEmbedder(input.embedder, input.backoffMs === undefined ? {} : { backoffMs: input.backoffMs })
  const stage = await stageFor(input, env)
  const refused = new Map<string, AppError>()
  try {
    const filled = await fill(input, env, dataset, { embedder, stage, refused, chunkBytes })
    const versionAfter = await tidy(input, env, dataset)
    await stage.close('remove')
    const [refusal] = refused.values()
    return {
      column: input.target,
      ...filled,
      ...(refusal === undefined ? {} : { refusal: refusal.message }),
      requests: embedder.requests,
      retries: embedder.retries,
      versionBefore,
      versionAfter,
      elapsedMs: performance.now() - began,
    }
  } catch (error) {
    await stage.close('keep').catch(() => undefined)
    throw error
  }
}

interface Tools {
  readonly embedder: ReturnType<typeof openBulkEmbedder>
  readonly stage: Stage
  readonly refused: Map<string, AppError>
  readonly chunkBytes: number
}

type Filled = Pick<EmbedResult, 'rowsEmbedded' | 'rowsEmpty' | 'rowsRefused' | 'rowsLeft'>

async function fill(input: EmbedInput, env: TaskEnv, dataset: OpenDataset, tools: Tools): Promise<Filled> {
  const { context, signal } = env
  const { target, dimension } = input
  const { chunkBytes } = tools
  const writer = nativeWriterFor(context.paths.dataDir)
  env.report({ done: 0, total: null, unit: 'rows', note: 'Preparing the column' })
  const { isFresh } = await prepareColumns(context, dataset, input, signal)
  let chunk: Chunk | undefined
  for (let round = 1; ; round++) {
    const view = await openView(context, { dataset: dataset.handle })
    const rows = view.manifest.fragments.reduce((sum, fragment) => sum + liveRows(fragment), 0)
    const rowsMax = Math.max(1, Math.min(rows, Math.floor(chunkBytes / rowBytes(dimension))))
    const embeds = round <= ROUNDS_MAX
    const current: Chunk = (chunk ??= new Chunk({ ...tools, target, dimension, signal }, rowsMax))
    const refusedBefore = current.rowsRefused
    let last = view.at.version
    let isAlone = true
    const commit = async (): Promise<void> => {
      signal.throwIfAborted()
      const values = { column: target, dimension, ...current.rows() }
      const merged = await retryConflicts(signal, () => mergeVectors(writer, dataset, values))
      isAlone &&= merged.isAlone && merged.from === last
      last = merged.version
      current.clear()
      await tools.stage.forget()
    }
    const pass: PassResult = await runPass({
      view,
      source: requireSource(view.manifest, input.source),
      vector: isFresh ? undefined : target,
      dimension,
      chunkBytes,
      chunk: current,
      embeds,
      signal,
      commit,
      onRows: (done, total) => env.report({ done, total, unit: 'rows', note: noteOf(round, embeds) }),
    })
    const { version } = await dataset.resolve()
    const isDone = isAlone && version === last && pass.rowsLeft === 0
    if (isDone || !embeds) {
      const { rowsEmbedded, rowsRefused } = current
      return { ...pass, rowsEmbedded, rowsRefused: rowsRefused - refusedBefore }
    }
    if (pass.rowsLeft > 0) await addLateKeys(context, dataset, signal)
  }
}

function noteOf(round: number, embeds: boolean): string {
  if (round === 1) return 'Embedding'
  return embeds ? 'Embedding what others changed meanwhile' : 'Taking back vectors of texts that changed'
}

/** Takes the helper columns away and says who made the vectors, where the column does not say so yet. */
async function tidy(input: EmbedInput, { context, signal }: TaskEnv, dataset: OpenDataset): Promise<number> {
  const writer = nativeWriterFor(context.paths.dataDir)
  const at = await dataset.resolve()
  const { schema } = await dataset.manifest(at)
  const names = schema.map(({ name }) => name)
  const helpers = HELPERS.filter((name) => names.includes(name))
  const says = schema.find(({ name }) => name === input.target)?.metadata[ORIGIN_KEY]
  let { version } = at
  if (says === undefined) {
    version = await updateColumnMetadata(writer, dataset, input.target, { [ORIGIN_KEY]: input.origin })
  }
  if (helpers.length > 0) version = await retryConflicts(signal, () => dropColumns(writer, dataset, helpers))
  return version
}

async function stageFor({ location, embedder, dimension, source }: EmbedInput, env: TaskEnv): Promise<Stage> {
  if (embedder.kind === 'built-in') return NO_STAGE
  const folder = join(env.context.paths.dataDir, 'embedding')
  return openStage(folder, [location, source, embedder.url, embedder.model], dimension)
}
