const SCHEMA_SLOT = 1
const BATCHES_SLOT = 3
/** Bytes of what {@link schemaOfFooter} puts before a footer; a multiple of eight, so that what follows stays aligned. */
const HEAD_BYTES = 32

/** Record batches an Arrow IPC file has, by its footer. Throws where the footer cannot be. */
export function batchesOfFooter(footer: Buffer): number {
  const at = slotOf(footer, BATCHES_SLOT)
  return at === 0 ? 0 : footer.readUInt32LE(at + footer.readUInt32LE(at))
}

/**
 * The metadata of a schema message with the schema of a footer: arrow-js begins its files with no message of their schema.
 * A message that points into the footer behind it, since offsets are relative. Throws where there is none.
 */
export function schemaOfFooter(footer: Buffer): Buffer {
  const at = slotOf(footer, SCHEMA_SLOT)
  if (at === 0) throw new RangeError('a footer without a schema')
  const schema = at + footer.readUInt32LE(at)
  const head = Buffer.alloc(HEAD_BYTES)
  // Where the table is; then its shape: version, kind of the header, and the header, each by its place in the table.
  head.writeUInt32LE(16, 0)
  for (const [index, value] of [12, 12, 4, 6, 8, 0].entries()) head.writeUInt16LE(value, 4 + index * 2)
  head.writeInt32LE(12, 16)
  head.writeInt16LE(4, 20)
  head.writeUInt8(1, 22)
  head.writeUInt32LE(HEAD_BYTES + schema - 24, 24)
  const padding = Buffer.alloc(-footer.length & 7)
  return Buffer.concat([head, footer, padding])
}

/** Position of a field of the footer's table; 0 when it is not there. */
function slotOf(footer: Buffer, slot: number): number {
  const table = footer.readUInt32LE(0)
  const vtable = table - footer.readInt32LE(table)
  const entry = 4 + slot * 2
  const offset = footer.readUInt16LE(vtable) < entry + 2 ? 0 : footer.readUInt16LE(vtable + entry)
  return offset === 0 ? 0 : table + offset
}
