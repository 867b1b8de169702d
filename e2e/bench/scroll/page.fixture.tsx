import { HighTable } from 'hightable'
import 'hightable/src/HighTable.css'
import '../../../renderer/ui/tokens.css'
import './page.css'
import { createRef, useState } from 'react'
import { createRoot } from 'react-dom/client'
import { DataGrid, type GridHandle, type SortState } from '#renderer/grid/index.ts'
import { toDataFrame } from './high-table-data.fixture.ts'
import { SyntheticTable, syntheticColumns, toGridColumns } from './synthetic.fixture.ts'

const params = new URLSearchParams(location.search)
const rowCount = Number(params.get('rows') ?? 1_000_000)
const columnWidth = params.has('width') ? Number(params.get('width')) : undefined
const table = new SyntheticTable(rowCount, syntheticColumns(Number(params.get('columns') ?? 50)))
const handle = createRef<GridHandle>()
document.documentElement.dataset['theme'] = params.get('theme') ?? 'dark'

/** What the benchmark reads; the only thing it knows of the page. */
Object.assign(window, {
  bench: {
    firstRow: () => {
      if (handle.current !== null) return handle.current.visibleRows().rowStart
      const scroller = document.querySelector('[role="table"], [role="grid"], table')?.parentElement
      const top = (scroller?.getBoundingClientRect().top ?? 0) + 40
      const rows = [...document.querySelectorAll('tbody [role="row"], tbody tr')]
      const first = rows.find((row) => row.getBoundingClientRect().bottom > top)
      return Number(first?.getAttribute('aria-rowindex') ?? 0) - 2
    },
  },
})

function OurGrid() {
  const [source] = useState(() => table.gridSource())
  const [columns] = useState(() => toGridColumns(table.columns, columnWidth))
  const [sort, setSort] = useState<readonly SortState[]>([])
  return (
    <DataGrid
      ref={handle}
      label="Synthetic rows"
      columns={columns}
      source={source}
      sort={sort}
      onSort={(columnId) =>
        setSort(([before]) => [{ columnId, descending: before?.columnId === columnId && !before.descending }])
      }
      onHeaderMenu={() => undefined}
      corner={rowCount.toLocaleString('en-US')}
    />
  )
}

function TheirGrid() {
  const [data] = useState(() => toDataFrame(table))
  const [configuration] = useState(() =>
    Object.fromEntries(table.columns.map(({ name }) => [name, { minWidth: columnWidth ?? 100 }])),
  )
  return <HighTable data={data} columnConfiguration={configuration} padding={Number(params.get('padding') ?? 20)} />
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(params.get('grid') === 'hightable' ? <TheirGrid /> : <OurGrid />)
