import { createInterface } from 'node:readline'
import type { Readable } from 'node:stream'
import type { Contract, Input, Output } from '#shared/contract/index.ts'
import type { Client } from '#shared/rpc/client.ts'

export interface StreamCall {
  readonly client: Client<Contract>
  readonly input: Input<'import.stream'>
  /** Where records come from when the stream reads no file. */
  readonly stdin: Readable
  print(event: Output<'import.stream'>): void
  /** Registers what ends the stream with nothing lost: Ctrl-C. Returns what takes it back. */
  onInterrupt(stop: () => void): () => void
}

/** Lines given to the engine at once, at most; fewer are given when no more have come. */
const LINES_AT_ONCE = 1000

/**
 * Runs `import.stream` to its end: of the file, or of standard input. Interrupted, what has been read is committed first.
 */
export async function callStream({ client, input, stdin, print, onInterrupt }: StreamCall): Promise<void> {
  let pushing: Promise<unknown> = Promise.resolve()
  const stopped = new AbortController()
  let forget: (() => void) | undefined
  try {
    for await (const event of client.stream('import.stream', input)) {
      print(event)
      if (event.kind !== 'opened') continue
      const { id } = event.stream
      const close = (): Promise<unknown> => client.call('import.close', { stream: id })
      forget = onInterrupt(() => {
        stopped.abort()
        void pushing.then(close, close).catch(() => undefined)
      })
      if (input.file !== undefined) continue
      pushing = pushLines(client, id, stdin, stopped.signal)
      // A failure of the stream itself ends the loop above with it.
      pushing.then(() => (stopped.signal.aborted ? undefined : close())).catch(() => undefined)
    }
  } finally {
    forget?.()
    stopped.abort()
    stdin.destroy()
  }
}

async function pushLines(
  client: Client<Contract>,
  stream: string,
  stdin: Readable,
  signal: AbortSignal,
): Promise<void> {
  const reader = createInterface({ input: stdin, crlfDelay: Number.POSITIVE_INFINITY })
  const lines: string[] = []
  let pushing: Promise<unknown> | undefined
  const push = async (): Promise<void> => {
    while (lines.length > 0) await client.call('import.push', { stream, lines: lines.splice(0, LINES_AT_ONCE) })
  }
  const stop = (): void => reader.close()
  signal.addEventListener('abort', stop, { once: true })
  try {
    for await (const line of reader) {
      lines.push(line)
      // What comes while the engine takes some waits for it, up to a bound.
      if (pushing === undefined) {
        pushing = push().finally(() => (pushing = undefined))
        pushing.catch(() => undefined)
      } else if (lines.length >= LINES_AT_ONCE) await pushing
    }
    await pushing
    await push()
  } finally {
    signal.removeEventListener('abort', stop)
  }
}
