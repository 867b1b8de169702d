import type { Api } from '#renderer/bridge/host.ts'
import { type PageValue, toCell } from '#renderer/features/data/index.ts'
import { type Cell, type ChangeMark, type GridSource, PageCache, type PlainCell } from '#renderer/grid/index.ts'
import { AppError } from '#shared/errors.ts'
import type { RowChangeKind } from '#shared/model/compare.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { type ChangePage, type SideSchemas, toChangePage } from './change-page.ts'

const ROWS_PER_PAGE = 100

export interface ChangeSourceOptions {
  readonly api: Api
  readonly comparison: string
  readonly kind: RowChangeKind
  /** Only changed rows in which this column changed; null = all of the kind. */
  readonly changedColumn: string | null
  readonly rowCount: number
  readonly schemas: SideSchemas
  /** The engine no longer has the result. */
  onExpired(): void
}

/** The rows of one kind of change for the grid. Changed cells show both values. */
export class ChangeSource implements GridSource {
  private readonly options: ChangeSourceOptions
  private readonly cache: PageCache<ChangePage>
  private readonly fields: {
    readonly from: ReadonlyMap<string, SchemaField>
    readonly to: ReadonlyMap<string, SchemaField>
  }

  constructor(options: ChangeSourceOptions) {
    this.options = options
    const { from, to } = options.schemas
    this.fields = { from: byName(from), to: byName(to) }
    this.cache = new PageCache<ChangePage>({
      rowCount: options.rowCount,
      rowsPerPage: ROWS_PER_PAGE,
      load: (pageIndex, columns, signal) => this.fetch(pageIndex * ROWS_PER_PAGE, ROWS_PER_PAGE, columns, signal),
      toCell: (page, row, column) => this.toCell(page, row, column),
      byteLength: (page) => page.byteLength,
    })
  }

  get rowCount(): number {
    return this.cache.rowCount
  }

  cell(row: number, columnId: string): Cell {
    return this.cache.cell(row, columnId)
  }

  rowMark(): ChangeMark {
    return this.options.kind
  }

  show(rowStart: number, rowEnd: number, columnIds: readonly string[]): void {
    this.cache.show(rowStart, rowEnd, columnIds)
  }

  retry(row: number): void {
    this.cache.retry(row)
  }

  subscribe(listener: () => void): () => void {
    return this.cache.subscribe(listener)
  }

  close(): void {
    this.cache.close()
  }

  /** Rows [offset, offset + limit), apart from the cache; without `columns` all that were compared. */
  async fetch(
    offset: number,
    limit: number,
    columns: readonly string[] | undefined,
    signal: AbortSignal,
  ): Promise<ChangePage> {
    const { api, comparison, kind, changedColumn, schemas } = this.options
    try {
      const answer = await api.call(
        'versions.comparePage',
        {
          comparison,
          kind,
          offset,
          limit,
          ...(columns === undefined ? {} : { columns: [...columns] }),
          ...(changedColumn === null ? {} : { changedColumn }),
        },
        { signal },
      )
      return toChangePage(answer, schemas)
    } catch (error) {
      if (error instanceof AppError && error.code === 'comparison-expired') this.options.onExpired()
      throw error
    }
  }

  private toCell(page: ChangePage, row: number, column: string): Cell {
    const isGone = this.options.kind === 'removed'
    const now = plainCell(page.value(row, column), (isGone ? this.fields.from : this.fields.to).get(column))
    const was = page.before(row, column)
    if (was === null) return now
    return { kind: 'change', before: plainCell(was, this.fields.from.get(column)), after: now }
  }
}

function plainCell({ value, fullLength }: PageValue, field: SchemaField | undefined): PlainCell {
  // Of lists of one size it is their content that was cut, and the length counts bytes.
  const isSized = field?.logicalType.startsWith('fixed_size_list') ?? false
  return toCell(value, isSized && value.kind === 'list' ? null : fullLength)
}

function byName(schema: readonly SchemaField[]): ReadonlyMap<string, SchemaField> {
  return new Map(schema.map((field) => [field.name, field]))
}
