import type { DocumentBlock } from '#shared/model/import/documents.ts'
import { BlockList } from './text-builder.ts'

/** Paragraphs of plain text: runs of lines between empty ones. The text stays as it is. Linear. */
export function findParagraphs(text: string): readonly DocumentBlock[] {
  const list = new BlockList()
  let start = -1
  let end = 0
  for (const line of linesOf(text)) {
    if (line.isBlank) {
      if (start >= 0) list.add({ kind: 'paragraph', start, end })
      start = -1
    } else {
      if (start < 0) start = line.start
      end = line.end
    }
  }
  if (start >= 0) list.add({ kind: 'paragraph', start, end })
  return list.blocks
}

/** Code is one block: what belongs together in it, only its language knows. */
export function codeBlock(text: string): readonly DocumentBlock[] {
  const start = text.search(/\S/)
  if (start < 0) return []
  const lineStart = text.lastIndexOf('\n', start) + 1
  return [{ kind: 'code', start: lineStart, end: text.trimEnd().length }]
}

export interface Line {
  readonly start: number
  /** Without the line break. */
  readonly end: number
  readonly isBlank: boolean
}

/** Lines of a text, ended by LF, CRLF or CR, or a form feed, which old documents put between pages. */
export function* linesOf(text: string, from = 0, to = text.length): Generator<Line> {
  let start = from
  while (start < to) {
    let end = start
    let isBlank = true
    for (; end < to; end++) {
      const code = text.charCodeAt(end)
      if (code === 10 || code === 13 || code === 12) break
      if (isBlank && code !== 32 && code !== 9 && code !== 0xa0 && code !== 0xfeff) isBlank = false
    }
    yield { start, end, isBlank }
    start = text.charCodeAt(end) === 13 && text.charCodeAt(end + 1) === 10 ? end + 2 : end + 1
  }
}
