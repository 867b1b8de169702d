import type { Input, Output } from '#shared/contract/index.ts'
import type { EngineContext } from '../context.ts'
import { checkWritable, commitFolders } from '../datasets/index.ts'
import { dropColumns, nativeWriterFor } from '../lance/index.ts'
import { noteWrite } from '../ledger/index.ts'
import { HELPERS, readRecord } from './columns.ts'
import { refuse } from './problems.ts'
import { requireVectors } from './swap.ts'

/**
 * Takes a vector column away, and the helper columns of a run that was stopped while it filled it. `unknown-column`,
 * `invalid-vector`, `invalid-input` for the only column there is, `read-only`.
 */
export async function discardColumn(
  context: EngineContext,
  { dataset: handle, column }: Input<'embed.discard'>,
  signal: AbortSignal,
): Promise<Output<'embed.discard'>> {
  const dataset = context.datasets.get(handle)
  const writer = nativeWriterFor(context.paths.dataDir)
  const note = { operation: 'embed.discard', title: `Discard the column ${column}` }
  return noteWrite(context, dataset, note, () =>
    writer.inTurn(dataset, signal, async () => {
      const at = await dataset.resolve()
      const manifest = await dataset.manifest(at)
      requireVectors(manifest, column)
      const names = manifest.schema.map(({ name }) => name)
      const helpers = readRecord(manifest)?.target === column ? HELPERS.filter((name) => names.includes(name)) : []
      if (names.length === helpers.length + 1) {
        throw refuse(
          'invalid-input',
          `"${column}" is the only column; a dataset needs one.`,
          'Delete the dataset instead.',
        )
      }
      await checkWritable(dataset, undefined, commitFolders(undefined))
      signal.throwIfAborted()
      const versionAfter = await dropColumns(writer, dataset, [column, ...helpers])
      return { versionBefore: at.version, versionAfter }
    }),
  )
}
