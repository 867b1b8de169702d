import type { DocumentBlock } from '#shared/model/import/documents.ts'
import type { HtmlFacts } from './html.ts'
import type { TextBuilder } from './text-builder.ts'

/** Elements whose content is not text to read. */
const SKIPPED = new Set(
  'script style template noscript iframe object svg math canvas audio video select datalist'.split(' '),
)
/** Elements that begin and end a block. */
const BLOCKS = new Set(
  (
    'address article aside body center dd details dialog div dl dt fieldset figcaption figure footer form ' +
    'header hgroup hr legend main nav p section summary'
  ).split(' '),
)
/** Meta elements that say nothing of the content. */
const LOOKS = new Set(['viewport', 'theme-color', 'color-scheme', 'robots', 'format-detection'])
const MAX_META = 100
const MAX_META_LENGTH = 2000

type Kind = DocumentBlock['kind']
interface Table {
  readonly rows: string[]
  cells: string[]
  /** It holds blocks of its own: it arranges the page, and its cells are read like any other text. */
  isLayout: boolean
}

/** Turns the events of an HTML parser into blocks. Its state is counters and flat lists, however deep the nesting. */
export class HtmlCollector {
  readonly #builder: TextBuilder
  readonly #page: number | undefined
  readonly #meta: Record<string, string> = {}
  #metaCount = 0
  #parts: string[] = []
  #titleParts: string[] | undefined
  #title: string | null = null
  #language: string | null = null
  #skipping = 0
  #pre = 0
  #quote = 0
  #heading = 0
  /** Open lists, outermost first: the number of the next item, or 0 for bullets. */
  readonly #lists: number[] = []
  #items: string[] = []
  readonly #tables: Table[] = []

  constructor(builder: TextBuilder, page: number | undefined) {
    this.#builder = builder
    this.#page = page
  }

