/** A row of the text a dialect is told by. */
export interface SampleRow {
  /** 1-based. */
  readonly line: number
  readonly cells: readonly string[]
}

/** The first rows of a text, split as one dialect would. */
export interface SampleRows {
  readonly rows: readonly SampleRow[]
  /** Lines that begin with the comment mark, without it. */
  readonly comments: readonly { readonly line: number; readonly text: string }[]
  /** Values in quotes, and those whose quote is never closed or closed too early. */
  readonly quoted: number
  readonly stray: number
}

/** How a text is split; `quote` and `comment` '' = none. */
export interface SampleMarks {
  readonly delimiter: string
  readonly quote: string
  readonly comment: string
}

const MAX_ROWS = 200

/** The first rows of a text, quotes heeded; when it `isCut`, the row it breaks off in is left out. */
export function sampleRows(text: string, { delimiter, quote, comment }: SampleMarks, isCut: boolean): SampleRows {
  const rows: SampleRow[] = []
  const comments: { line: number; text: string }[] = []
  let [quoted, stray] = [0, 0]
  let cells: string[] = []
  let cell = ''
  // Start of a run of the cell that is not in it yet: adding characters one by one would make a string of each.
  let from = -1
  let isQuoted = false
  let line = 1
  let rowLine = 1
  let rowStart = 0
  let at = 0
  const take = (end: number): void => {
    if (from >= 0) cell += text.slice(from, end)
    from = -1
  }
  const endRow = (): void => {
    if (cells.length > 0 || cell !== '') rows.push({ line: rowLine, cells: [...cells, cell] })
    cells = []
    cell = ''
    rowLine = line
    rowStart = at + 1
  }
  for (; at < text.length && rows.length < MAX_ROWS; at++) {
    const character = text[at] as string
    if (character === comment && at === rowStart) {
      const end = lineEnd(text, at)
      comments.push({ line, text: text.slice(at + 1, end) })
      at = end - 1
      continue
    }
    const isLineEnd = character === '\n' || (character === '\r' && text[at + 1] !== '\n')
    if (isLineEnd) line++
    if (isQuoted) {
      if (character !== quote) {
        if (from < 0) from = at
        continue
      }
      take(at)
      if (text[at + 1] === quote) from = ++at
      else {
        isQuoted = false
        if (endsValue(text, at + 1, delimiter)) quoted++
        else stray++
      }
    } else if (character === quote && cell === '' && from < 0) isQuoted = true
    else if (character === delimiter) {
      take(at)
      cells.push(cell)
      cell = ''
    } else if (isLineEnd) {
      take(at)
      endRow()
    } else if (character === '\r') take(at)
    else if (from < 0) from = at
  }
  take(at)
  if (isQuoted && !isCut) stray++
  if (!isCut || rows.length === 0) endRow()
  return { rows, comments, quoted, stray }
}

/** Whether nothing but blanks follows up to the end of the value. */
function endsValue(text: string, from: number, delimiter: string): boolean {
  let at = from
  while (text[at] === ' ') at++
  return at >= text.length || text[at] === delimiter || text[at] === '\n' || text[at] === '\r'
}

function lineEnd(text: string, from: number): number {
  let end = from
  while (end < text.length && text[end] !== '\n' && text[end] !== '\r') end++
  return end
}
