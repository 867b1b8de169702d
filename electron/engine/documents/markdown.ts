import type { DocumentBlock } from '#shared/model/import/documents.ts'
import { linesOf } from './plain-text.ts'
import { BlockList } from './text-builder.ts'

export interface MarkdownOutline {
  readonly blocks: readonly DocumentBlock[]
  /** Plain `name: value` lines of a front matter. */
  readonly frontMatter: Readonly<Record<string, string>>
}

type Kind = DocumentBlock['kind']
interface Open {
  kind: Kind
  start: number
  end: number
  /** Of fenced code: what closes it. */
  fence?: string
}

const ATX = /^ {0,3}(#{1,6})(?:[ \t]|$)/
const FENCE = /^ {0,3}(`{3,}|~{3,})/
const RULE = /^ {0,3}(?:(?:\*[ \t]*){3,}|(?:-[ \t]*){3,}|(?:_[ \t]*){3,})$/
const SETEXT = /^ {0,3}(=+|-+)[ \t]*$/
const ITEM = /^ {0,3}(?:[-*+]|\d{1,9}[.)])(?:[ \t]|$)/
const TABLE_RULE = /^ {0,3}\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*$/
/** What is looked at of a line: its beginning decides, and lines may be a gigabyte. */
const LOOK = 1000

/**
 * The outermost blocks of a Markdown text, by its lines, with offsets into the text as it stands. A parser would tell more
 * than is needed, recurse as deep as the text is nested, and lose the offsets.
 */
export function outlineMarkdown(text: string): MarkdownOutline {
  const list = new BlockList()
  const { frontMatter, end: bodyStart } = readFrontMatter(text)
  let open: Open | undefined
  let afterBlank = true
  const close = (): void => {
    if (open !== undefined) list.add({ kind: open.kind, start: open.start, end: open.end })
    open = undefined
  }
  if (bodyStart > 0) list.add({ kind: 'code', start: 0, end: text.slice(0, bodyStart).trimEnd().length })
  for (const line of linesOf(text)) {
    if (line.start < bodyStart) continue
    const { start, end } = line
    const head = text.slice(start, Math.min(end, start + LOOK))
    if (open?.fence !== undefined) {
      open.end = end
      if (closesFence(head, open.fence)) close()
      afterBlank = false
      continue
    }
    if (line.isBlank) {
      // An empty line ends a paragraph, table or quote; lists and indented code go on behind it when they are indented.
      if (open !== undefined && open.kind !== 'list' && open.kind !== 'code') close()
      afterBlank = true
      continue
    }
    const next = startOf(head, open?.kind, afterBlank)
    if (next.kind === 'continue' && open !== undefined) {
      const setext = open.kind === 'paragraph' && !afterBlank ? SETEXT.exec(head) : null
      if (setext?.[1] !== undefined) {
        list.add({ kind: 'heading', start: open.start, end, level: setext[1].startsWith('=') ? 1 : 2 })
        open = undefined
      } else {
        if (open.kind === 'paragraph' && TABLE_RULE.test(head) && head.includes('|')) open.kind = 'table'
        open.end = end
      }
    } else {
      close()
      if (next.kind === 'heading') list.add({ kind: 'heading', start, end, level: next.level })
      else if (next.kind === 'rule') list.add({ kind: 'paragraph', start, end })
      else open = { kind: next.kind === 'continue' ? 'paragraph' : next.kind, start, end, ...fenceOf(next) }
    }
    afterBlank = false
  }
  close()
  return { blocks: list.blocks, frontMatter }
}

/** The words of a heading: without the marks of Markdown where it is written in it. */
export function headingWords(source: string): string {
  if (!ATX.test(source) && !/\n {0,3}(?:=+|-+)[ \t]*$/.test(source)) return source.trim()
  return source
    .replace(/\r?\n[=\-\s]*$/, '')
    .replace(/^ {0,3}#{1,6}[ \t]*/, '')
    .replace(/[ \t]#+[ \t]*$/, '')
    .replaceAll(/!?\[([^\]]{0,500})\]\([^)]{0,2000}\)/g, '$1')
    .replaceAll(/[*_`~]{1,3}(?=\S)|(?<=\S)[*_`~]{1,3}/g, '')
    .trim()
}

type Start =
  | { readonly kind: 'heading'; readonly level: number }
  | { readonly kind: 'code'; readonly fence?: string }
  | { readonly kind: 'rule' | 'continue' | 'list' | 'quote' }

/** What a line begins, given what is open. */
function startOf(head: string, open: Kind | undefined, afterBlank: boolean): Start {
  const isIndented = /^(?: {4}|\t)/.test(head)
  if (open === 'list' && /^(?: {2}|\t)/.test(head)) return { kind: 'continue' }
  if (open === 'code') return isIndented ? { kind: 'continue' } : startOf(head, undefined, true)
  if (isIndented && (open === undefined || afterBlank)) return { kind: 'code' }
  const atx = ATX.exec(head)
  if (atx?.[1] !== undefined) return { kind: 'heading', level: atx[1].length }
  const fence = FENCE.exec(head)
  if (fence?.[1] !== undefined) return { kind: 'code', fence: fence[1] }
  if (open === 'paragraph' && SETEXT.test(head)) return { kind: 'continue' }
  if (RULE.test(head)) return { kind: 'rule' }
  if (/^ {0,3}>/.test(head)) return open === 'quote' ? { kind: 'continue' } : { kind: 'quote' }
  if (ITEM.test(head)) return open === 'list' ? { kind: 'continue' } : { kind: 'list' }
  if (open === undefined || (open === 'list' && afterBlank)) {
    return open === undefined ? { kind: 'continue' } : startOf(head, undefined, true)
  }
  return { kind: 'continue' }
}

function fenceOf(start: Start): { fence?: string } {
  return start.kind === 'code' && start.fence !== undefined ? { fence: start.fence } : {}
}

function closesFence(head: string, fence: string): boolean {
  const found = FENCE.exec(head)?.[1]
  return found !== undefined && found[0] === fence[0] && found.length >= fence.length && head.trim() === found
}

function readFrontMatter(text: string): { frontMatter: Record<string, string>; end: number } {
  const frontMatter: Record<string, string> = {}
  const none = { frontMatter: {}, end: 0 }
  let isFirst = true
  for (const { start, end } of linesOf(text)) {
    // A front matter is short; without its end it is none.
    if (start > 65_536) return none
    const line = text.slice(start, Math.min(end, start + LOOK))
    if (isFirst) {
      if (line.trimEnd() !== '---') return none
      isFirst = false
    } else if (/^(?:---|\.\.\.)\s*$/.test(line)) {
      return { frontMatter, end }
    } else {
      const [, key, value] = /^([\w-]{1,60}):[ \t]+(\S.*)$/.exec(line) ?? []
      if (key !== undefined && value !== undefined) {
        frontMatter[key.toLowerCase()] = value.trim().replace(/^(["'])(.*)\1$/, '$2')
      }
    }
  }
  return none
}
