import type { NativeWriter, WriteTarget } from './native-writer.ts'

/** Merges entries into the metadata of a column of main, as one commit; the version made. Null removes an entry. */
export function updateColumnMetadata(
  writer: NativeWriter,
  target: WriteTarget,
  column: string,
  entries: Readonly<Record<string, string | null>>,
): Promise<number> {
  return writer.onMain(target, async (main) => {
    const { version } = await main.updateFieldMetadata([{ path: column, metadata: { ...entries } }])
    return version
  })
}
