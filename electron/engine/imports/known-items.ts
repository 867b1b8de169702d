import type { SourceItem } from '#shared/model/import/source.ts'
import type { EngineContext } from '../context.ts'
import type { FoundFile } from './sources.ts'

/** Beyond it all are forgotten: a window asks about one set of files at a time. */
const MAX_ITEMS = 100_000

const byContext = new WeakMap<EngineContext, Map<string, SourceItem>>()

/** What files were found to be, as long as their size and time stay: a preview asks about all of them at every change. */
export class KnownItems {
  readonly #items: Map<string, SourceItem>

  constructor(context: EngineContext) {
    const known = byContext.get(context)
    this.#items = known ?? new Map<string, SourceItem>()
    if (known === undefined) byContext.set(context, this.#items)
  }

  get(file: FoundFile): SourceItem | undefined {
    return this.#items.get(keyOf(file))
  }

  /** Trouble may pass, so that files in trouble are looked at anew. */
  add(file: FoundFile, item: SourceItem): void {
    if (item.problems.some(({ severity }) => severity === 'error')) return
    if (this.#items.size >= MAX_ITEMS) this.#items.clear()
    this.#items.set(keyOf(file), item)
  }
}

function keyOf({ path, name, bytes, mtimeMs }: FoundFile): string {
  return JSON.stringify([path, name, bytes, mtimeMs])
}
