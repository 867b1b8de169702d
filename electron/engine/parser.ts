/*
 * Entry of the parser thread: everything that reads bytes of files nobody vouches for. It loads neither LanceDB nor
 * anything else that could not be ended at any moment.
 */
import { parentPort } from 'node:worker_threads'
import { portChannel } from '#shared/rpc/port-channel.ts'
import { serve, type Handlers } from '#shared/rpc/server.ts'
import { parsing, type Parsing } from './parsing/index.ts'
import { createTableParsers } from './tables/index.ts'

/** Large, and loaded when first asked for: tables, which can be many megabytes a second, need not wait for it. */
const loadDocuments = () => import('./documents/index.ts').then((area) => area.createDocumentParsers())
const loadMedia = () => import('./media/index.ts').then((area) => area.createMediaParsers())
const loadInspector = () => import('./sources/index.ts').then((area) => area.createSourceInspector())

const handlers: Handlers<Parsing> = {
  ...createTableParsers(),
  'source.inspect': async (...asked) => (await loadInspector())['source.inspect'](...asked),
  'document.parse': async (...asked) => (await loadDocuments())['document.parse'](...asked),
  'document.chunk': async (...asked) => (await loadDocuments())['document.chunk'](...asked),
  'media.read': async (...asked) => (await loadMedia())['media.read'](...asked),
}

if (parentPort !== null) serve(parsing, handlers, portChannel(parentPort, { transfer: true }))
