import { crc32 } from 'node:zlib'

/** An archive of uncompressed parts, for libraries that want one. Less than 4 GiB, fewer than 65,536 parts. */
export function storeZip(parts: ReadonlyMap<string, Uint8Array>): Buffer {
  const bodies: Uint8Array[] = []
  const directory: Uint8Array[] = []
  let offset = 0
  let directoryLength = 0
  for (const [name, bytes] of parts) {
    const label = Buffer.from(name, 'utf8')
    const common = Buffer.alloc(26)
    common.writeUInt16LE(20, 0)
    // Names are UTF-8.
    common.writeUInt16LE(0x0800, 2)
    common.writeUInt32LE(crc32(bytes), 10)
    common.writeUInt32LE(bytes.length, 14)
    common.writeUInt32LE(bytes.length, 18)
    common.writeUInt16LE(label.length, 22)
    bodies.push(Buffer.from([0x50, 0x4b, 3, 4]), common, label, bytes)
    const rest = Buffer.alloc(14)
    rest.writeUInt32LE(offset, 10)
    directory.push(Buffer.from([0x50, 0x4b, 1, 2, 20, 0]), common, rest, label)
    directoryLength += 46 + label.length
    offset += 30 + label.length + bytes.length
  }
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(parts.size, 8)
  end.writeUInt16LE(parts.size, 10)
  end.writeUInt32LE(directoryLength, 12)
  end.writeUInt32LE(offset, 16)
  return Buffer.concat([...bodies, ...directory, end])
}
