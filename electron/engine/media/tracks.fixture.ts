/* Sounds and films of a few bytes: what a reader of headers needs, and silence or nothing behind it. */

const ascii = (text: string): Buffer => Buffer.from(text, 'latin1')

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

/** Frames of silence, 128 kbit/s at 44.1 kHz; each plays 1152 samples. */
export function mp3(frames: number): Buffer {
  const frame = Buffer.alloc(417)
  frame.set([0xff, 0xfb, 0x90, 0xc4])
  return Buffer.concat(Array.from({ length: frames }, () => frame))
}

/** A head that says 8 kHz and so many samples; no frames. */
export function flac(samples: number): Buffer {
  const info = Buffer.alloc(34)
  info.writeUInt16BE(4096, 0)
  info.writeUInt16BE(4096, 2)
  // 20 bits of rate, 3 of channels less one, 5 of bits less one, 36 of samples.
  info.writeBigUInt64BE((8000n << 44n) | (0n << 41n) | (15n << 36n) | BigInt(samples), 10)
  return Buffer.concat([ascii('fLaC'), Buffer.from([0x80, 0, 0, info.length]), info])
}

function oggPage(kind: number, granule: number, sequence: number, body: Buffer): Buffer {
  const head = Buffer.alloc(28)
  head.write('OggS', 0, 'latin1')
  head.writeUInt8(kind, 5)
  head.writeBigUInt64LE(BigInt(granule), 6)
  head.writeUInt32LE(1, 14)
  head.writeUInt32LE(sequence, 18)
  head.writeUInt8(1, 26)
  head.writeUInt8(body.length, 27)
  head.writeUInt32LE(oggCrc(Buffer.concat([head, body])), 22)
  return Buffer.concat([head, body])
}

function oggCrc(bytes: Buffer): number {
  let crc = 0
  for (const byte of bytes) {
    crc ^= byte << 24
    for (let bit = 0; bit < 8; bit++) crc = crc < 0 ? (crc << 1) ^ 0x04c11db7 : crc << 1
  }
  return crc >>> 0
}

/** Opus in Ogg of so many seconds, tagged with a title. */
export function ogg(seconds: number, title: string): Buffer {
  const head = Buffer.alloc(19)
  head.write('OpusHead', 0, 'latin1')
  head.set([1, 1], 8)
  head.writeUInt32LE(48_000, 12)
  const field = Buffer.from(`TITLE=${title}`)
  const tags = Buffer.alloc(8 + 4 + 4 + 4)
  tags.write('OpusTags', 0, 'latin1')
  tags.writeUInt32LE(0, 8)
  tags.writeUInt32LE(1, 12)
  tags.writeUInt32LE(field.length, 16)
  return Buffer.concat([
    oggPage(2, 0, 0, head),
    oggPage(0, 0, 1, Buffer.concat([tags, field])),
    oggPage(4, seconds * 48_000, 2, Buffer.from([0xfc, 0xff, 0xfe])),
  ])
}

function box(type: string, ...parts: readonly Uint8Array[]): Buffer {
  const body = Buffer.concat(parts)
  return Buffer.concat([u32(body.length + 8), ascii(type), body])
}

/** An MP4 of one track of H.264 that says its size and how long it plays; no pictures. */
export function mp4(width: number, height: number, seconds: number): Buffer {
  const times = [u32(0), u32(0), u32(0), u32(1000), u32(seconds * 1000)]
  const movie = box('mvhd', ...times, Buffer.alloc(80))
  const size = [u32(width * 65_536), u32(height * 65_536)]
  const header = box('tkhd', u32(3), u32(0), u32(0), u32(1), u32(0), u32(seconds * 1000), Buffer.alloc(52), ...size)
  const entry = Buffer.alloc(78)
  entry.writeUInt16BE(1, 6)
  entry.writeUInt16BE(width, 24)
  entry.writeUInt16BE(height, 26)
  const description = box('stsd', u32(0), u32(1), box('avc1', entry))
  const none = (type: string): Buffer => box(type, u32(0), u32(0))
  const table = box('stbl', description, none('stts'), none('stsc'), box('stsz', u32(0), u32(0), u32(0)), none('stco'))
  const media = box(
    'mdia',
    box('mdhd', ...times, u32(0x55c40000)),
    box('hdlr', u32(0), u32(0), ascii('vide'), Buffer.alloc(13)),
    box('minf', box('vmhd', u32(1), Buffer.alloc(8)), table),
  )
  const brand = box('ftyp', ascii('isom'), u32(512), ascii('isomavc1'))
  return Buffer.concat([brand, box('moov', movie, box('trak', header, media)), box('mdat', Buffer.alloc(16))])
}

function element(id: string, body: Uint8Array): Buffer {
  const size = Buffer.alloc(4)
  size.writeUInt32BE(0x10000000 | body.length)
  return Buffer.concat([Buffer.from(id, 'hex'), size, body])
}

/** A WebM or Matroska file of one track of VP9 that says its size and how long it plays; no pictures. */
export function webm(width: number, height: number, seconds: number, docType: 'webm' | 'matroska' = 'webm'): Buffer {
  const duration = Buffer.alloc(8)
  duration.writeDoubleBE(seconds * 1000)
  const video = element('e0', Buffer.concat([element('b0', u32(width)), element('ba', u32(height))]))
  const track = [
    element('d7', Buffer.from([1])),
    element('73c5', Buffer.from([1])),
    element('83', Buffer.from([1])),
    element('86', ascii('V_VP9')),
    video,
  ]
  const info = element('1549a966', Buffer.concat([element('2ad7b1', u32(1_000_000)), element('4489', duration)]))
  const tracks = element('1654ae6b', element('ae', Buffer.concat(track)))
  return Buffer.concat([
    element('1a45dfa3', element('4282', ascii(docType))),
    element('18538067', Buffer.concat([info, tracks])),
  ])
}
