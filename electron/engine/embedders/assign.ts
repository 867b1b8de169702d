import type { Input, Output } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { EngineContext } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { nativeWriterFor, updateColumnMetadata } from '../lance/index.ts'
import { embedderNotFound, findEmbedder } from './catalogue.ts'
import type { Endpoints } from './endpoints.ts'
import { ORIGIN_KEY, toOrigin, vectorPart } from './origin.ts'

/**
 * Records the embedder of a vector column of the newest version of main, as one commit. `unknown-column`,
 * `invalid-vector` for columns without vectors or of another length, `embedder-not-found`, `read-only`.
 */
export async function assignEmbedder(
  { datasets, paths }: EngineContext,
  endpoints: Endpoints,
  { dataset: handle, column, embedder: id, sourceColumn }: Input<'embedders.assign'>,
  signal: AbortSignal,
): Promise<Output<'embedders.assign'>> {
  const dataset = datasets.get(handle)
  const embedder = await findEmbedder(endpoints, id)
  if (embedder === undefined) throw embedderNotFound(id)
  const writer = nativeWriterFor(paths.dataDir)
  return writer.inTurn(dataset, signal, async () => {
    const at = await dataset.resolve()
    const { schema } = await dataset.manifest(at)
    const field = schema.find(({ name }) => name === column)
    if (field === undefined) throw unknownColumn(column)
    const vector = vectorPart(field)
    if (vector === undefined) throw noVectors(column)
    if (embedder.dimension !== null && vector.dimension !== embedder.dimension) {
      throw new AppError({
        code: 'invalid-vector',
        message: `"${embedder.title}" makes vectors of ${embedder.dimension} numbers, and those of "${column}" have ${vector.dimension}.`,
        hint: 'It cannot have made this column: choose the embedder that did.',
      })
    }
    if (sourceColumn !== undefined && !schema.some(({ name }) => name === sourceColumn)) {
      throw unknownColumn(sourceColumn)
    }
    await checkWritable(dataset, undefined, commitFolders(undefined))
    signal.throwIfAborted()
    const entries = { [ORIGIN_KEY]: toOrigin(embedder, sourceColumn) }
    const versionAfter = await updateColumnMetadata(writer, dataset, column, entries)
    return { versionBefore: at.version, versionAfter }
  })
}

function unknownColumn(column: string): AppError {
  return new AppError({
    code: 'unknown-column',
    message: `There is no column "${column}" in the newest version.`,
    hint: 'Look at its schema.',
    detail: { column },
  })
}

function noVectors(column: string): AppError {
  return new AppError({
    code: 'invalid-vector',
    message: `The column "${column}" holds no vectors.`,
    hint: 'Choose a vector column.',
  })
}
