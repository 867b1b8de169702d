import { corrupt } from './corrupt.ts'
import { WireReader } from './wire.ts'

/** `u64 position · u16 major · u16 minor · "LANC"`, the end of every manifest file. */
const FOOTER_BYTES = 16
const LENGTH_BYTES = 4
const MAGIC = 0x434e414c

/** A manifest file taken apart: the manifest message and the bytes before it, where optional sections lie. */
export interface ManifestContainer {
  /** The bytes of the manifest message. */
  readonly message: Uint8Array
  /** A fresh reader over the manifest message. */
  manifest(): WireReader
  /** A section's message by its byte offset as the manifest gives it. */
  section(offset: number): WireReader
}

/**
 * Checks the outer shape of a manifest file (lance-io `read_manifest`): footer, magic, and a length that reaches exactly
 * to the footer. Throws `corrupt-manifest`.
 */
export function openContainer(file: Uint8Array): ManifestContainer {
  if (file.length === 0) throw corrupt('the file is empty')
  if (file.length < FOOTER_BYTES + LENGTH_BYTES) throw corrupt(`it has only ${file.length} bytes`)
  const view = new DataView(file.buffer, file.byteOffset, file.byteLength)
  const bodyEnd = file.length - FOOTER_BYTES
  if (view.getUint32(file.length - 4, true) !== MAGIC) throw corrupt('it does not end as a Lance file does')
  const position = Number(view.getBigUint64(bodyEnd, true))
  if (position > bodyEnd - LENGTH_BYTES) throw corrupt('it points outside itself')
  if (position + LENGTH_BYTES + view.getUint32(position, true) !== bodyEnd) throw corrupt('its length does not match')

  const message = file.subarray(position + LENGTH_BYTES, bodyEnd)
  return {
    message,
    manifest: () => new WireReader(message),
    section: (offset) => {
      if (offset > position - LENGTH_BYTES) throw corrupt('a section lies outside the file')
      const start = offset + LENGTH_BYTES
      const end = start + view.getUint32(offset, true)
      if (end > position) throw corrupt('a section runs past its end')
      return new WireReader(file, start, end)
    },
  }
}
