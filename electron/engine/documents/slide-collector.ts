import type { MarkupEvents } from './markup.ts'
import type { TextBuilder } from './text-builder.ts'

/** Placeholders that repeat on every slide. */
const REPEATED = new Set(['dt', 'ftr', 'sldNum', 'hdr', 'sldImg'])

/** Turns the events of a slide's XML into blocks. */
export class SlideCollector implements MarkupEvents {
  readonly #builder: TextBuilder
  readonly #page: number
  readonly #isNotes: boolean
  #placeholder = ''
  #isText = false
  #line: string[] = []
  #lines: string[] = []
  #level = 0
  #cells: string[] | undefined
  #rows: string[] = []

  constructor(builder: TextBuilder, page: number, isNotes: boolean) {
    this.#builder = builder
    this.#page = page
    this.#isNotes = isNotes
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'sp':
        this.#placeholder = ''
        this.#lines = []
        break
      case 'ph':
        this.#placeholder = attributes['type'] ?? 'body'
        break
      case 'p':
        this.#line = []
        this.#level = 0
        break
      case 'pPr':
        this.#level = Math.min(8, Number(attributes['lvl'] ?? 0) || 0)
        break
      case 't':
        this.#isText = true
        break
      case 'br':
        this.#line.push(' ')
        break
      case 'tbl':
        this.#rows = []
        break
      case 'tr':
        this.#cells = []
        break
      case 'tc':
        this.#lines = []
        break
      default:
    }
  }

  text(text: string): void {
    if (this.#isText) this.#line.push(text)
  }

  close(name: string): void {
    switch (name) {
      case 't':
        this.#isText = false
        break
      case 'p':
        this.#endLine()
        break
      case 'tc':
        this.#cells?.push(this.#lines.map((line) => line.trim()).join(' '))
        this.#lines = []
        break
      case 'tr':
        if (this.#cells?.some((cell) => cell !== '') === true) this.#rows.push(this.#cells.join(' | '))
        this.#cells = undefined
        break
      case 'tbl':
        this.#builder.add('table', this.#rows.join('\n'), { page: this.#page })
        this.#rows = []
        break
      case 'sp':
        this.#endShape()
        break
      default:
    }
  }

  #endLine(): void {
    const text = this.#line.join('').replaceAll(/\s+/g, ' ').trim()
    if (text !== '') this.#lines.push('  '.repeat(this.#level) + text)
    this.#line = []
  }

  #endShape(): void {
    const lines = this.#lines
    this.#lines = []
    if (lines.length === 0 || REPEATED.has(this.#placeholder)) return
    const page = this.#page
    if (this.#isNotes) this.#builder.add('quote', lines.join('\n'), { page })
    else if (this.#placeholder === 'title' || this.#placeholder === 'ctrTitle') {
      this.#builder.add('heading', lines.map((line) => line.trim()).join(' '), { page, level: 1 })
    } else if (lines.length === 1) this.#builder.add('paragraph', lines[0]?.trim() ?? '', { page })
    else this.#builder.add('list', lines.map((line) => line.replace(/^( *)/, '$1- ')).join('\n'), { page })
  }
}
