import { afterEach, describe, expect, it, vi } from 'vitest'
import { fakeHost, fail } from '#renderer/features/workspace/host.fixture.ts'
import type { CompareItem, RowTotals } from '#shared/model/compare.ts'
import { dropRun, expireRun, getRowRun, repeatRun, startRun } from './run-store.ts'

const SIDES = { from: { dataset: 'a', at: { version: 1 } }, to: { dataset: 'a', at: { version: 2 } } }
const TOTALS = { added: 1, removed: 0, changed: 0 } as RowTotals
const DONE: readonly CompareItem[] = [
  { kind: 'progress', phase: 'reading', rowsRead: 5, rowsToRead: 10, elapsedMs: 3 },
  { kind: 'rows', comparison: 'c1', totals: TOTALS },
]

afterEach(() => dropRun('a'))

describe('a comparison of rows', () => {
  it('asks with the key and keeps what came of it', async () => {
    const inputs: unknown[] = []
    const { host } = fakeHost({
      'versions.compare': (input) => {
        inputs.push(input)
        return DONE
      },
    })
    await startRun(host.api, 'a', SIDES, { key: ['id'] })
    expect(inputs).toEqual([
      { from: { dataset: 'a', ref: { version: 1 } }, to: { dataset: 'a', ref: { version: 2 } }, rows: { key: ['id'] } },
    ])
    expect(getRowRun('a', SIDES)).toEqual({ kind: 'done', comparison: 'c1', totals: TOTALS })
  })
  it('belongs to its two states', async () => {
    const { host } = fakeHost({ 'versions.compare': () => DONE })
    await startRun(host.api, 'a', SIDES, {})
    expect(getRowRun('a', { from: SIDES.to, to: SIDES.from })).toBeUndefined()
  })
  it('is forgotten when cancelled', async () => {
    const { host } = fakeHost({})
    void startRun(host.api, 'a', SIDES, {})
    expect(getRowRun('a', SIDES)).toMatchObject({ kind: 'running', rowsToRead: null })
    dropRun('a')
    await Promise.resolve()
    expect(getRowRun('a', SIDES)).toBeUndefined()
  })
  it('tells why it failed', async () => {
    const { host } = fakeHost({ 'versions.compare': () => fail({ code: 'disk-full', message: 'No room.' }) })
    await startRun(host.api, 'a', SIDES, {})
    expect(getRowRun('a', SIDES)).toMatchObject({ kind: 'failed', error: { code: 'disk-full' } })
  })
  it('can be repeated as it was once its result expired', async () => {
    const keys: unknown[] = []
    const { host } = fakeHost({
      'versions.compare': (input: { readonly rows: { readonly key?: readonly string[] } }) => {
        keys.push(input.rows.key)
        return DONE
      },
    })
    await startRun(host.api, 'a', SIDES, { key: ['id'] })
    expireRun('a', 'another')
    expect(getRowRun('a', SIDES)?.kind).toBe('done')
    expireRun('a', 'c1')
    expect(getRowRun('a', SIDES)).toEqual({ kind: 'expired' })
    repeatRun(host.api, 'a', SIDES)
    await vi.waitFor(() => expect(getRowRun('a', SIDES)?.kind).toBe('done'))
    expect(keys).toEqual([['id'], ['id']])
  })
})
