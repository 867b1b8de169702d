/** Steps without input or output after which a stream is taken for damaged: its decoder does not say so. */
const MAX_IDLE = 8

/** Unpacks Zstandard piece by piece. Throws when the stream is damaged or cut off. */
export async function* unpackZstdStream(
  packed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>,
): AsyncGenerator<Uint8Array> {
  const { ZSTDDecoder } = await import('zstddec/stream')
  const decoder = new ZSTDDecoder()
  await decoder.init()
  const pieces = nonEmpty(packed)
  let waiting: Uint8Array | undefined
  let idle = 0
  const feed = (function* () {
    while (waiting !== undefined) {
      const piece = waiting
      waiting = undefined
      idle = 0
      yield piece
    }
  })()
  // The decoder pulls without waiting, and one step of it takes one piece at most: there is always one ready.
  const steps = decoder.decodeStreaming(feed)
  let isOver = false
  for (;;) {
    if (waiting === undefined && !isOver) {
      const next = await pieces.next()
      if (next.done === true) isOver = true
      else waiting = next.value
    }
    const step = steps.next()
    if (step.done === true) return
    if (step.value.length > 0) {
      idle = 0
      yield step.value
    } else if (++idle > MAX_IDLE) {
      throw new Error('The Zstandard data is damaged.')
    }
  }
}

async function* nonEmpty(packed: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  for await (const piece of packed) if (piece.length > 0) yield piece
}
