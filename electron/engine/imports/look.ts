import type { InspectEvent, SourceItem } from '#shared/model/import/source.ts'
import type { EngineContext } from '../context.ts'
import { inspectParts } from './inspect.ts'
import { findFiles } from './sources.ts'
import { readerFor } from './with-reader.ts'

/** Longest a person is left without a sign of how far it is. */
const TELL_MS = 200

/** Looks at files and tells on the way how many it looked at. */
export function lookAtFiles(
  context: EngineContext,
  sources: Parameters<typeof findFiles>[1],
  signal: AbortSignal,
): AsyncGenerator<InspectEvent> {
  return readerFor(signal, async function* (reader): AsyncGenerator<InspectEvent> {
    const { files, truncated } = await findFiles(context.paths, sources, signal)
    const items: SourceItem[] = []
    let toldAt = performance.now()
    for await (const part of inspectParts(context, reader, files, signal)) {
      items.push(...part)
      if (performance.now() - toldAt < TELL_MS) continue
      toldAt = performance.now()
      yield { kind: 'looking', done: items.length, total: files.length }
    }
    yield { kind: 'done', items, truncated }
  })
}
