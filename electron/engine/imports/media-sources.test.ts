import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { ENGINE_FILE, makeWorld, type World } from '../contract/world.fixture.ts'
import { gif, heic, svg, tiff, webp } from '../media/images.fixture.ts'
import { jpegOf, png, wav } from '../media/media.fixture.ts'
import { readMedia } from '../media/read.ts'
import { flac, mp3, mp4, ogg, webm } from '../media/tracks.fixture.ts'
import { rowsOf, run } from './imports.fixture.ts'
import { blobsOf } from './values.fixture.ts'

/* Images, sounds and films, imported by a real engine: what is said of them, and their bytes. */

// Every import is a process of its own, on machines that are busy.
vi.setConfig({ testTimeout: 120_000 })

const isBuilt = existsSync(ENGINE_FILE)
let world: World
beforeAll(async () => {
  if (isBuilt) world = await makeWorld()
})
afterAll(() => world?.close())

interface Wanted {
  readonly mime_type: string
  readonly width?: number | null
  readonly height?: number | null
  readonly duration_ms?: bigint | null
  readonly hasThumbnail?: boolean
}

async function jpeg(): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'tiltyard-jpeg-'))
  try {
    const path = join(folder, 'a.png')
    writeFileSync(path, png(40, 20))
    const { thumbnail } = await readMedia({ path, name: 'a.png', kind: 'image', thumbnail: true })
    return jpegOf(thumbnail ?? new Uint8Array(), { orientation: 6, taken: '2020:05:06 07:08:09' })
  } finally {
    rmSync(folder, { recursive: true })
  }
}

const image = (type: string, width: number | null, height: number | null, hasThumbnail: boolean): Wanted => ({
  mime_type: `image/${type}`,
  width,
  height,
  duration_ms: null,
  hasThumbnail,
})
const track = (mime: string, ms: bigint | null, width: number | null = null, height: number | null = null): Wanted => ({
  mime_type: mime,
  width,
  height,
  duration_ms: ms,
  hasThumbnail: false,
})

/** Files by name: their bytes, and what is to be told of them. */
async function everyFile(): Promise<Readonly<Record<string, readonly [Buffer, Wanted]>>> {
  const picture = png(300, 150)
  return {
    'a.jpg': [await jpeg(), image('jpeg', 20, 40, true)],
    'b.png': [picture, image('png', 300, 150, true)],
    'c.webp': [webp(), image('webp', 1, 1, true)],
    'd.gif': [gif(33, 44), image('gif', 33, 44, false)],
    'e.tiff': [tiff(15, 9), image('tiff', 15, 9, false)],
    'f.heic': [heic(640, 480), image('heic', 640, 480, false)],
    'g.svg': [svg(12, 34), image('svg+xml', 12, 34, false)],
    'h.mp3': [mp3(100), track('audio/mpeg', 2612n)],
    'i.flac': [flac(24_000), track('audio/flac', 3000n)],
    'j.wav': [wav(2), track('audio/wav', 2000n)],
    'k.ogg': [ogg(4, 'Ein Lied'), track('audio/ogg; codecs=opus', 4000n)],
    'l.mp4': [mp4(320, 240, 5), track('video/mp4', 5000n, 320, 240)],
    'm.webm': [webm(640, 360, 6), track('video/webm', 6000n, 640, 360)],
    'n.mkv': [webm(64, 36, 7, 'matroska'), track('video/matroska', 7000n, 64, 36)],
    // Cut off, and called what they are not.
    'o-cut.png': [picture.subarray(0, 60), image('png', 300, 150, false)],
    'p-cut.flac': [flac(8000).subarray(0, 20), track('audio/flac', null)],
    'q-cut.mp4': [mp4(320, 240, 5).subarray(0, 60), track('video/mp4', null)],
    'r-really.jpg': [picture, image('png', 300, 150, true)],
    's-really.mp3': [wav(1), track('audio/wav', 1000n)],
    't-none.wav': [Buffer.from([0, 1, 2, 255, 254, 0, 7]), track('application/octet-stream', null)],
    'u.bin': [Buffer.from([1, 2, 0, 255]), { mime_type: 'application/octet-stream', hasThumbnail: false }],
  }
}

describe.skipIf(!isBuilt)('media', () => {
  it('come with type, size and duration, and with all of their bytes', async () => {
    const folder = join(world.folder, 'media')
    mkdirSync(folder)
    const files = await everyFile()
    for (const [name, [bytes]] of Object.entries(files)) writeFileSync(join(folder, name), bytes)
    const location = join(world.folder, 'media.lance')
    const rows = { kind: 'media', thumbnails: true, tags: ['t'], metadata: { from: 'tests' } } as const
    const spec: ImportSpec = { version: 1, sources: { paths: [folder] }, rows, target: { kind: 'new', location } }
    const result = await run(world, spec)
    expect(result).toMatchObject({ filesFailed: [], filesDone: Object.keys(files).length })

    const got = await rowsOf(location, ['source_path', 'mime_type', 'width', 'height', 'duration_ms', 'thumbnail'])
    const told = Object.fromEntries(
      got.map(({ source_path: path, thumbnail, ...facts }) => [
        String(path).slice('media/'.length),
        { ...facts, hasThumbnail: thumbnail !== null },
      ]),
    )
    const wanted = Object.fromEntries(
      Object.entries(files).map(([name, [, facts]]) => [name, expect.objectContaining(facts)]),
    )
    expect(told).toEqual(wanted)

    // By row, as the window fetches them, and past the engine.
    const { dataset } = await world.client().call('datasets.open', { location })
    const blobs = await blobsOf(location, 'data')
    for (const [row, { source_path: path }] of got.entries()) {
      const name = String(path).slice('media/'.length)
      const bytes = readFileSync(join(folder, name))
      expect(blobs[row], name).toBe(bytes.toString('hex'))
      const { id, size } = await world.client().call('cells.describe', { dataset, rowId: `${row}`, column: 'data' })
      expect(size, name).toBe(bytes.length)
      const part = await world.client().call('cells.read', { cell: id, start: 1, length: 1024 * 1024 })
      expect(Buffer.from(part.bytes).equals(bytes.subarray(1)), name).toBe(true)
    }

    const details = await rowsOf(location, ['source_path', 'created_at', 'metadata', 'tags', 'content_hash'])
    const of = (name: string) => details.find(({ source_path: path }) => path === `media/${name}`)
    expect(new Date(Number(of('a.jpg')?.['created_at'])).toISOString()).toBe('2020-05-06T07:08:09.000Z')
    expect(JSON.parse(String(of('k.ogg')?.['metadata']))).toMatchObject({ title: 'Ein Lied', from: 'tests' })
  })

  it('that are called what they are not are told so in the preview', async () => {
    const folder = join(world.folder, 'odd')
    mkdirSync(folder)
    writeFileSync(join(folder, 'picture.wav'), png(4, 4))
    writeFileSync(join(folder, 'sound.txt'), wav(1))
    const { items } = await world.client().call('import.inspect', { paths: [folder] })
    expect(items.map(({ kind }) => kind)).toEqual(['image', 'audio'])
    for (const { problems } of items) {
      expect(problems).toMatchObject([{ severity: 'note', message: expect.stringContaining('It is called') }])
    }
  })
})
