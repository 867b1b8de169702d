import { openContainer } from './container.ts'

const FOOTER_BYTES = 16
const LENGTH_BYTES = 4

export interface FragmentSelection {
  /** The version the new manifest says it is. */
  readonly version: number
  /** Numbers of fragments to keep. */
  readonly keep: ReadonlySet<number>
  /** Whether its indices are kept as well. */
  readonly indices: boolean
}

/**
 * A manifest file that says the same as another of fewer fragments: without branch, commit record, and unless wanted
 * indices. For reading one part of a version while nothing of the others can get in the way. Throws `corrupt-manifest`.
 */
export function selectFragments(file: Uint8Array, { version, keep, indices }: FragmentSelection): Uint8Array {
  const container = openContainer(file)
  const { message } = container
  const reader = container.manifest()
  const parts: Uint8Array[] = [varintField(3, version)]
  let indexSection: number | undefined
  for (let start = reader.offset; reader.next(); start = reader.offset) {
    const isKept = ![3, 6, 12, 20, 21].includes(reader.field)
    if (reader.field === 6) indexSection = reader.uint()
    else if (reader.field === 2) {
      const fragment = reader.message()
      const id = fragment.next() && fragment.field === 1 ? fragment.uint() : 0
      if (!keep.has(id)) continue
    } else reader.skip()
    if (isKept) parts.push(message.subarray(start, reader.offset))
  }
  const sections: Uint8Array[] = []
  if (indices && indexSection !== undefined) {
    const section = container.section(indexSection)
    const start = section.offset
    while (section.next()) section.skip()
    sections.push(framed(file.subarray(start, section.offset)))
    parts.push(varintField(6, 0))
  }
  const position = sections.reduce((sum, section) => sum + section.length, 0)
  const footer = file.slice(-FOOTER_BYTES)
  new DataView(footer.buffer).setBigUint64(0, BigInt(position), true)
  return Uint8Array.from(Buffer.concat([...sections, framed(Buffer.concat(parts)), footer]))
}

function framed(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(LENGTH_BYTES + body.length)
  new DataView(out.buffer).setUint32(0, body.length, true)
  out.set(body, LENGTH_BYTES)
  return out
}

function varintField(field: number, value: number): Uint8Array {
  const bytes: number[] = [field << 3]
  let rest = value
  while (rest >= 128) {
    bytes.push((rest % 128) | 128)
    rest = Math.floor(rest / 128)
  }
  return Uint8Array.from([...bytes, rest])
}
