import { describe, expect, it } from 'vitest'
import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Client } from '#shared/rpc/client.ts'
import { answerBlob, servedType } from './blob.ts'

const MiB = 1024 * 1024

/** A client whose only cell holds `bytes`; remembers what was read of it. */
function clientOf(bytes: Uint8Array, mediaType = 'image/png') {
  const reads: { readonly start: number; readonly length: number }[] = []
  const call = (_name: string, input: { readonly cell: string; readonly start: number; readonly length: number }) => {
    if (input.cell !== 'c/1#x') return Promise.reject(new AppError({ code: 'row-not-found', message: 'No such row.' }))
    reads.push({ start: input.start, length: input.length })
    return Promise.resolve({
      bytes: bytes.slice(input.start, input.start + input.length),
      size: bytes.byteLength,
      mediaType,
    })
  }
  return { client: { call } as unknown as Client<Contract>, reads }
}

async function get(client: Client<Contract>, range?: string, encodedId = encodeURIComponent('c/1#x')) {
  const answer = await answerBlob(client, { encodedId, range, signal: new AbortController().signal })
  const pieces: Uint8Array[] = []
  for await (const piece of answer.body) pieces.push(piece)
  return { ...answer, content: Buffer.concat(pieces) }
}

describe('answerBlob', () => {
  const bytes = Uint8Array.from({ length: 2.5 * MiB }, (_, index) => index % 251)

  it('sends a whole cell in pieces of at most 1 MiB', async () => {
    const { client, reads } = clientOf(bytes)
    const { status, headers, content } = await get(client)
    expect(status).toBe(200)
    expect(headers).toMatchObject({
      'content-type': 'image/png',
      'content-length': String(bytes.byteLength),
      'accept-ranges': 'bytes',
    })
    expect(content.equals(bytes)).toBe(true)
    expect(reads.map(({ length }) => length)).toEqual([MiB, MiB, 0.5 * MiB])
  })

  it.each([
    ['bytes=0-9', 0, 10],
    [`bytes=${MiB - 5}-${2 * MiB + 5}`, MiB - 5, 2 * MiB + 6],
    ['bytes=-7', 2.5 * MiB - 7, 2.5 * MiB],
  ])('sends the range %s', async (range, start, end) => {
    const { status, headers, content } = await get(clientOf(bytes).client, range)
    expect(status).toBe(206)
    expect(headers['content-range']).toBe(`bytes ${start}-${end - 1}/${bytes.byteLength}`)
    expect(content.equals(bytes.subarray(start, end))).toBe(true)
  })

  it('reads no more than once for a small range', async () => {
    const { client, reads } = clientOf(bytes)
    await get(client, 'bytes=100-199')
    expect(reads).toHaveLength(1)
  })

  it('answers 416 to a range behind the end', async () => {
    const { status, headers } = await get(clientOf(bytes).client, 'bytes=99999999-')
    expect(status).toBe(416)
    expect(headers['content-range']).toBe(`bytes */${bytes.byteLength}`)
  })

  it('answers failures with the error and a status', async () => {
    const { client } = clientOf(bytes)
    expect(await get(client, undefined, 'other')).toMatchObject({ status: 404 })
    expect(await get(client, undefined, '')).toMatchObject({ status: 404 })
    expect(await get(client, undefined, '%E0%A4%A')).toMatchObject({ status: 404 })
    const { content } = await get(client, undefined, 'other')
    expect(JSON.parse(content.toString())).toMatchObject({ code: 'row-not-found', message: 'No such row.' })
  })

  it('lets nothing in a cell run', async () => {
    const { headers } = await get(clientOf(bytes, 'image/svg+xml').client)
    expect(headers).toMatchObject({
      'content-security-policy': "default-src 'none'; sandbox",
      'x-content-type-options': 'nosniff',
      'content-disposition': 'attachment',
    })
  })
})

describe('servedType', () => {
  it.each([
    ['image/jpeg', 'image/jpeg', false],
    ['video/mp4', 'video/mp4', false],
    ['image/svg+xml', 'image/svg+xml', true],
    ['text/html', 'text/plain; charset=utf-8', true],
    ['text/html; charset=utf-8', 'text/plain; charset=utf-8', true],
    ['text/javascript', 'text/plain; charset=utf-8', true],
    ['application/xhtml+xml', 'application/octet-stream', true],
    ['application/json', 'text/plain; charset=utf-8', false],
    ['application/pdf', 'application/pdf', true],
    ['image/png\r\nset-cookie: x=1', 'application/octet-stream', true],
    ['', 'application/octet-stream', true],
  ])('%s is served as %s', (mediaType, type, download) => {
    expect(servedType(mediaType)).toEqual({ type, download })
  })
})
