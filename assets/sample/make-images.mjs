// Draws the small pictures of the sample: `node assets/sample/make-images.mjs`. Deterministic; the results are committed.
import { mkdirSync, writeFileSync } from 'node:fs'
import { crc32, deflateSync } from 'node:zlib'

const SIZE = 48
const folder = new URL('images/', import.meta.url)

/** One picture per topic and side: a function from a pixel to red, green and blue. */
const pictures = {
  'tiltyards-1': (x, y) => (Math.abs(y - 24) < 4 ? [120, 72, 40] : (x >> 3) % 2 === 0 ? [188, 60, 52] : [236, 222, 196]),
  'tiltyards-2': (x, y) => (Math.abs(x - y) < 3 ? [96, 64, 32] : [216, 200, 160 - y]),
  'sky-1': (x, y) => (Math.hypot(x - 34, y - 12) < 7 ? [250, 240, 200] : [20 + y, 30 + y * 2, 90 + y * 2]),
  'sky-2': (x, y) => ((x * 37 + y * 91) % 97 === 0 ? [255, 255, 255] : [12, 14, 40 + y]),
  'sailing-1': (x, y) => (y < 34 && x > 20 && x < 20 + y * 0.7 ? [250, 250, 245] : y > 36 ? [20, 80, 130] : [150, 200, 235]),
  'sailing-2': (x, y) => [10, 70 + 20 * Math.sin(x / 4 + y / 3), 130 + 30 * Math.sin(y / 5)],
  'data-engineering-1': (x, y) => (x % 12 < 10 && y % 8 < 6 ? [40 + x * 3, 110, 160 - y] : [245, 246, 248]),
  'data-engineering-2': (x, y) => (Math.hypot((x % 16) - 8, (y % 16) - 8) < 5 ? [230, 120, 60] : [30, 34, 44]),
}

mkdirSync(folder, { recursive: true })
for (const [name, paint] of Object.entries(pictures)) writeFileSync(new URL(`${name}.png`, folder), encodePng(paint))

function encodePng(paint) {
  const rows = Buffer.alloc(SIZE * (1 + SIZE * 3))
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE; x++) rows.set(paint(x, y).map(Math.round), y * (1 + SIZE * 3) + 1 + x * 3)
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(SIZE, 0)
  header.writeUInt32BE(SIZE, 4)
  header.set([8, 2, 0, 0, 0], 8)
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
  return Buffer.concat([signature, chunk('IHDR', header), chunk('IDAT', deflateSync(rows)), chunk('IEND', Buffer.alloc(0))])
}

function chunk(type, data) {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data])
  const out = Buffer.alloc(body.length + 8)
  out.writeUInt32BE(data.length, 0)
  out.set(body, 4)
  out.writeUInt32BE(crc32(body), body.length + 4)
  return out
}
