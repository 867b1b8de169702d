/*
 * Entry of the parser thread: everything that reads bytes of files nobody vouches for. It loads neither LanceDB nor
 * anything else that could not be ended at any moment.
 */
import { parentPort } from 'node:worker_threads'
import { portChannel } from '#shared/rpc/port-channel.ts'
import { serve, type Handlers } from '#shared/rpc/server.ts'
import { createDocumentParsers } from './documents/index.ts'
import { createMediaParsers } from './media/index.ts'
import { parsing, type Parsing } from './parsing/index.ts'
import { createSourceInspector } from './sources/index.ts'
import { createTableParsers } from './tables/index.ts'

const handlers: Handlers<Parsing> = {
  ...createSourceInspector(),
  ...createDocumentParsers(),
  ...createTableParsers(),
  ...createMediaParsers(),
}

if (parentPort !== null) serve(parsing, handlers, portChannel(parentPort, { transfer: true }))
