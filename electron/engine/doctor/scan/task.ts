import { AppError, toErrorValue, type ErrorValue } from '#shared/errors.ts'
import type { Task, TaskEnv } from '../../jobs/index.ts'
import type { ManifestFragment } from '../../format/types.ts'
import { freeBatches, readIndex, readRowCount, readWhole, readWithBlobs, type NativeTable } from '../../lance/index.ts'
import { bytesPerRow } from '../../rows/index.ts'
import { indexEntries, readEntries, writeEntry, type ScanUnit } from './journal.ts'
import { bytesOf, liveRowsOf, openTarget, type OpenTarget } from './open-target.ts'
import { limitFor, type ScanPlan, type ScanTarget } from './plan.ts'

/** A batch is decoded as a whole, so it stays small where rows are large. */
const BATCH_BYTES = 16 * 1024 * 1024
const MAX_BATCH_ROWS = 8192
/** Bytes of blobs asked for at once. */
const BLOB_WINDOW_ROWS = 64
/** Readings spent on finding the rows of one fragment that can be read. */
const MAX_READINGS = 200
/** Readings without a single success after which a fragment is given up: from the whole down to its first row, and some. */
const MAX_VAIN_READINGS = 40

export interface ScanResult {
  /** False when a reading timed out: what hangs in the module would slow the others, so a new process goes on. */
  readonly finished: boolean
}

/** Thrown to end the task so that another process goes on. */
class Stuck extends Error {}

/**
 * Reads fragments and indices piece by piece, each noted before it begins. What a journal already has the end of is not
 * read again, and what has a beginning only has killed a process and counts as failed.
 */
export const scanTask: Task<ScanPlan, ScanResult> = async (plan, env) => {
  const known = indexEntries(readEntries(plan.journal))
  let done = 0
  const total = plan.targets.reduce((sum, it) => sum + it.fragments.length + it.indices.length, 0)
  const scan: Scan = {
    plan,
    env,
    async attempt(unit, limitMs, run) {
      env.signal.throwIfAborted()
      const state = known(unit)
      if (state !== undefined && state !== 'died') return state.error ?? state.rows
      writeEntry(plan.journal, { t: 'begin', unit, limitMs, atMs: Date.now() })
      try {
        const rows = await run()
        writeEntry(plan.journal, { t: 'end', unit, rows })
        return rows
      } catch (error) {
        env.signal.throwIfAborted()
        const value = toErrorValue(error)
        writeEntry(plan.journal, { t: 'end', unit, rows: 0, error: value })
        if (value.code === 'timeout') throw new Stuck()
        return value
      } finally {
        freeBatches()
      }
    },
    step: (note) => env.report({ done: done++, total, unit: 'steps', note }),
  }
  try {
    for (const [target, it] of plan.targets.entries()) await scanTarget(scan, target, it)
    return { finished: true }
  } catch (error) {
    if (error instanceof Stuck) return { finished: false }
    throw error
  }
}

interface Scan {
  readonly plan: ScanPlan
  readonly env: TaskEnv
  /** Rows read, or why it failed, now or in an earlier process. */
  attempt(unit: ScanUnit, limitMs: number, run: () => Promise<number>): Promise<number | ErrorValue>
  step(note: string): void
}

async function scanTarget(scan: Scan, target: number, wanted: ScanTarget): Promise<void> {
  const { plan, env } = scan
  const open = await openTarget(env.context, plan.location, wanted)
  try {
    await scan.attempt({ target, kind: 'open' }, plan.limitMs, async () => {
      await open.open()
      return 0
    })
    const byId = new Map(open.manifest.fragments.map((fragment) => [fragment.id, fragment]))
    for (const id of wanted.fragments) {
      const fragment = byId.get(id)
      if (fragment === undefined) continue
      scan.step(`Reading fragment ${id}`)
      if (plan.mode === 'rows') await findRows(scan, target, open, fragment)
      else await readFragment(scan, target, open, fragment)
    }
    for (const index of wanted.indices) {
      scan.step(`Reading index ${index}`)
      const limitMs = limitFor(0, plan.limitMs)
      await scan.attempt({ target, kind: 'index', index }, limitMs, async () => {
        await readIndex(await open.whole(), index, limitMs)
        return 0
      })
    }
  } finally {
    open.close()
  }
}

