import { describe, expect, it } from 'vitest'
import { bytesOfBatch, createBatchHasher, type HashPlan } from '../lance/index.ts'
import { arrow, tableOf } from '../lance/tables.fixture.ts'
import { Aligner, PAIRED, type AlignedRows } from './align.ts'
import { randomFrom } from './random-history.fixture.ts'

const PLAN: HashPlan = { columns: 2, key: [0], blobs: [] }

type Row = readonly [id: number, value: number]

interface Batch extends AlignedRows {
  readonly ids: readonly number[]
}

function batchOf(rows: readonly Row[]): Batch {
  const file = arrow.tableToIPC(
    tableOf({
      id: arrow.makeVector(Int32Array.from(rows, ([id]) => id)),
      value: arrow.makeVector(Int32Array.from(rows, ([, value]) => value)),
      _rowid: arrow.makeVector(BigUint64Array.from(rows, (_, row) => BigInt(row))),
    }),
    'file',
  )
  const bytes = bytesOfBatch(createBatchHasher(PLAN).decode(file), PLAN)
  return {
    rows: rows.length,
    marks: new Uint8Array(rows.length),
    next: 0,
    bytes: () => bytes,
    keyBytes: () => bytes.slice(0, 1),
    ids: rows.map(([id]) => id),
  }
}

function cut(rows: readonly Row[], size: number): Batch[] {
  return Array.from({ length: Math.ceil(rows.length / size) }, (_, at) =>
    batchOf(rows.slice(at * size, (at + 1) * size)),
  )
}

/** Aligns two lists of rows, each in batches of its own size, and returns the ids left open on each side. */
function leftOpen(from: readonly Row[], to: readonly Row[], sizes: readonly [number, number], hasKey = true) {
  const aligner = new Aligner(hasKey)
  const [a, b] = [cut(from, sizes[0]), cut(to, sizes[1])]
  for (let [i, j] = [0, 0]; i < a.length && j < b.length;) {
    const [one, other] = [a[i]!, b[j]!]
    aligner.align(one, other)
    if (one.next < one.rows && other.next < other.rows) throw new Error('stopped between')
    if (one.next === one.rows) i++
    if (other.next === other.rows) j++
  }
  const open = (batches: readonly Batch[]): number[] =>
    batches.flatMap(({ ids, marks }) => ids.filter((_, row) => marks[row] !== PAIRED))
  const paired = (batches: readonly Batch[]): number =>
    batches.reduce((sum, { marks }) => sum + marks.filter((mark) => mark === PAIRED).length, 0)
  expect(paired(a)).toBe(paired(b))
  return { from: open(a), to: open(b) }
}

const range = (count: number, start = 0): Row[] => Array.from({ length: count }, (_, at) => [start + at, (start + at) % 7])

describe('aligning rows', () => {
  it.each([
    [1000, 1000],
    [300, 1000],
    [1000, 7],
    [64, 65],
  ])('pairs all of equal lists, in batches of %i and %i', (...sizes) => {
    expect(leftOpen(range(1000), range(1000), sizes)).toEqual({ from: [], to: [] })
  })

  it.each([
    [1000, 1000],
    [130, 170],
  ])('leaves rows open that moved to the end, in batches of %i and %i', (...sizes) => {
    const moved = range(1000).filter(([id]) => id % 100 === 7)
    const to = [...range(1000).filter(([id]) => id % 100 !== 7), ...moved]
    const ids = moved.map(([id]) => id)
    expect(leftOpen(range(1000), to, sizes)).toEqual({ from: ids, to: ids })
  })

  it('resynchronises after rows that only one side has, on both sides and across batches', () => {
    const extra = range(40, 5000)
    const from = [...range(300), ...extra, ...range(300, 300)]
    const to = [...range(150), ...range(60, 7000), ...range(450, 150)]
    const expected = { from: extra.map(([id]) => id), to: range(60, 7000).map(([id]) => id) }
    expect(leftOpen(from, to, [1000, 1000])).toEqual(expected)
    expect(leftOpen(from, to, [100, 90])).toEqual(expected)
    expect(leftOpen(from, to, [100, 1000])).toEqual(expected)
    expect(leftOpen(to, from, [1000, 1000])).toEqual({ from: expected.to, to: expected.from })
    expect(leftOpen(from, to, [1000, 1000], false)).toEqual(expected)
  })

  it('passes rows of one key with other values, one or many side by side', () => {
    const changed = new Set([0, 10, 11, 12, 13, 400, 999])
    const to = range(1000).map(([id, value]): Row => [id, changed.has(id) ? 99 : value])
    for (const hasKey of [true, false]) {
      expect(leftOpen(range(1000), to, [300, 410], hasKey)).toEqual({ from: [...changed], to: [...changed] })
    }
  })

  it('never pairs more rows of a key than both sides have', () => {
    const from: Row[] = [...range(50), [49, 0], [49, 0], ...range(50, 50)]
    const to: Row[] = [...range(50), [49, 0], ...range(50, 50)]
    const { from: left, to: right } = leftOpen(from, to, [1000, 1000])
    expect(left.length - right.length).toBe(1)
    expect(left.every((id) => id === 49)).toBe(true)
  })

  it('pairs equal rows only, whatever the two lists are', () => {
    const random = randomFrom(11)
    for (let round = 0; round < 200; round++) {
      const make = (): Row[] => Array.from({ length: random(60) }, () => [random(8), random(3)])
      const [from, to] = [make(), make()]
      const text = (rows: readonly Row[]): string[] => rows.map(String).sort()
      const aligner = new Aligner(round % 2 === 0)
      const [a, b] = [batchOf(from), batchOf(to)]
      aligner.align(a, b)
      const pairs = (rows: readonly Row[], { marks }: Batch): Row[] => rows.filter((_, row) => marks[row] === PAIRED)
      expect(text(pairs(from, a))).toEqual(text(pairs(to, b)))
    }
  })

  it('stops trying where the orders have nothing in common, and tries again later', () => {
    const rows = 300_000
    const aligner = new Aligner(true)
    let looked = 0
    const count = (batch: Batch): Batch => ({
      ...batch,
      keyBytes: () => {
        looked++
        return batch.keyBytes()
      },
    })
    for (let start = 0; start < rows; start += 10_000) {
      aligner.align(count(batchOf(range(10_000, start))), count(batchOf(range(10_000, 9_000_000 - start))))
    }
    expect(looked).toBeLessThan(2 * 300_000)
    const until = Array.from({ length: 100 }, () => [batchOf(range(10)), batchOf(range(10))] as const)
    for (const [a, b] of until) aligner.align(a, b)
    expect(until[0]![0].marks.includes(PAIRED)).toBe(false)
    expect(until.at(-1)![0].marks.every((mark) => mark === PAIRED)).toBe(true)
  })
})
