import type { Input } from '#shared/contract/index.ts'
import type { CompareItem, RowChangeKind } from '#shared/model/compare.ts'
import type { EngineContext } from '../context.ts'
import type { VersionFactsReader } from '../versions/index.ts'
import { fetchChangePage } from './change-page.ts'
import { compareRows, newProgress, type RowComparison, type RowProgress } from './compare-rows.ts'
import type { KeptComparisons } from './kept.ts'
import type { MatchLimits } from './match-rows.ts'
import { openSides } from './open-sides.ts'
import { compareStates } from './summary.ts'
import type { WorkFolder } from './work-folder.ts'

export interface CompareParts {
  readonly context: EngineContext
  readonly facts: VersionFactsReader
  readonly kept: KeptComparisons
  readonly folder: WorkFolder
  readonly limits: MatchLimits
}

const PROGRESS_MS = 200
const PAGE_ROWS = 500
const KINDS: readonly RowChangeKind[] = ['added', 'removed', 'changed']

/**
 * Compares two states: the summary at once, then, if asked, the rows. Ending the iteration before the totals frees all
 * that was gathered; after them the result is kept for `versions.comparePage`.
 */
export async function* compareVersions(
  parts: CompareParts,
  input: Input<'versions.compare'>,
  signal: AbortSignal,
): AsyncGenerator<CompareItem> {
  const { context, kept } = parts
  const sides = await openSides(context, parts.facts, input, signal)
  yield { kind: 'summary', summary: await compareStates(sides) }
  if (input.rows === undefined) return
  const own = new AbortController()
  const progress = newProgress()
  const job = { ...input.rows, sides, limits: parts.limits, folder: parts.folder, progress }
  const comparing = compareRows(context, { ...job, signal: AbortSignal.any([signal, own.signal]) })
  const comparison = yield* withProgress(comparing, progress, own)
  yield { kind: 'rows', comparison: kept.keep(comparison), totals: comparison.totals }
  for (const kind of KINDS) {
    const rows = comparison.lists[kind].length
    for (let offset = 0; offset < rows; offset += PAGE_ROWS) {
      signal.throwIfAborted()
      yield await fetchChangePage(context, comparison, { kind, offset, limit: PAGE_ROWS }, signal)
    }
  }
}

async function* withProgress(
  comparing: Promise<RowComparison>,
  progress: RowProgress,
  own: AbortController,
): AsyncGenerator<CompareItem, RowComparison> {
  const started = performance.now()
  // Observed below; this keeps a rejection during a yield from counting as unhandled.
  comparing.catch(() => undefined)
  let isDone = false
  try {
    for (;;) {
      const comparison = await Promise.race([comparing, delay(PROGRESS_MS)])
      if (comparison !== undefined) {
        isDone = true
        return comparison
      }
      const { phase, rowsRead, rowsToRead } = progress
      const elapsedMs = Math.round(performance.now() - started)
      yield { kind: 'progress', phase, rowsRead, rowsToRead: Math.max(rowsRead, rowsToRead), elapsedMs }
    }
  } finally {
    if (!isDone) {
      own.abort()
      // It may have come to its end while nobody listened any more.
      comparing.then((comparison) => comparison.remove()).catch(() => undefined)
    }
  }
}

function delay(ms: number): Promise<undefined> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(undefined), ms).unref()
  })
}
