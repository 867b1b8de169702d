import {
  bool,
  fixedSizeList,
  float32,
  float64,
  int32,
  int64,
  list,
  struct,
  field,
  tableFromArrays,
  tableToIPC,
  timestamp,
  utf8,
  type DataType,
} from '@uwdata/flechette'
import { PageCache, type Cell, type GridColumn } from '#renderer/grid/index.ts'
import { decodePage, exactValue, formatCell, type ArrowPage } from '#shared/model/arrow/index.ts'

/** Rows of a page, as the data view asks for them. */
export const ROWS_PER_PAGE = 100
/** What a local engine needs for a page. */
const LATENCY_MS = 5
/** Different page contents; a page's place in the table picks one. */
const TEMPLATES = 8

const KINDS = ['id', 'text', 'float', 'flag', 'time', 'label', 'score', 'vector', 'count', 'struct'] as const
type Kind = (typeof KINDS)[number]

const TYPES: Readonly<Record<Kind, DataType>> = {
  id: int64(),
  text: utf8(),
  float: float64(),
  flag: bool(),
  time: timestamp(2, 'UTC'),
  label: utf8(),
  score: float32(),
  vector: fixedSizeList(float32(), 32),
  count: int32(),
  struct: struct([field('w', int32()), field('tags', list(utf8()))]),
}

const WORDS =
  'a red bicycle leaning against brick wall snow covered pine trees close-up of circuit board with blue LEDs old man reading newspaper in cafe'.split(
    ' ',
  )

export interface SyntheticPage {
  readonly pageIndex: number
  readonly arrow: ArrowPage
  readonly byteLength: number
}

interface SyntheticColumn {
  readonly name: string
  readonly kind: Kind
}

/** Columns of mixed types, `id_0` first. */
export function syntheticColumns(count: number): readonly SyntheticColumn[] {
  return Array.from({ length: count }, (_, index) => {
    const kind = KINDS[index % KINDS.length] ?? 'id'
    return { name: `${kind}_${index}`, kind }
  })
}

export function toGridColumns(columns: readonly SyntheticColumn[], width: number | undefined): readonly GridColumn[] {
  return columns.map(({ name, kind }) => ({
    id: name,
    title: name,
    subtitle: SUBTITLES[kind],
    align: kind === 'id' || kind === 'float' || kind === 'score' || kind === 'count' ? 'end' : 'start',
    defaultWidth: width ?? WIDTHS[kind],
    sortable: true,
  }))
}

const SUBTITLES: Readonly<Record<Kind, string>> = {
  id: 'int64',
  text: 'utf8',
  float: 'double',
  flag: 'bool',
  time: 'timestamp[us, UTC]',
  label: 'utf8',
  score: 'float',
  vector: 'fixed_size_list<float>[32]',
  count: 'int32',
  struct: 'struct{2}',
}
const WIDTHS: Readonly<Record<Kind, number>> = {
  id: 110,
  text: 262,
  float: 96,
  flag: 64,
  time: 190,
  label: 104,
  score: 82,
  vector: 232,
  count: 76,
  struct: 190,
}

/** Pages as Arrow IPC files, made once; each fetch decodes one for real. */
export class SyntheticTable {
  readonly rowCount: number
  readonly columns: readonly SyntheticColumn[]
  private readonly templates: readonly Uint8Array[]

  constructor(rowCount: number, columns: readonly SyntheticColumn[]) {
    this.rowCount = rowCount
    this.columns = columns
    this.templates = Array.from({ length: TEMPLATES }, (_, seed) => makeTemplate(columns, seed + 1))
  }

  async load(pageIndex: number, signal?: AbortSignal): Promise<SyntheticPage> {
    await new Promise((resolve) => setTimeout(resolve, LATENCY_MS))
    signal?.throwIfAborted()
    const bytes = this.templates[pageIndex % TEMPLATES] ?? new Uint8Array()
    return { pageIndex, arrow: decodePage([bytes]), byteLength: bytes.byteLength }
  }

  /** The first column counts rows, so that a look at the screen tells where it is. */
  cell(page: SyntheticPage, row: number, name: string): Cell {
    if (name === this.columns[0]?.name) {
      return { kind: 'text', text: String(page.pageIndex * ROWS_PER_PAGE + row), tone: 'number' }
    }
    const column = page.arrow.column(name)
    if (column === undefined) return { kind: 'error', message: 'no such column' }
    const value = exactValue(column, row)
    if (value.kind === 'null') return { kind: 'null' }
    const cell = formatCell(value, 120)
    if (value.kind === 'vector') return { kind: 'vector', values: value.values, text: cell.text }
    return value.kind === 'struct' ? { kind: 'text', text: cell.text, tone: 'nested' } : { kind: 'text', ...cell }
  }

  gridSource(): PageCache<SyntheticPage> {
    return new PageCache<SyntheticPage>({
      rowCount: this.rowCount,
      rowsPerPage: ROWS_PER_PAGE,
      maxBytes: 8 * 1024 * 1024,
      load: (pageIndex, _columns, signal) => this.load(pageIndex, signal),
      toCell: (page, row, columnId) => this.cell(page, row, columnId),
      byteLength: (page) => page.byteLength,
    })
  }
}

function makeTemplate(columns: readonly SyntheticColumn[], seed: number): Uint8Array {
  const random = makeRandom(seed)
  const values = Object.fromEntries(columns.map(({ name, kind }) => [name, makeValues(kind, random)]))
  const types = Object.fromEntries(columns.map(({ name, kind }) => [name, TYPES[kind]]))
  const bytes = tableToIPC(tableFromArrays(values, { types }), { format: 'file' })
  if (bytes === null) throw new Error('no bytes')
  return bytes
}

function makeValues(kind: Kind, random: () => number): unknown[] {
  return Array.from({ length: ROWS_PER_PAGE }, () =>
    random() < 0.03 && kind !== 'id' ? null : makeValue(kind, random),
  )
}

function makeValue(kind: Kind, random: () => number): unknown {
  const word = () => WORDS[Math.floor(random() * WORDS.length)] ?? ''
  switch (kind) {
    case 'id':
      return BigInt(Math.floor(random() * 1e15))
    case 'count':
      return Math.floor(random() * 1e6)
    case 'float':
    case 'score':
      return random() * 1000 - 500
    case 'flag':
      return random() > 0.5
    case 'time':
      return 1.6e12 + Math.floor(random() * 1e11)
    case 'label':
      return word()
    case 'text':
      return Array.from({ length: 3 + Math.floor(random() * 5) }, word).join(' ')
    case 'vector':
      return Array.from({ length: 32 }, () => random() * 2 - 1)
    case 'struct':
      return { w: Math.floor(random() * 1000), tags: [word(), word()] }
  }
}

function makeRandom(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 48_271) % 2_147_483_647
    return state / 2_147_483_647
  }
}
