import { INDEX_TYPES, type IndexEntry, type IndexParams, type IndexType } from '#shared/model/index-entry.ts'
import { AppError } from '#shared/errors.ts'
import type { RepairResult } from '#shared/model/doctor.ts'
import type { JobInfo } from '#shared/model/job.ts'
import { createIndicesHandlers } from '../../indices/index.ts'
import type { RepairEnv } from './env.ts'

type Handlers = ReturnType<typeof createIndicesHandlers>

interface Opened {
  readonly handle: string
  readonly handlers: Handlers
  readonly index: IndexEntry
}

/** Builds an index of main again as it was, as far as its settings are recorded: a new one first, then the old name. */
export async function* rebuildIndex(env: RepairEnv, name: string): AsyncGenerator<JobInfo, RepairResult> {
  const { signal } = env
  const holder = new AbortController()
  try {
    const { handle, handlers, index } = await open(env, name, holder.signal)
    const [column] = index.columns
    if (!isBuildable(index.type) || column === undefined || index.columns.length > 1) {
      throw new AppError({
        code: 'not-indexable',
        message: `Index ${name} (${index.type}) cannot be built here.`,
        hint: 'Drop it, and build it with the tool that made it.',
      })
    }
    const input = { dataset: handle, column, type: index.type, params: paramsOf(index), name, replace: true } as const
    let made: { readonly version: number } | undefined
    for await (const event of handlers['indices.create'](input, { signal })) {
      if (event.kind === 'job') yield event.job
      else made = { version: event.job.versionAfter ?? 0 }
    }
    if (made === undefined) throw new AppError({ code: 'cancelled', message: 'The index was not built.' })
    return { repair: 'rebuild-index', title: `Index ${name} was built again.`, version: made.version, lost: [] }
  } finally {
    holder.abort()
  }
}

export async function dropBrokenIndex(env: RepairEnv, name: string): Promise<RepairResult> {
  const holder = new AbortController()
  try {
    const { handle, handlers } = await open(env, name, holder.signal)
    const { versionAfter } = await handlers['indices.drop']({ dataset: handle, name }, { signal: env.signal })
    return { repair: 'drop-index', title: `Index ${name} was dropped.`, version: versionAfter, lost: [] }
  } finally {
    holder.abort()
  }
}

async function open({ context, dataset, signal }: RepairEnv, name: string, holder: AbortSignal): Promise<Opened> {
  const { handle } = await context.datasets.open(dataset.location, holder)
  const handlers = createIndicesHandlers(context)
  const index = (await handlers['indices.list']({ dataset: handle }, { signal })).find((it) => it.name === name)
  if (index !== undefined) return { handle, handlers, index }
  throw new AppError({
    code: 'index-not-found',
    message: `There is no index "${name}" in the newest version.`,
    hint: 'Check the dataset again.',
    detail: { index: name },
  })
}

function isBuildable(type: string): type is IndexType {
  return (INDEX_TYPES as readonly string[]).includes(type)
}

/** The distance is part of what an index answers; the rest may be chosen anew for the rows there are now. */
function paramsOf({ kind, metric, tokenizer }: IndexEntry): IndexParams {
  if (kind === 'vector') return metric === undefined ? {} : { metric }
  const withPosition = tokenizer?.['with_position'] ?? tokenizer?.['withPosition']
  return kind === 'text' && typeof withPosition === 'boolean' ? { withPosition } : {}
}
