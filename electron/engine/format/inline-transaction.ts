import { openContainer } from './container.ts'

/** The commit a manifest file carries, as the bytes of its message, and the name of the file that repeats it. */
export interface InlineTransaction {
  /** Undefined when the writer kept it in the file only. */
  readonly bytes: Uint8Array | undefined
  /** Below `_transactions`; empty when the writer made none. */
  readonly file: string
}

/** Reads fields 12 and 21 of a manifest file. Throws `corrupt-manifest`. */
export function readInlineTransaction(file: Uint8Array): InlineTransaction {
  const container = openContainer(file)
  const message = container.manifest()
  let offset: number | undefined
  let name = ''
  while (message.next()) {
    if (message.field === 21) offset = message.uint()
    else if (message.field === 12) name = message.text()
    else message.skip()
  }
  if (offset === undefined) return { bytes: undefined, file: name }
  const section = container.section(offset)
  const start = section.offset
  while (section.next()) section.skip()
  return { bytes: file.subarray(start, section.offset), file: name }
}
