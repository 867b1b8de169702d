import { createHash } from 'node:crypto'
import { mkdir, open, readFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { errnoOf, fileError } from '../store/errno.ts'
import { replaceFile } from '../store/replace-file.ts'
import { withFileLock } from '../store/file-lock.ts'
import { formatLine, parseLines, type LedgerLine } from './lines.ts'

const WRITING = { doing: 'writing the ledger', patienceMs: 8000 } as const
/** A file longer than this is made shorter, down to about half of it. */
export const MAX_LEDGER_BYTES = 4 * 1024 * 1024

/** The file of a dataset: outside of it, by a hash of where it is. */
export function ledgerPath(dataDir: string, location: string): string {
  const name = createHash('sha256').update(location).digest('hex').slice(0, 32)
  return join(dataDir, 'ledger', `${name}.jsonl`)
}

/** Does something to a file while nobody else writes it. */
export function withLedger<T>(path: string, work: () => Promise<T>): Promise<T> {
  return withFileLock(`${path}.lock`, WRITING, work)
}

/** Reads a file; one that is not there has no lines. */
export async function readLines(path: string): Promise<ReturnType<typeof parseLines>> {
  try {
    return await parseLinesOf(path)
  } catch (error) {
    if (errnoOf(error) === 'ENOENT') return { lines: [], unreadable: 0 }
    throw fileError(error, path)
  }
}

async function parseLinesOf(path: string): Promise<ReturnType<typeof parseLines>> {
  return parseLines(await readFile(path, 'utf8'))
}

/**
 * Appends a line, in one write that is on disk when this resolves. Several processes may: they wait for each other, so
 * that none appends to a file another is about to replace by a shorter one.
 */
export async function appendLine(path: string, line: LedgerLine, maxBytes = MAX_LEDGER_BYTES): Promise<void> {
  try {
    await mkdir(dirname(path), { recursive: true })
    await withLedger(path, async () => {
      const file = await open(path, 'a', 0o600)
      let size: number
      try {
        await file.write(formatLine(line))
        await file.datasync()
        size = (await file.stat()).size
      } finally {
        await file.close()
      }
      if (size > maxBytes) await shorten(path, maxBytes / 2)
    })
  } catch (error) {
    throw fileError(error, path)
  }
}

/** Leaves the newest lines; at once or not at all. */
async function shorten(path: string, keepBytes: number): Promise<void> {
  const { lines, unreadable } = await parseLinesOf(path)
  const kept = [{ kind: 'lost' as const, lines: unreadable }, ...newest(lines, keepBytes)]
  await replaceFile(path, kept.map(formatLine).join(''))
}

/** The newest lines of about that length, and the beginnings of what has not ended or ended among these. */
export function newest(lines: readonly LedgerLine[], keepBytes: number): readonly LedgerLine[] {
  const ended = new Set(lines.flatMap((line) => (line.kind === 'end' ? [line.id] : [])))
  const wanted = new Set<string>()
  const kept: LedgerLine[] = []
  let bytes = 0
  for (const line of lines.toReversed()) {
    const length = Buffer.byteLength(formatLine(line))
    const isNeeded = line.kind === 'begin' && (wanted.has(line.id) || !ended.has(line.id))
    if (bytes + length > keepBytes && !isNeeded) continue
    if (line.kind === 'end') wanted.add(line.id)
    // The beginning of an end that is too old is no use, nor is an end without a beginning: both stay out together.
    if (line.kind === 'begin' && ended.has(line.id) && !wanted.has(line.id)) continue
    bytes += length
    kept.push(line)
  }
  return kept.reverse()
}
