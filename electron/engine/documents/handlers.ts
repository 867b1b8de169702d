import type { Handlers } from '#shared/rpc/server.ts'
import type { Parsing } from '../parsing/index.ts'
import { chunkDocument } from './chunk.ts'
import { loadTokenCounter } from './count-tokens.ts'
import { parseDocument } from './parse.ts'

export function createDocumentParsers(): Pick<Handlers<Parsing>, 'document.parse' | 'document.chunk'> {
  return {
    'document.parse': parseDocument,
    'document.chunk': async ({ document, chunking }) => chunkDocument(document, chunking, await loadTokenCounter()),
  }
}
