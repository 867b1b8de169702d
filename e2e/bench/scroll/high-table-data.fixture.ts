import { createEventTarget, type DataFrame, type DataFrameEvents } from 'hightable'
import { ROWS_PER_PAGE, type SyntheticPage, type SyntheticTable } from './synthetic.fixture.ts'

/** Pages kept, about as many bytes as our own cache keeps. */
const MAX_PAGES = 64

/** The same pages in the shape the hightable package asks for. */
export function toDataFrame(table: SyntheticTable): DataFrame {
  const pages = new Map<number, SyntheticPage>()
  const texts = new Map<string, string>()
  const eventTarget = createEventTarget<DataFrameEvents>()
  return {
    numRows: table.rowCount,
    columnDescriptors: table.columns.map(({ name }) => ({ name, sortable: false })),
    eventTarget,
    getRowNumber: ({ row }) => ({ value: row }),
    getCell: ({ row, column }) => {
      const pageIndex = Math.floor(row / ROWS_PER_PAGE)
      const page = pages.get(pageIndex)
      if (page === undefined) return undefined
      const key = `${row} ${column}`
      const known = texts.get(key)
      if (known !== undefined) return { value: known }
      const cell = table.cell(page, row - pageIndex * ROWS_PER_PAGE, column)
      const text = 'text' in cell ? cell.text : 'NULL'
      if (texts.size > MAX_PAGES * ROWS_PER_PAGE * table.columns.length) texts.clear()
      texts.set(key, text)
      return { value: text }
    },
    fetch: async ({ rowStart, rowEnd, signal }) => {
      const missing: number[] = []
      for (let page = Math.floor(rowStart / ROWS_PER_PAGE); page * ROWS_PER_PAGE < rowEnd; page++) {
        if (!pages.has(page)) missing.push(page)
      }
      for (const page of await Promise.all(missing.map((index) => table.load(index, signal)))) {
        pages.set(page.pageIndex, page)
        const oldest = pages.keys().next().value
        if (pages.size > MAX_PAGES && oldest !== undefined) pages.delete(oldest)
      }
      if (missing.length > 0) eventTarget.dispatchEvent(new CustomEvent('resolve'))
    },
  }
}
