/** A small writer of protobuf messages and manifest files, for shapes no writer at hand produces. */

type FieldValue = number | bigint | string | Uint8Array | readonly Uint8Array[]

const text = new TextEncoder()

function varint(value: number | bigint): number[] {
  const bytes: number[] = []
  let rest = BigInt.asUintN(64, BigInt(value))
  while (rest >= 0x80n) {
    bytes.push(Number(rest & 0x7fn) | 0x80)
    rest >>= 7n
  }
  return [...bytes, Number(rest)]
}

/** A message of `[field number, value]` pairs; a list of byte arrays repeats the field. */
export function message(...fields: readonly (readonly [number, FieldValue])[]): Uint8Array {
  const parts: Uint8Array[] = []
  const add = (field: number, value: Uint8Array): void => {
    parts.push(Uint8Array.from([...varint((field << 3) | 2), ...varint(value.length)]), value)
  }
  for (const [field, value] of fields) {
    if (typeof value === 'number' || typeof value === 'bigint') {
      parts.push(Uint8Array.from([...varint(field << 3), ...varint(value)]))
    } else if (typeof value === 'string') add(field, text.encode(value))
    else if (value instanceof Uint8Array) add(field, value)
    else for (const item of value) add(field, item)
  }
  return Uint8Array.from(Buffer.concat(parts))
}

function framed(body: Uint8Array): Uint8Array {
  const out = new Uint8Array(4 + body.length)
  new DataView(out.buffer).setUint32(0, body.length, true)
  out.set(body, 4)
  return out
}

export interface ManifestParts {
  readonly version: number
  /** Fields of the Manifest message besides version and sections. */
  readonly fields?: readonly (readonly [number, FieldValue])[]
  /** Operation field number and message. */
  readonly operation?: readonly [number, Uint8Array]
  readonly readVersion?: number
  readonly indexSection?: Uint8Array
}

/** A whole manifest file: sections, manifest, footer. */
export function manifestFile(parts: ManifestParts): Uint8Array {
  const transaction =
    parts.operation &&
    message([1, parts.readVersion ?? parts.version - 1], [2, 'uuid'], [parts.operation[0], parts.operation[1]])
  const sections = [parts.indexSection, transaction].map((section) =>
    section === undefined ? undefined : framed(section),
  )
  const [index, commit] = sections
  const position = (index?.length ?? 0) + (commit?.length ?? 0)
  const body = framed(
    message(
      ...(parts.fields ?? []),
      [3, parts.version],
      ...(index === undefined ? [] : [[6, 0] as const]),
      [7, message([1, 1_700_000_000 + parts.version], [2, 123_000_000])],
      ...(commit === undefined ? [] : [[21, index?.length ?? 0] as const]),
    ),
  )
  const file = new Uint8Array(position + body.length + 16)
  file.set(index ?? [], 0)
  file.set(commit ?? [], index?.length ?? 0)
  file.set(body, position)
  const footer = new DataView(file.buffer, file.length - 16)
  footer.setBigUint64(0, BigInt(position), true)
  footer.setUint16(10, 2, true)
  file.set(text.encode('LANC'), file.length - 4)
  return file
}

/** DataFragment with one data file holding the fields 0 to `columns`. */
export function fragment(
  id: number,
  rows: number,
  options: { bytes?: number; deleted?: number; columns?: number } = {},
): Uint8Array {
  const ids = Uint8Array.from({ length: options.columns ?? 1 }, (_, index) => index)
  const file = message([1, `file-${id}.lance`], [2, ids], [3, ids], [4, 2], [5, 2], [6, options.bytes ?? 1000])
  const deletion = options.deleted === undefined ? [] : [[3, message([2, 1], [3, 7n], [4, options.deleted])] as const]
  return message([1, id], [2, file], ...deletion, [4, rows])
}

/** Schema field at the top level. */
export function field(id: number, name: string, logicalType: string, parentId = -1): Uint8Array {
  return message([2, name], [3, id], [4, parentId], [5, logicalType], [6, 1])
}
