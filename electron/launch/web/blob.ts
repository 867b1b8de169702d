import type { Contract } from '#shared/contract/index.ts'
import { AppError, toErrorValue, type ErrorCode } from '#shared/errors.ts'
import type { Client } from '#shared/rpc/client.ts'
import { BLOB_CSP, COMMON_HEADERS } from './headers.ts'
import { parseRange, resolveRange } from './ranges.ts'

/** Most bytes `cells.read` gives at once. */
const CHUNK_BYTES = 1024 * 1024
/** Longest cell id the contract takes. */
const MAX_ID = 8192

export interface BlobRequest {
  /** The id exactly as it stands in the address, percent-encoded. */
  readonly encodedId: string
  readonly range: string | null | undefined
  readonly signal: AbortSignal
}

export interface BlobAnswer {
  readonly status: number
  readonly headers: Readonly<Record<string, string>>
  /** Pulled as fast as the other side takes it; empty for an answer without content. */
  readonly body: AsyncIterable<Uint8Array>
}

const NOT_FOUND = new Set<ErrorCode>([
  'not-found',
  'unknown-dataset',
  'row-not-found',
  'unknown-column',
  'invalid-input',
  'version-not-found',
  'ref-not-found',
])

/** Serves the bytes of a cell by ranges. Failures become an answer with the error as JSON. */
export async function answerBlob(client: Client<Contract>, request: BlobRequest): Promise<BlobAnswer> {
  try {
    return await answerRange(client, request)
  } catch (error) {
    const value = toErrorValue(error)
    const status = NOT_FOUND.has(value.code)
      ? 404
      : value.code === 'engine-died' || value.code === 'disconnected'
        ? 503
        : 500
    const { code, message, hint } = value
    return {
      status,
      headers: headersOf('application/json', 0, {}),
      body: once(JSON.stringify({ code, message, hint })),
    }
  }
}

async function answerRange(client: Client<Contract>, request: BlobRequest): Promise<BlobAnswer> {
  const cell = decodeId(request.encodedId)
  const { signal } = request
  const read = (start: number, length: number) => client.call('cells.read', { cell, start, length }, { signal })
  const range = parseRange(request.range)
  // The first piece also tells size and type; only a range counted from the end has to ask for those beforehand.
  const firstStart = range.kind === 'from' ? range.start : 0
  const firstLength = range.kind === 'suffix' ? 0 : CHUNK_BYTES
  const first = await read(firstStart, firstLength)
  const wanted = resolveRange(range, first.size)
  if (wanted === undefined) {
    return {
      status: 416,
      headers: headersOf(first.mediaType, 0, { 'content-range': `bytes */${first.size}` }),
      body: once(''),
    }
  }
  const { start, end } = wanted
  async function* pieces(): AsyncGenerator<Uint8Array> {
    let at = start
    let piece = firstStart === start ? first.bytes.subarray(0, end - start) : new Uint8Array()
    for (;;) {
      if (piece.byteLength > 0) yield piece
      at += piece.byteLength
      if (at >= end) return
      piece = (await read(at, Math.min(CHUNK_BYTES, end - at))).bytes
      if (piece.byteLength === 0)
        throw new AppError({ code: 'corrupt-data', message: 'The cell ended before its size.' })
    }
  }
  const partial = range.kind !== 'all'
  return {
    status: partial ? 206 : 200,
    headers: headersOf(
      first.mediaType,
      end - start,
      partial ? { 'content-range': `bytes ${start}-${end - 1}/${first.size}` } : {},
    ),
    body: pieces(),
  }
}

function decodeId(encoded: string): string {
  try {
    const id = decodeURIComponent(encoded)
    if (id.length > 0 && id.length <= MAX_ID) return id
  } catch {
    // Falls through to the same answer as an empty id.
  }
  throw new AppError({ code: 'not-found', message: 'This is not the address of a cell.' })
}

function headersOf(
  mediaType: string,
  byteLength: number,
  more: Readonly<Record<string, string>>,
): Record<string, string> {
  const { type, download } = servedType(mediaType)
  return {
    ...COMMON_HEADERS,
    'content-security-policy': BLOB_CSP,
    'content-type': type,
    'accept-ranges': 'bytes',
    ...(byteLength > 0 ? { 'content-length': String(byteLength) } : {}),
    ...(download ? { 'content-disposition': 'attachment' } : {}),
    ...more,
  }
}

/**
 * The type bytes are served under. Pictures, sound and film keep theirs; SVG too, because `<img>` never runs its scripts,
 * but a visit to its address downloads it. Any other text is plain text, and the rest is a download.
 */
export function servedType(mediaType: string): { readonly type: string; readonly download: boolean } {
  const type = mediaType.toLowerCase().split(';')[0]?.trim() ?? ''
  if (!/^[a-z]+\/[a-z0-9.+-]+$/.test(type)) return { type: 'application/octet-stream', download: true }
  if (type === 'image/svg+xml') return { type, download: true }
  if (/^(image|audio|video)\//.test(type)) return { type, download: false }
  if (type === 'application/json' || type === 'text/plain')
    return { type: 'text/plain; charset=utf-8', download: false }
  if (type.startsWith('text/')) return { type: 'text/plain; charset=utf-8', download: true }
  return { type: type === 'application/pdf' ? type : 'application/octet-stream', download: true }
}

async function* once(text: string): AsyncGenerator<Uint8Array> {
  if (text !== '') yield new TextEncoder().encode(text)
}
