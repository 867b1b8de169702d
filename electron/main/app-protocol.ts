import { readFile } from 'node:fs/promises'
import type { Contract } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/client.ts'
import type { Asset } from '../launch/web/assets.ts'
import { answerBlob } from '../launch/web/blob.ts'
import { COMMON_HEADERS, PAGE_CSP } from '../launch/web/headers.ts'
import { isOwnAddress } from './security.ts'

const BLOB_PREFIX = '/blob/'
const HEADERS = { ...COMMON_HEADERS, 'content-security-policy': PAGE_CSP }

/** Answers `app://bundle/…`: the page's files from the list made at start, and cells by range. Nothing else exists. */
export function createProtocolHandler(
  assets: ReadonlyMap<string, Asset>,
  client: () => Client<Contract> | undefined,
): (request: Request) => Promise<Response> {
  return async (request) => {
    if (!isOwnAddress(request.url) || (request.method !== 'GET' && request.method !== 'HEAD')) return refuse(404)
    const { pathname } = new URL(request.url)
    if (pathname.startsWith(BLOB_PREFIX)) return serveBlob(request, pathname.slice(BLOB_PREFIX.length), client())
    const asset = assets.get(pathname)
    if (asset === undefined) return refuse(404)
    const headers = { ...HEADERS, 'content-type': asset.type }
    return new Response(new Uint8Array(await readFile(asset.file)), { headers })
  }
}

async function serveBlob(request: Request, encodedId: string, client: Client<Contract> | undefined): Promise<Response> {
  if (client === undefined) return refuse(503)
  const range = request.headers.get('range')
  const { status, headers, body } = await answerBlob(client, { encodedId, range, signal: request.signal })
  return new Response(request.method === 'HEAD' ? null : streamOf(body), { status, headers })
}

/** A web stream that pulls the next piece only when it is wanted. */
function streamOf(pieces: AsyncIterable<Uint8Array>): ReadableStream<Uint8Array> {
  const iterator = pieces[Symbol.asyncIterator]()
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const piece = await iterator.next()
        if (piece.done === true) controller.close()
        else controller.enqueue(piece.value)
      },
      async cancel() {
        await iterator.return?.()
      },
    },
    { highWaterMark: 1 },
  )
}

function refuse(status: number): Response {
  return new Response('', { status, headers: { ...HEADERS, 'content-type': 'text/plain; charset=utf-8' } })
}