/** All columns at once; where that fails, each by itself. */
async function readFragment(scan: Scan, target: number, open: OpenTarget, fragment: ManifestFragment): Promise<void> {
  const { id } = fragment
  const limitMs = limitFor(bytesOf(fragment), scan.plan.limitMs)
  const all = await scan.attempt({ target, kind: 'fragment', fragment: id }, limitMs, async () =>
    readAll(
      scan,
      await open.fragment(id),
      open,
      fragment,
      open.fields.map(({ name }) => name),
      limitMs,
    ),
  )
  if (typeof all !== 'number') {
    for (const { name } of open.fields) {
      await scan.attempt({ target, kind: 'column', fragment: id, column: name }, limitMs, async () =>
        readAll(scan, await open.fragment(id), open, fragment, [name], limitMs),
      )
    }
    return
  }
  if (open.blobs.length === 0) return
  await scan.attempt({ target, kind: 'blobs', fragment: id }, limitMs, async () =>
    readBlobs(scan, await open.fragment(id), open.blobs, { from: 0, count: liveRowsOf(fragment) }, limitMs),
  )
}

async function readAll(
  { env }: Scan,
  table: NativeTable,
  { fields, manifest }: OpenTarget,
  fragment: ManifestFragment,
  names: readonly string[],
  timeoutMs: number,
): Promise<number> {
  const isWhole = names.length === manifest.schema.length && names.length === fields.length
  const live = liveRowsOf(fragment)
  let rows = 0
  const limits = { timeoutMs, batchRows: batchRowsOf(manifest), signal: env.signal }
  const select = isWhole ? 'all' : names.map((name) => ({ name }))
  // One row more than there should be, to notice it.
  for await (const file of table.page(select, { offset: 0, limit: Math.min(live + 1, 0xffff_ffff) }, limits)) {
    rows += readRowCount(file)
  }
  if (rows !== live) throw wrongCount(fragment.id, rows, live)
  return rows
}

function wrongCount(fragment: number, rows: number, wanted: number): AppError {
  return new AppError({
    code: 'corrupt-data',
    message: `Fragment ${fragment} gave ${rows} rows, and the version says ${wanted}.`,
  })
}

async function readBlobs(
  { env }: Scan,
  table: NativeTable,
  blobs: readonly string[],
  { from, count }: { readonly from: number; readonly count: number },
  timeoutMs: number,
): Promise<number> {
  let rows = 0
  while (rows < count) {
    env.signal.throwIfAborted()
    const window = { offset: from + rows, limit: Math.min(BLOB_WINDOW_ROWS, count - rows) }
    const before = rows
    for await (const file of readWithBlobs(table, window, blobs, timeoutMs)) rows += file.rows
    if (rows === before) throw new AppError({ code: 'corrupt-data', message: 'Rows with blobs ended early.' })
  }
  return rows
}

/** Halves what fails until it is one row, or enough was tried. */
async function findRows(scan: Scan, target: number, open: OpenTarget, fragment: ManifestFragment): Promise<void> {
  let [readings, successes] = [0, 0]
  const limitMs = limitFor(bytesOf(fragment), scan.plan.limitMs)
  const search = async (from: number, count: number): Promise<void> => {
    if (count === 0 || ++readings > MAX_READINGS) return
    // Where nothing reads at the very ends either, the whole file is at fault.
    if (successes === 0 && readings > MAX_VAIN_READINGS) return
    const unit: ScanUnit = { target, kind: 'rows', fragment: fragment.id, from, count }
    const rows = await scan.attempt(unit, limitMs, async () =>
      readRows(scan, open, fragment.id, { from, count }, limitMs),
    )
    if (typeof rows === 'number') successes++
    if (typeof rows === 'number' || isHopeless(rows) || count === 1) return
    const half = Math.ceil(count / 2)
    await search(from, half)
    await search(from + half, count - half)
  }
  await search(0, liveRowsOf(fragment))
}

/** A data file that is gone takes all rows along; of large values in a file of their own only some rows are. */
function isHopeless({ code, message }: ErrorValue): boolean {
  return code === 'missing-file' && !message.includes('.blob')
}

async function readRows(
  scan: Scan,
  open: OpenTarget,
  fragment: number,
  { from, count }: { readonly from: number; readonly count: number },
  timeoutMs: number,
): Promise<number> {
  const table = await open.fragment(fragment)
  if (open.blobs.length > 0) return readBlobs(scan, table, open.blobs, { from, count }, timeoutMs)
  let rows = 0
  const batchRows = batchRowsOf(open.manifest)
  for await (const file of readWhole(table, { offset: from, limit: count }, { batchRows, timeoutMs })) {
    scan.env.signal.throwIfAborted()
    rows += file.rows
  }
  if (rows !== count) throw wrongCount(fragment, rows, count)
  return rows
}

function batchRowsOf(manifest: OpenTarget['manifest']): number {
  return Math.max(1, Math.min(MAX_BATCH_ROWS, Math.floor(BATCH_BYTES / Math.max(1, bytesPerRow(manifest)))))
}
