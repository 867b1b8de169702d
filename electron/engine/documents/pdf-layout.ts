import type { DocumentBlock } from '#shared/model/import/documents.ts'

/** A run of text as a PDF places it: origin at the bottom left, sizes in points. */
export interface TextRun {
  readonly text: string
  readonly x: number
  readonly y: number
  readonly width: number
  readonly size: number
  readonly isMono: boolean
  /** The writer of the PDF went to a new line after it. */
  readonly endsLine: boolean
}

export interface PageLine {
  readonly page: number
  readonly text: string
  readonly x: number
  readonly y: number
  readonly size: number
  readonly isMono: boolean
}

export interface LayoutBlock {
  readonly kind: DocumentBlock['kind']
  readonly text: string
  readonly page: number
  readonly level?: number
}

const BULLET = /^[•◦▪▫‣⁃●○■□·–—*-]\s+\S/
const NUMBERED = /^(?:\d{1,3}|[a-z])[.)]\s+\S/i
/** A line of a table of contents: dots lead to its page. */
const LEADER = /(?:\.\s?){5,}\s*\S{1,8}$/
const MAX_HEADING_LENGTH = 200
const HEADING_FACTOR = 1.12

/** Puts the runs of a page together to lines, in the order the PDF has them. */
export function toLines(runs: readonly TextRun[], page: number): PageLine[] {
  const lines: PageLine[] = []
  let open: TextRun[] = []
  const close = (): void => {
    const line = joinRuns(open, page)
    if (line !== undefined) lines.push(line)
    open = []
  }
  for (const run of runs) {
    const last = open.at(-1)
    if (last !== undefined && Math.abs(run.y - last.y) > Math.max(last.size, run.size, 1) * 0.5) close()
    open.push(run)
    if (run.endsLine) close()
  }
  close()
  return lines
}

function joinRuns(runs: readonly TextRun[], page: number): PageLine | undefined {
  let text = ''
  let end = Number.NaN
  let letters = 0
  let weighted = 0
  let mono = 0
  let first: TextRun | undefined
  for (const run of runs) {
    const length = run.text.trim().length
    if (length > 0) first ??= run
    const gap = run.x - end
    if (text !== '' && gap > run.size * 0.2 && !/\s$/.test(text) && !/^\s/.test(run.text)) text += ' '
    text += run.text
    if (run.text !== '') end = run.x + run.width
    letters += length
    weighted += length * run.size
    if (run.isMono) mono += length
  }
  const content = text.replaceAll('\u0000', '').trim()
  if (content === '' || first === undefined) return undefined
  return {
    page,
    text: content,
    x: first.x,
    y: first.y,
    size: Math.round((weighted / Math.max(1, letters)) * 2) / 2,
    isMono: mono > letters * 0.8 && !BULLET.test(content) && !LEADER.test(content),
  }
}

/**
 * Blocks of a document's lines. What is clearly larger than most of the text is a heading, the larger the higher; gaps,
 * indents and changes of size end paragraphs; what is set in a monospaced font is code.
 */
export function toBlocks(lines: readonly PageLine[]): LayoutBlock[] {
  const body = commonSize(lines)
  const leading = commonLeading(lines, body)
  const levels = headingLevels(lines, body)
  const blocks: LayoutBlock[] = []
  let open: PageLine[] = []
  const close = (): void => {
    const first = open[0]
    if (first === undefined) return
    blocks.push(toBlock(open, first, levels.get(first.size)))
    open = []
  }
  for (const line of lines) {
    const last = open.at(-1)
    if (last !== undefined && !continues(last, line, open.length, body, leading)) close()
    open.push(line)
  }
  close()
  return blocks
}

function continues(last: PageLine, line: PageLine, count: number, body: number, leading: number): boolean {
  if (last.page !== line.page || last.isMono !== line.isMono) return false
  if (LEADER.test(last.text) && LEADER.test(line.text)) return true
  if (Math.abs(last.size - line.size) > last.size * 0.1) return false
  const down = last.y - line.y
  const usual = Math.max(leading, line.size * 1.1) * (line.size > body * HEADING_FACTOR ? line.size / body : 1)
  // Upwards is the next column.
  if (down < 0 || down > usual * (line.isMono ? 2.5 : 1.4)) return false
  if (line.isMono || BULLET.test(line.text)) return true
  // An indented line begins a paragraph, except behind a first line that hangs out, and in lists.
  return !(line.x - last.x > line.size && count > 1) || BULLET.test(last.text) || NUMBERED.test(last.text)
}

function toBlock(lines: readonly PageLine[], first: PageLine, level: number | undefined): LayoutBlock {
  const { page } = first
  if (first.isMono) return { kind: 'code', text: indented(lines), page }
  if (LEADER.test(first.text)) return { kind: 'list', text: lines.map((line) => line.text).join('\n'), page }
  const isList = BULLET.test(first.text) || (NUMBERED.test(first.text) && lines.length > 1)
  const text = joinLines(lines, isList)
  if (level !== undefined && text.length <= MAX_HEADING_LENGTH && /\p{L}/u.test(text)) {
    return { kind: 'heading', text, page, level }
  }
  return { kind: isList ? 'list' : 'paragraph', text, page }
}

function joinLines(lines: readonly PageLine[], isList: boolean): string {
  let text = ''
  for (const line of lines) {
    if (text === '') text = line.text
    else if (BULLET.test(line.text) || (isList && NUMBERED.test(line.text))) text += `\n${line.text}`
    // A word cut at the line's end; compounds lose their hyphen there, which searching forgives more easily.
    else if (/\p{L}[-\u00ad\u2010]$/u.test(text) && /^\p{Ll}/u.test(line.text)) text = text.slice(0, -1) + line.text
    else text += ` ${line.text}`
  }
  return text
}

/** Code keeps the indents its places tell. */
function indented(lines: readonly PageLine[]): string {
  const left = Math.min(...lines.slice(0, 10_000).map(({ x }) => x))
  return lines
    .map(({ text, x, size }) => ' '.repeat(Math.max(0, Math.min(60, Math.round((x - left) / (size * 0.6))))) + text)
    .join('\n')
}

/** The size most letters have. */
function commonSize(lines: readonly PageLine[]): number {
  const letters = new Map<number, number>()
  for (const { size, text } of lines) letters.set(size, (letters.get(size) ?? 0) + text.length)
  return [...letters].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [10, 0])[0]
}

/** The usual distance between lines of the body, points. */
function commonLeading(lines: readonly PageLine[], body: number): number {
  const counts = new Map<number, number>()
  lines.forEach((line, index) => {
    const last = lines[index - 1]
    if (last === undefined || last.page !== line.page || line.size !== body || last.size !== body) return
    const down = Math.round((last.y - line.y) * 2) / 2
    if (down > 0 && down < body * 2.5) counts.set(down, (counts.get(down) ?? 0) + 1)
  })
  return [...counts].reduce((best, entry) => (entry[1] > best[1] ? entry : best), [body * 1.2, 0])[0]
}

/** Levels of the sizes that are clearly larger than the body's, largest first; more than six share the last. */
function headingLevels(lines: readonly PageLine[], body: number): ReadonlyMap<number, number> {
  const sizes = new Set<number>()
  for (const { size, isMono, text } of lines)
    if (!isMono && !LEADER.test(text) && size > body * HEADING_FACTOR) sizes.add(size)
  const sorted = [...sizes].toSorted((a, b) => b - a)
  return new Map(sorted.map((size, index) => [size, Math.min(6, index + 1)]))
}
