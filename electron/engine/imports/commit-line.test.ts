import { expect, it } from 'vitest'
import type { BatchWriter, Gathered, ReadyCommit } from './batch-writer.ts'
import { CommitLine } from './commit-line.ts'
import { progressAt, type Progress } from './journal.ts'

const start = progressAt(1)
const gathered = (rows: number): Gathered => ({
  batches: [],
  whole: Array.from({ length: rows }, String),
  reading: start,
})

/** A writer whose commits end when they are told to. */
class Writer implements Pick<BatchWriter, 'prepare' | 'commit'> {
  readonly begun: number[] = []
  readonly #ends: { resolve(): void; reject(error: Error): void }[] = []

  prepare({ whole, reading }: Gathered): ReadyCommit {
    return { rows: whole.length, file: undefined, proof: undefined, whole, reading, keyless: 0, replaced: 0 }
  }

  async commit({ rows }: ReadyCommit, done: Progress): Promise<Progress> {
    this.begun.push(rows)
    await new Promise<void>((resolve, reject) => this.#ends.push({ resolve, reject }))
    return { ...done, commits: done.commits + 1, rowsWritten: done.rowsWritten + rows }
  }

  end(error?: Error): void {
    const next = this.#ends.shift()
    if (error === undefined) next?.resolve()
    else next?.reject(error)
  }
}

const lineOf = (writer: Writer): CommitLine => new CommitLine(writer as unknown as BatchWriter, start)

it('commits one at a time, in order, each on what the one before did', async () => {
  const writer = new Writer()
  const line = lineOf(writer)
  await line.push(gathered(3))
  expect([line.isIdle, line.rowsUnderWay, line.done.commits]).toEqual([false, 3, 0])
  const second = line.push(gathered(4))
  await new Promise(setImmediate)
  expect(writer.begun).toEqual([3])
  writer.end()
  await second
  expect([writer.begun, line.done.rowsWritten, line.rowsUnderWay, line.commits]).toEqual([[3, 4], 3, 4, 2])
  writer.end()
  await line.settle()
  expect([line.isIdle, line.done.rowsWritten, line.done.commits]).toEqual([true, 7, 2])
})

it('commits nothing behind a failure, and throws it at the next turn', async () => {
  const writer = new Writer()
  const line = lineOf(writer)
  await line.push(gathered(3))
  writer.end(new Error('no space left'))
  await line.settle()
  expect(line.isIdle).toBe(true)
  expect(() => line.check()).toThrow('no space left')
  await expect(line.push(gathered(4))).rejects.toThrow('no space left')
  expect([writer.begun, line.done]).toEqual([[3], start])
})
