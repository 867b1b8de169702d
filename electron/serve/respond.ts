import { createReadStream } from 'node:fs'
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import { once } from 'node:events'
import type { Asset } from '../launch/web/assets.ts'
import type { BlobAnswer } from '../launch/web/blob.ts'
import { COMMON_HEADERS, PAGE_CSP } from '../launch/web/headers.ts'

const HEADERS = { ...COMMON_HEADERS, 'content-security-policy': PAGE_CSP }

/** Largest request body taken; the only one there is carries a token. */
const MAX_BODY_BYTES = 1024

export function sendText(
  response: ServerResponse,
  status: number,
  text: string,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'text/plain; charset=utf-8', ...headers })
  response.end(text)
}

export function sendJson(
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: OutgoingHttpHeaders = {},
): void {
  response.writeHead(status, { ...HEADERS, 'content-type': 'application/json', ...headers })
  response.end(JSON.stringify(value))
}

export function sendAsset(request: IncomingMessage, response: ServerResponse, asset: Asset): void {
  response.writeHead(200, { ...HEADERS, 'content-type': asset.type, 'content-length': asset.bytes })
  if (request.method === 'HEAD') return void response.end()
  createReadStream(asset.file)
    .on('error', () => response.destroy())
    .pipe(response)
}

/** Sends a blob as fast as the browser takes it; a browser that leaves ends the reading. */
export async function sendBlob(request: IncomingMessage, response: ServerResponse, answer: BlobAnswer): Promise<void> {
  response.writeHead(answer.status, answer.headers)
  if (request.method === 'HEAD') return void response.end()
  try {
    for await (const piece of answer.body) {
      if (response.destroyed) return
      if (!response.write(piece)) await Promise.race([once(response, 'drain'), once(response, 'close')])
    }
    response.end()
  } catch {
    // The head has gone out: a broken connection is the only way left to say that the body is not whole.
    response.destroy()
  }
}

/** The body of a small POST; undefined when it is too large or breaks off. */
export async function readBody(request: IncomingMessage): Promise<string | undefined> {
  const pieces: Buffer[] = []
  let size = 0
  try {
    for await (const piece of request as AsyncIterable<Buffer>) {
      size += piece.byteLength
      if (size > MAX_BODY_BYTES) return undefined
      pieces.push(piece)
    }
    return Buffer.concat(pieces).toString('utf8')
  } catch {
    return undefined
  }
}
