import type { Input, Output } from '#shared/contract/index.ts'
import type { EngineContext, OpenDataset } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { dropIndex, nativeWriterFor } from '../lance/index.ts'
import { noteWrite } from '../ledger/index.ts'
import { refuseSystem, requireIndex } from './find.ts'
import { listAt } from './list.ts'

/** Takes an index out of the newest version of main. `index-not-found`, `invalid-input` for those of Lance itself. */
export async function dropNamedIndex(
  context: EngineContext,
  { dataset: handle, name }: Input<'indices.drop'>,
  signal: AbortSignal,
): Promise<Output<'indices.drop'>> {
  const dataset = context.datasets.get(handle)
  const note = { operation: 'indices.drop', title: `Drop index ${name}` }
  return noteWrite(context, dataset, note, () => drop(dataset, nativeWriterFor(context.paths.dataDir), name, signal))
}

async function drop(
  dataset: OpenDataset,
  writer: ReturnType<typeof nativeWriterFor>,
  name: string,
  signal: AbortSignal,
): Promise<Output<'indices.drop'>> {
  return writer.inTurn(dataset, signal, async () => {
    const at = await dataset.resolve()
    const dropped = requireIndex(await listAt(dataset, at), name)
    refuseSystem(dropped)
    await checkWritable(dataset, undefined, commitFolders(undefined))
    signal.throwIfAborted()
    const versionAfter = await dropIndex(writer, dataset, name)
    return { dropped, versionBefore: at.version, versionAfter }
  })
}
