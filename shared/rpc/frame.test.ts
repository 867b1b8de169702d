import { describe, expect, it } from 'vitest'
import { createRandom } from '../random.fixture.ts'
import { decodeFrame, encodeFrame } from './frame.ts'
import type { Message } from './message.ts'

const ok = (value: unknown): Message => ({ t: 'ok', id: 1, value })
const roundTrip = (value: unknown): unknown => {
  const message = decodeFrame(encodeFrame(ok(value)))
  return message.t === 'ok' ? message.value : undefined
}

/** A frame with any header, as a hostile peer could send it. */
function frameOf(header: unknown, attachments = new Uint8Array(0)): Uint8Array {
  const json = new TextEncoder().encode(typeof header === 'string' ? header : JSON.stringify(header))
  const base = (4 + json.byteLength + 7) & ~7
  const frame = new Uint8Array(base + attachments.byteLength)
  new DataView(frame.buffer).setUint32(0, json.byteLength, true)
  frame.set(json, 4)
  frame.set(attachments, base)
  return frame
}

describe('frame', () => {
  it('keeps what JSON cannot say', () => {
    const value = {
      big: 2n ** 64n - 1n,
      negative: -(2n ** 63n),
      nan: Number.NaN,
      infinite: [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY],
      bytes: [new Uint8Array([1, 2, 3]), new Uint8Array(0), { deep: new Uint8Array([255]) }],
      text: 'Ünï ☃ \u0000',
      none: null,
    }
    expect(roundTrip(value)).toEqual(value)
  })

  it('drops absent optional fields and keeps the rest', () => {
    expect(roundTrip({ a: undefined, b: 1 })).toEqual({ b: 1 })
  })

  it('never mistakes data for its own notation', () => {
    const value = { x: [['m', 'value'], 'bytes', 0, 4], m: { t: 'call' }, $b: 0, $n: '1' }
    expect(roundTrip(value)).toEqual(value)
  })

  it('aligns attachments to 8 bytes and decodes them as views into the frame', () => {
    const frame = encodeFrame(ok([new Uint8Array([1]), new Uint8Array([2, 3])]))
    const message = decodeFrame(frame)
    const values = (message.t === 'ok' ? message.value : []) as Uint8Array[]
    expect(values.map((bytes) => [bytes.buffer === frame.buffer, bytes.byteOffset % 8])).toEqual([
      [true, 0],
      [true, 0],
    ])
  })

  it('encodes a view without the rest of its buffer', () => {
    const big = new Uint8Array(1_000_000)
    expect(encodeFrame(ok(big.subarray(10, 20))).byteLength).toBeLessThan(200)
  })

  it.each([
    ['a function', () => 1],
    ['a symbol', Symbol('x')],
  ])('refuses %s', (_name, value) => {
    expect(() => encodeFrame(ok({ value }))).toThrow(TypeError)
  })

  it.each([
    ['nothing', new Uint8Array(0)],
    ['three bytes', new Uint8Array([1, 0, 0])],
    ['a header longer than the frame', new Uint8Array([255, 255, 255, 255, 123])],
    ['no JSON', frameOf('{"m":')],
    ['invalid UTF-8', frameOf({}).fill(0xff, 4)],
    ['no message', frameOf({ x: [] })],
    ['no extras', frameOf({ m: {} })],
    ['an attachment beyond the end', frameOf({ m: { a: null }, x: [[['a'], 'bytes', 0, 100]] })],
    ['a negative attachment', frameOf({ m: { a: null }, x: [[['a'], 'bytes', -8, 4]] }, new Uint8Array(8))],
    ['a fractional attachment', frameOf({ m: { a: null }, x: [[['a'], 'bytes', 0.5, 1]] }, new Uint8Array(8))],
    ['an unknown extra', frameOf({ m: { a: null }, x: [[['a'], 'date', 'now']] })],
    ['an extra without a place', frameOf({ m: {}, x: [[['missing'], 'bigint', '1']] })],
    ['an extra for the root', frameOf({ m: {}, x: [[[], 'number', 'NaN']] })],
    ['an extra inside a prototype', frameOf({ m: {}, x: [[['__proto__', 'polluted'], 'bigint', '1']] })],
    ['an extra inside a constructor', frameOf({ m: {}, x: [[['constructor', 'prototype', 'x'], 'bigint', '1']] })],
    ['a bad bigint', frameOf({ m: { a: null }, x: [[['a'], 'bigint', '1.5']] })],
  ])('refuses %s', (_name, frame) => {
    expect(() => decodeFrame(frame)).toThrow()
    expect(({} as Record<string, unknown>)['polluted']).toBeUndefined()
  })

  it('survives 3,000 mutated frames without anything but errors', () => {
    const good = encodeFrame(ok({ rows: [new Uint8Array(64)], total: 5n, list: [1, 'two', { three: 3 }] }))
    const random = createRandom(7)
    for (let round = 0; round < 3000; round++) {
      const frame = good.slice(0, random(10) === 0 ? random(good.byteLength) : good.byteLength)
      for (let flips = 1 + random(4); flips > 0 && frame.byteLength > 0; flips--)
        frame[random(frame.byteLength)] = random(256)
      try {
        decodeFrame(frame)
      } catch (error) {
        expect(error).toBeInstanceOf(Error)
      }
    }
  })
})
