import type { Contract } from '#shared/contract/index.ts'
import { AppError } from '#shared/errors.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { Stream } from './stream.ts'

type Names = 'import.stream' | 'import.push' | 'import.flush' | 'import.close' | 'import.streams'

/** Open streams of an engine, by id. */
const openStreams = new WeakMap<EngineContext, Map<string, Stream>>()

/** Streams that are open now. */
export function countStreams(context: EngineContext): number {
  return openStreams.get(context)?.size ?? 0
}

/** Commits what every open stream has buffered and ends them; a failure is logged. For an engine that is about to end. */
export async function closeStreams(context: EngineContext): Promise<void> {
  const closing = [...(openStreams.get(context)?.values() ?? [])].map((stream) => closeLogged(context, stream))
  await Promise.all(closing)
}

async function closeLogged(context: EngineContext, stream: Stream): Promise<void> {
  await stream.close().catch((error: unknown) => context.log(`import.stream: ${String(error)}`))
}

/** A stream lives as long as the call that opened it; one left commits what it has buffered. */
export function createStreamsHandlers(context: EngineContext): Pick<Handlers<Contract>, Names> {
  const open = new Map<string, Stream>()
  openStreams.set(context, open)
  const find = (id: string): Stream => {
    const stream = open.get(id)
    if (stream !== undefined) return stream
    throw new AppError({
      code: 'not-found',
      message: 'There is no open stream of that id.',
      hint: 'It was closed, or the engine was restarted. Open a new one.',
    })
  }
  return {
    async *'import.stream'(input, { signal }) {
      const stream = await Stream.open(context, input)
      open.set(stream.id, stream)
      try {
        stream.start()
        yield* stream.events.read(signal)
      } finally {
        await closeLogged(context, stream)
        open.delete(stream.id)
      }
    },
    'import.push': async ({ stream, lines }) => find(stream).push(lines),
    'import.flush': async ({ stream }) => find(stream).flush(),
    'import.close': async ({ stream }) => find(stream).close(),
    'import.streams': () => [...open.values()].map(({ info }) => info),
  }
}
