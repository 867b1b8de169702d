import { existsSync } from 'node:fs'
import { afterAll, describe, expect, test } from 'vitest'
import type { MediaKind } from '#shared/model/import/source.ts'
import type { MediaFacts } from '../parsing/index.ts'
import { Files } from '../parsing/files.fixture.ts'
import { exifTimestamp } from './exif.ts'
import { jpegOf, png, wav } from './media.fixture.ts'
import { toPlain } from './plain.ts'
import { readMedia } from './read.ts'
import { fitInto, shrink } from './scale.ts'
import { mp4 } from './tracks.fixture.ts'

const files = new Files()
afterAll(() => files[Symbol.dispose]())

const read = (kind: MediaKind, name: string, content: string | Uint8Array): Promise<MediaFacts> =>
  readMedia({ ...files.write(name, content), kind, thumbnail: true })

describe('images', () => {
  test('size and thumbnail of a PNG and of a JPEG', async () => {
    const wide = await read('image', 'a.png', png(600, 300))
    expect(wide).toMatchObject({ mimeType: 'image/png', width: 600, height: 300, problems: [] })
    const small = await read('image', 'thumb.jpg', wide.thumbnail!)
    expect(small).toMatchObject({ mimeType: 'image/jpeg', width: 256, height: 128, problems: [] })
    expect(small.thumbnail).not.toBeNull()
  })

  test('EXIF: when it was taken, and which way up', async () => {
    const jpeg = jpegOf((await read('image', 'b.png', png(40, 20))).thumbnail!, {
      orientation: 6,
      taken: '2020:05:06 07:08:09',
    })
    const found = await read('image', 'turned.jpg', jpeg)
    expect(found).toMatchObject({ width: 20, height: 40, createdAt: '2020-05-06T07:08:09.000Z' })
    const thumbnail = await read('image', 'turned-thumb.jpg', found.thumbnail!)
    expect(thumbnail).toMatchObject({ width: 20, height: 40 })
  })

  test('formats that are not decoded have no thumbnail, and say so', async () => {
    const svg = await read('image', 'a.svg', '<svg xmlns="http://www.w3.org/2000/svg" width="20" height="10"/>')
    expect(svg).toMatchObject({ mimeType: 'image/svg+xml', width: 20, height: 10, thumbnail: null })
    expect(svg.problems).toMatchObject([{ severity: 'note' }])
  })

  test('what is damaged or claims to be huge is imported without a thumbnail', async () => {
    const whole = png(300, 300)
    const cut = await read('image', 'cut.png', whole.subarray(0, 100))
    expect(cut).toMatchObject({ width: 300, thumbnail: null, problems: [{ severity: 'warning' }] })
    const bomb = Buffer.from(whole)
    bomb.writeUInt32BE(1_000_000, 16)
    bomb.writeUInt32BE(1_000_000, 20)
    expect(await read('image', 'bomb.png', bomb)).toMatchObject({ width: 1_000_000, thumbnail: null })
    // The decoder goes on working after one it gave up.
    expect((await read('image', 'next.png', whole)).thumbnail).not.toBeNull()
  })
})

test('sound: duration and codec; damaged sound has neither and says so', async () => {
  expect(await read('audio', 'a.wav', wav(2))).toMatchObject({
    mimeType: 'audio/wav',
    durationMs: 2000,
    metadata: { codec: 'PCM', sampleRate: 8000, channels: 1 },
    problems: [],
  })
  const broken = await read('audio', 'b.flac', 'fLaC and nothing more')
  expect(broken).toMatchObject({ durationMs: null, problems: [{ severity: 'warning' }] })
})

test('film: size and duration, as it is shown; sound by its content, whatever it is called', async () => {
  const film = mp4(320, 240, 5)
  expect(await read('video', 'a.mp4', film)).toMatchObject({ width: 320, height: 240, durationMs: 5000, problems: [] })
  const turned = Buffer.from(film)
  const matrix = turned.indexOf('tkhd') + 4 + 40
  turned.writeInt32BE(65_536, matrix + 4)
  turned.writeInt32BE(-65_536, matrix + 12)
  expect(await read('video', 'b.mov', turned)).toMatchObject({ width: 240, height: 320 })
  for (let length = 0; length < film.length; length++) {
    const { durationMs } = await read('video', 'cut.mp4', film.subarray(0, length))
    expect([null, 5000]).toContain(durationMs)
  }
  expect(await read('audio', 'really-wav.mp3', wav(1))).toMatchObject({ durationMs: 1000, problems: [] })
})

test('binary: its type', async () => {
  expect(await read('binary', 'a.bin', 'anything')).toMatchObject({
    mimeType: 'application/octet-stream',
    problems: [],
  })
  expect(await read('binary', 'a.wasm', '\0asm\u0001\0\0\0')).toMatchObject({ mimeType: 'application/wasm' })
})

test('a file that is gone is not found', async () => {
  expect(existsSync('/nowhere/a.png')).toBe(false)
  const gone = readMedia({ path: '/nowhere/a.png', name: 'a.png', kind: 'image', thumbnail: true })
  await expect(gone).rejects.toMatchObject({ code: 'not-found' })
})

describe('pure parts', () => {
  test('shrinking takes means, on white', () => {
    const data = new Uint8ClampedArray([0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 255, 0, 0, 0, 0])
    const { width, height, data: result } = shrink({ data, width: 4, height: 1 }, 2)
    expect([width, height]).toEqual([2, 1])
    expect([...result]).toEqual([128, 128, 128, 255, 255, 128, 128, 255])
    expect(fitInto(256, 10_000, 1)).toEqual({ width: 256, height: 1 })
  })

  test('tags become plain JSON', () => {
    const nested = { a: { b: { c: { d: { e: 1 } } } } }
    expect(toPlain({ n: Number.NaN, b: new Uint8Array(3), t: 'x\0y', when: new Date(0), big: 1n, nested })).toEqual({
      t: 'xy',
      when: '1970-01-01T00:00:00.000Z',
      big: '1',
    })
  })

  test('dates of EXIF keep their zone', () => {
    const tags = { DateTimeOriginal: '2020:01:01 00:30:00', OffsetTimeOriginal: '+01:00' }
    expect(exifTimestamp(tags)).toBe('2019-12-31T23:30:00.000Z')
    expect(exifTimestamp({ DateTimeOriginal: '0000:00:00 00:00:00' })).toBeNull()
  })
})