  get facts(): HtmlFacts {
    return { title: this.#title, declaredLanguage: this.#language, meta: this.#meta }
  }

  open(name: string, attributes: Readonly<Record<string, string>>): void {
    if (SKIPPED.has(name)) this.#skipping++
    if (this.#skipping > 0) return
    const level = headingLevel(name)
    if (level > 0) {
      this.#breakTable()
      this.#flush()
      this.#heading = level
    } else if (BLOCKS.has(name)) {
      this.#flush()
    } else {
      this.#openOther(name, attributes)
    }
  }

  #openOther(name: string, attributes: Readonly<Record<string, string>>): void {
    switch (name) {
      case 'title':
        if (this.#title === null) this.#titleParts = []
        break
      case 'html':
        this.#language = attributes['lang'] ?? null
        break
      case 'meta':
        this.#readMeta(attributes)
        break
      case 'br':
        this.#parts.push('\n')
        break
      case 'img':
        if (attributes['alt'] !== undefined) this.#parts.push(` ${attributes['alt']} `)
        break
      case 'pre':
        this.#breakTable()
        this.#flush()
        this.#pre++
        break
      case 'blockquote':
        this.#flush()
        this.#quote++
        break
      case 'ul':
      case 'ol':
        this.#breakTable()
        this.#flush()
        this.#lists.push(name === 'ol' ? 1 : 0)
        break
      case 'li':
        this.#flush()
        this.#startItem()
        break
      case 'table':
        this.#breakTable()
        this.#flush()
        this.#tables.push({ rows: [], cells: [], isLayout: false })
        break
      case 'tr':
        this.#endRow()
        break
      case 'td':
      case 'th':
        this.#flush()
        break
      default:
    }
  }

  text(text: string): void {
    if (this.#titleParts !== undefined) this.#titleParts.push(text)
    else if (this.#skipping === 0) this.#parts.push(this.#pre > 0 ? text : text.replaceAll(/[\s\u00a0]+/g, ' '))
  }

  close(name: string): void {
    if (SKIPPED.has(name)) {
      this.#skipping = Math.max(0, this.#skipping - 1)
      return
    }
    if (this.#skipping > 0) return
    if (name === 'title' && this.#titleParts !== undefined) {
      this.#title = collapse(this.#titleParts.join('')) || null
      this.#titleParts = undefined
    } else if (headingLevel(name) > 0) {
      this.#flush()
      this.#heading = 0
    } else if (BLOCKS.has(name) || name === 'li') {
      this.#flush()
    } else {
      this.#closeOther(name)
    }
  }

  #closeOther(name: string): void {
    switch (name) {
      case 'pre':
        this.#flush()
        this.#pre = Math.max(0, this.#pre - 1)
        break
      case 'blockquote':
        this.#flush()
        this.#quote = Math.max(0, this.#quote - 1)
        break
      case 'ul':
      case 'ol':
        this.#flush()
        this.#lists.pop()
        if (this.#lists.length === 0) this.#endList()
        break
      case 'td':
      case 'th':
        this.#endCell()
        break
      case 'tr':
        this.#endRow()
        break
      case 'table':
        this.#endRow()
        this.#endTable(this.#tables.pop())
        break
      default:
    }
  }

  finish(): void {
    while (this.#tables.length > 0) this.close('table')
    this.#flush()
    this.#endList()
  }

  /** Ends the text gathered so far as a block, an item's line, or part of a cell. */
  #flush(): void {
    if (this.#parts.length === 0) return
    const raw = this.#parts.join('')
    this.#parts = []
    const table = this.#tables.at(-1)
    const isCell = table !== undefined && !table.isLayout
    if (this.#pre > 0 && !isCell) {
      if (this.#lists.length === 0) this.#add('code', raw)
      else this.#items.push('\n', raw.trimEnd())
      return
    }
    const text = tidy(raw)
    if (text === '') return
    if (isCell) this.#parts.push(text.replaceAll('\n', ' '), ' ')
    else if (this.#heading > 0) this.#add('heading', text.replaceAll('\n', ' '))
    else if (this.#lists.length > 0) this.#continueItem(text)
    else this.#add(this.#quote > 0 ? 'quote' : 'paragraph', text)
  }

  #add(kind: Kind, text: string): void {
    this.#builder.add(kind, text, { page: this.#page, level: kind === 'heading' ? this.#heading : undefined })
  }

  #startItem(): void {
    const depth = Math.max(1, this.#lists.length)
    const number = this.#lists.at(-1) ?? 0
    if (number > 0) this.#lists[this.#lists.length - 1] = number + 1
    this.#items.push(`\n${'  '.repeat(Math.min(depth - 1, 10))}${number > 0 ? `${number}.` : '-'}`)
  }

  #continueItem(text: string): void {
    this.#items.push(this.#items.length === 0 ? '- ' : ' ', text.replaceAll('\n', ' '))
  }

  #endList(): void {
    if (this.#items.length === 0) return
    const text = this.#items.join('').replaceAll(/\n *(?:-|\d+\.)(?=\n|$)/g, '')
    this.#items = []
    this.#add('list', text)
  }

  #endCell(): void {
    this.#flush()
    const table = this.#tables.at(-1)
    if (table === undefined || table.isLayout) return
    table.cells.push(this.#parts.join('').trim())
    this.#parts = []
  }

  #endRow(): void {
    const table = this.#tables.at(-1)
    this.#flush()
    if (table === undefined || table.isLayout) return
    if (this.#parts.length > 0) this.#endCell()
    if (table.cells.some((cell) => cell !== '')) table.rows.push(table.cells.join(' | '))
    table.cells = []
  }

  #endTable(table: Table | undefined): void {
    if (table === undefined || table.isLayout || table.rows.length === 0) return
    const text = table.rows.join('\n')
    // A table inside a list is part of its item.
    if (this.#lists.length > 0) this.#continueItem(text)
    else this.#add('table', text)
  }

  /** What now begins does not fit into a cell: the table around it only arranges things. */
  #breakTable(): void {
    const table = this.#tables.at(-1)
    if (table === undefined || table.isLayout) return
    const rest = [...table.cells, this.#parts.join('').trim()].filter((cell) => cell !== '')
    this.#parts = []
    table.isLayout = true
    const rows = [...table.rows, ...rest]
    if (rows.length > 0) this.#add('paragraph', rows.join('\n'))
  }

  #readMeta(attributes: Readonly<Record<string, string>>): void {
    const name = (attributes['name'] ?? attributes['property'] ?? '').trim().toLowerCase()
    const content = attributes['content']?.trim()
    if (name === '' || LOOKS.has(name) || content === undefined || content === '') return
    if (this.#metaCount >= MAX_META) return
    this.#metaCount++
    this.#meta[name.slice(0, 100)] = content.slice(0, MAX_META_LENGTH)
  }
}

function headingLevel(name: string): number {
  return name.length === 2 && name.startsWith('h') && name >= 'h1' && name <= 'h6' ? Number(name[1]) : 0
}

/** White space as a browser shows it, with the line breaks of `<br>` kept; those of the source are spaces by now. */
function tidy(text: string): string {
  return text
    .split('\n')
    .map(collapse)
    .filter((line) => line !== '')
    .join('\n')
}

function collapse(text: string): string {
  return text.replaceAll(/[\s\u00a0]+/g, ' ').trim()
}
