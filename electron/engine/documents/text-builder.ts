import { formatCount } from '#shared/model/format.ts'
import type { DocumentBlock } from '#shared/model/import/documents.ts'
import { tooLarge } from '../parsing/index.ts'

/** UTF-16 units of a document's text: what the thread's heap holds with room to spare. */
export const MAX_TEXT_LENGTH = 64 * 1024 * 1024
/** Blocks beyond this many are joined to the last one: their number must not fill the heap. */
const MAX_BLOCKS = 100_000

export interface Structured {
  readonly text: string
  readonly blocks: readonly DocumentBlock[]
}

/** Collects blocks that are told by offsets into a text that is there already. */
export class BlockList {
  readonly #blocks: (DocumentBlock & { end: number })[] = []

  get blocks(): readonly DocumentBlock[] {
    return this.#blocks
  }

  add(block: DocumentBlock): void {
    if (block.end <= block.start) return
    const last = this.#blocks.at(-1)
    if (last !== undefined && this.#blocks.length >= MAX_BLOCKS) last.end = block.end
    else this.#blocks.push({ ...block })
  }
}

/** Puts a document's text together from its blocks, with an empty line between any two. */
export class TextBuilder {
  readonly #name: string
  readonly #list = new BlockList()
  readonly #parts: string[] = []
  #length = 0

  /** `name` is the file's, for errors. */
  constructor(name: string) {
    this.#name = name
  }

  /** Adds a block unless it is empty. Throws `too-large` when the text outgrows its bound. */
  add(
    kind: DocumentBlock['kind'],
    text: string,
    { level, page }: { readonly level?: number | undefined; readonly page?: number | undefined } = {},
  ): void {
    const content = text.replace(/^(?:[^\S\n]*\n)+/, '').trimEnd()
    if (content.trim() === '') return
    if (this.#parts.length > 0) {
      this.#parts.push('\n\n')
      this.#length += 2
    }
    const start = this.#length
    this.#parts.push(content)
    this.#length += content.length
    if (this.#length > MAX_TEXT_LENGTH) {
      throw tooLarge(this.#name, `holds more than ${formatCount(MAX_TEXT_LENGTH)} characters of text`)
    }
    this.#list.add({
      kind,
      start,
      end: this.#length,
      ...(level === undefined ? {} : { level }),
      ...(page === undefined ? {} : { page }),
    })
  }

  finish(): Structured {
    return { text: this.#parts.join(''), blocks: this.#list.blocks }
  }
}
