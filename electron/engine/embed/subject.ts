import type { Input } from '#shared/contract/index.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { EngineContext } from '../context.ts'
import { embedderNotFound, endpointsOf, findEmbedder, toOrigin } from '../embedders/index.ts'
import type { Projected } from '../lance/index.ts'
import { openView, type View } from '../rows/index.ts'
import { checkTarget, isSameRun, readRecord, requireSource, type RunRecord } from './columns.ts'
import { refuse } from './problems.ts'

/** What an embedding is about: the newest version of main, its columns, and who makes the vectors. */
export interface Subject {
  readonly view: View
  readonly source: Projected
  /** Undefined = it will be added. */
  readonly target: SchemaField | undefined
  readonly embedder: EmbedderInfo
  /** Null = the embedder was never asked. */
  readonly dimension: number | null
  readonly origin: string
  /** The stopped run this one goes on with. */
  readonly resumed: RunRecord | undefined
  /** Helper columns of another stopped run are there, which this one would end. */
  readonly endsOther: boolean
}

/** Refuses what cannot go well, with the reason, before anything is written or sent. */
export async function readSubject(
  context: EngineContext,
  { dataset: handle, source: name, target: column, embedder: id }: Input<'embed.forecast'>,
): Promise<Subject> {
  const embedder = await findEmbedder(endpointsOf(context), id)
  if (embedder === undefined) throw embedderNotFound(id)
  const view = await openView(context, { dataset: handle })
  const { manifest } = view
  if (manifest.fragments.some(({ files }) => files.some(({ formatVersion }) => formatVersion.startsWith('0.')))) {
    throw refuse(
      'unsupported-format',
      'Lance adds no column without values to files of the first format, 0.1; nothing was changed.',
      'Make a copy in a newer format under Maintenance, and embed there.',
    )
  }
  const source = requireSource(manifest, name)
  const target = checkTarget(manifest, column, embedder)
  const origin = toOrigin(embedder, name)
  const record = readRecord(manifest)
  const isSame = isSameRun(record, { source: name, target: column, origin }) && target !== undefined
  return {
    view,
    source,
    target,
    embedder,
    dimension: target?.dimension ?? embedder.dimension,
    origin,
    resumed: isSame ? (record ?? undefined) : undefined,
    endsOther: record !== undefined && !isSame,
  }
}
