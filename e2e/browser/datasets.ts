import { createRequire } from 'node:module'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'

// lancedb loads apache-arrow's CommonJS copy; tables made with another copy arrive empty.
const require = createRequire(import.meta.url)
const lancedb = require('@lancedb/lancedb') as typeof import('@lancedb/lancedb')
const arrow = require('apache-arrow') as typeof import('apache-arrow')

export { arrow, lancedb }

/** A folder of its own for one journey. */
export function makeFolder(): string {
  return fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'tiltyard-journey-')))
}

/** Rows n = start…start+count-1: `id` int64, `label` one of five, `amount` float64, `note` null on every tenth. */
export function makeRows(start: number, count: number) {
  const rows = Array.from({ length: count }, (_, i) => start + i)
  return new arrow.Table({
    id: arrow.vectorFromArray(rows.map(BigInt), new arrow.Int64()),
    label: arrow.vectorFromArray(
      rows.map((n) => ['red', 'green', 'blue', 'white', 'black'][n % 5]!),
      new arrow.Utf8(),
    ),
    amount: arrow.vectorFromArray(
      rows.map((n) => n / 4),
      new arrow.Float64(),
    ),
    note: arrow.vectorFromArray(
      rows.map((n) => (n % 10 === 0 ? null : `note ${n}`)),
      new arrow.Utf8(),
    ),
  })
}

/** Makes `<folder>/<name>.lance` with `rows` rows in `fragments` fragments; returns its location. */
export async function makeDataset(folder: string, name: string, rows = 1000, fragments = 2): Promise<string> {
  const db = await lancedb.connect(folder)
  const size = Math.ceil(rows / fragments)
  const table = await db.createTable(name, makeRows(0, size))
  for (let start = size; start < rows; start += size) await table.add(makeRows(start, Math.min(size, rows - start)))
  return path.join(folder, `${name}.lance`)
}

/** Opens a dataset for writing, as another process would. */
export async function openForWriting(location: string): Promise<import('@lancedb/lancedb').Table> {
  const db = await lancedb.connect(path.dirname(location))
  return db.openTable(path.basename(location, '.lance'))
}

/** The newest manifest's file: version 2 names sort newest first. */
export function newestManifest(location: string): string {
  const folder = path.join(location, '_versions')
  const [first] = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.manifest'))
    .sort()
  return path.join(folder, first!)
}

/** Every file below a folder with size and time of change: two equal snapshots mean nothing was written. */
export function snapshot(folder: string): string {
  return fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry) => {
      const file = path.join(entry.parentPath, entry.name)
      const { size, mtimeMs } = fs.lstatSync(file)
      return `${file} ${size} ${mtimeMs}`
    })
    .sort()
    .join('\n')
}

/** Sets a feature flag for readers in the newest manifest, as a Lance of the future would. */
export function setReaderFlag(location: string, bit: number): void {
  const file = newestManifest(location)
  const bytes = fs.readFileSync(file)
  // The last 16 bytes say where the message begins, which is led by its length; field 9 is the readers' flags, and the
  // last value of a field counts.
  const start = Number(bytes.readBigUInt64LE(bytes.length - 16))
  const length = bytes.readUInt32LE(start)
  const message = bytes.subarray(start + 4, start + 4 + length)
  const flag: number[] = [9 << 3]
  let rest = 1n << BigInt(bit)
  for (; rest > 127n; rest >>= 7n) flag.push(Number(rest & 127n) | 128)
  flag.push(Number(rest))
  const head = Buffer.from(bytes.subarray(0, start + 4))
  head.writeUInt32LE(length + flag.length, start)
  fs.writeFileSync(file, Buffer.concat([head, message, Buffer.from(flag), bytes.subarray(bytes.length - 16)]))
}

/** Removes the first data file (by time) of a dataset; returns its name. */
export function loseDataFile(location: string): string {
  const folder = path.join(location, 'data')
  const files = fs.readdirSync(folder).map((name) => ({ name, time: fs.statSync(path.join(folder, name)).mtimeMs }))
  const [first] = files.toSorted((a, b) => a.time - b.time)
  fs.rmSync(path.join(folder, first!.name))
  return first!.name
}
