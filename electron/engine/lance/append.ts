import type { NativeWriter, WriteTarget } from './native-writer.ts'

/** Appends the rows of an Arrow IPC file to main as one commit; the version it made. */
export function appendFile(writer: NativeWriter, target: WriteTarget, file: Uint8Array): Promise<number> {
  return writer.onMain(target, async (main) => {
    const { version } = await main.add(Buffer.from(file.buffer, file.byteOffset, file.byteLength), 'append')
    return version
  })
}
