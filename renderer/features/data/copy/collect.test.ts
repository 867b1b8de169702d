import { describe, expect, it, vi } from 'vitest'
import type { Api } from '#renderer/bridge/host.ts'
import type { LoadedPage } from '../rows/loaded-page.ts'
import type { RowsSource } from '../rows/rows-source.ts'
import { collectCells } from './collect.ts'
import { planCopy } from './plan.ts'

const PLAN = planCopy(
  { active: { row: 0, column: 0 }, ranges: [{ from: { row: 0, column: 0 }, to: { row: 599, column: 0 } }] },
  ['a'],
)

function sourceOf(fullLength: number | null): {
  readonly source: RowsSource
  readonly fetchRows: ReturnType<typeof vi.fn>
} {
  const fetchRows = vi.fn(async (offset: number, limit: number): Promise<LoadedPage> => ({
    byteLength: 0,
    rowCount: limit,
    failures: new Map(),
    value: (row) => ({ value: { kind: 'integer', value: offset + row }, fullLength: row === 0 ? fullLength : null }),
    rowId: (row) => String(offset + row),
  }))
  return { source: { query: { dataset: 'd', at: { version: 1 } }, fetchRows } as unknown as RowsSource, fetchRows }
}

function collect(source: RowsSource, api: Partial<Api> = {}, signal = new AbortController().signal) {
  if (!PLAN.ok) throw new Error('refused')
  return collectCells({ source, plan: PLAN.plan, api: api as Api, schema: [], signal, onProgress: () => undefined })
}

describe('collectCells', () => {
  it('reads runs in pages and keeps their order', async () => {
    const { source, fetchRows } = sourceOf(null)
    const { table } = await collect(source)
    expect(fetchRows.mock.calls.map(([offset, limit]) => [offset, limit])).toEqual([
      [0, 500],
      [500, 100],
    ])
    expect(table.rows).toHaveLength(600)
    expect(table.rows[599]).toEqual([{ kind: 'integer', value: 599 }])
  })
  it('fetches what the page had cut, and names what is too big', async () => {
    const { source } = sourceOf(5_000_000)
    const call = vi.fn(async () => ({ kind: 'bytes', id: 'x', size: 5_000_000, mediaType: 'image/png' }))
    const { table, leftOut } = await collect(source, { call } as unknown as Partial<Api>)
    expect(call).toHaveBeenCalledTimes(2)
    expect(leftOut).toBe(2)
    expect(table.rows[0]).toEqual([{ kind: 'string', value: '<5 MB image/png>' }])
    expect(table.rows[1]).toEqual([{ kind: 'integer', value: 1 }])
  })
  it('stops when cancelled', async () => {
    const { source } = sourceOf(null)
    await expect(collect(source, {}, AbortSignal.abort())).rejects.toThrow()
  })
})
