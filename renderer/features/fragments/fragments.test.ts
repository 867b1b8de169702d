import { describe, expect, it } from 'vitest'
import { cpuMs } from '#shared/cpu-ms.fixture.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { fragment } from './fragment.fixture.ts'
import { nextSort, sortFragments } from './sorting.ts'
import { formatVersionsOf, toTotals } from './totals.ts'

const ids = (fragments: readonly FragmentEntry[]) => fragments.map((one) => one.id)

describe('toTotals', () => {
  it('adds up rows, files and bytes', () => {
    const deletionFile = { path: '_deletions/1.arrow', type: 'arrow', deletedRows: 40 } as const
    expect(toTotals([fragment(0), fragment(1, { deletedRows: 40, liveRows: 60, deletionFile })])).toEqual({
      fragments: 2,
      physicalRows: 200,
      liveRows: 160,
      deletedRows: 40,
      files: 2,
      deletionFiles: 1,
      bytes: 2000,
      formatVersions: ['2.1'],
    })
  })

  it('does not guess bytes that one manifest leaves out', () => {
    expect(toTotals([fragment(0), fragment(1, { bytes: null })]).bytes).toBeNull()
    expect(toTotals([]).bytes).toBe(0)
  })

  it('lists format versions by number', () => {
    const file = (formatVersion: string) => ({ path: '', bytes: 1, formatVersion, columns: [] })
    const mixed = fragment(0, { files: [file('2.10'), file('2.2'), file('2.2')] })
    expect(toTotals([mixed]).formatVersions).toEqual(['2.2', '2.10'])
    expect(formatVersionsOf(mixed)).toEqual(['2.10', '2.2'])
  })
})

describe('sortFragments', () => {
  const list = [
    fragment(0, { bytes: 5 }),
    fragment(1, { bytes: null }),
    fragment(2, { bytes: 50, deletedRows: 10, liveRows: 90 }),
    fragment(3, { bytes: 5, physicalRows: 10, deletedRows: 9, liveRows: 1 }),
  ]
  it('keeps equals in id order and the unknown last', () => {
    expect(ids(sortFragments(list, { column: 'bytes', descending: true }))).toEqual([2, 0, 3, 1])
    expect(ids(sortFragments(list, { column: 'bytes', descending: false }))).toEqual([0, 3, 2, 1])
  })

  it('compares deletions by share', () => {
    expect(ids(sortFragments(list, { column: 'deleted', descending: true }))).toEqual([3, 2, 0, 1])
    expect(ids(sortFragments(list, { column: 'live', descending: false }))).toEqual([3, 2, 0, 1])
  })

  it('turns round on the second click', () => {
    const first = nextSort({ column: 'id', descending: false }, 'bytes')
    expect(first).toEqual({ column: 'bytes', descending: true })
    expect(nextSort(first, 'bytes').descending).toBe(false)
    expect(nextSort(first, 'id')).toEqual({ column: 'id', descending: false })
  })

  it('sorts 100,000 fragments quickly', () => {
    const many = Array.from({ length: 100_000 }, (_, id) => fragment(id, { liveRows: (id * 7919) % 1000 }))
    expect(cpuMs(() => sortFragments(many, { column: 'live', descending: true }))).toBeLessThan(1500)
  })
})
