import { z } from 'zod'
import type { LedgerEntry, UndoItem } from '../model/ledger.ts'
import { datasetHandle, version } from './common.ts'
import { call } from './define.ts'

const entry = z.string().min(1).max(64)

/** `newest`: the newest version the person saw; another one now is refused. */
const change = z.strictObject({
  dataset: datasetHandle,
  entry,
  newest: version,
  /** Also takes back the commits made since. Without it they are refused. */
  includingLater: z.boolean().optional(),
})

export const ledger = {
  'ledger.list': call<{ readonly entries: readonly LedgerEntry[]; readonly unreadableLines: number }>()(
    'What this app wrote to a dataset, or tried to, newest first.',
    z.strictObject({ dataset: datasetHandle, limit: z.int().min(1).max(10_000).optional() }),
  ),
  'undo.list': call<readonly UndoItem[]>()(
    'Writes of this app that made a version, or may have before the app died over them, newest first, each with what undoing or redoing it would mean now.',
    z.strictObject({ dataset: datasetHandle, limit: z.int().min(1).max(1000).optional() }),
  ),
  'undo.undo': call<{ readonly version: number; readonly entry: LedgerEntry }>()(
    'Commits the state before a write as a new version; nothing is removed.',
    change,
  ),
  'undo.redo': call<{ readonly version: number; readonly entry: LedgerEntry }>()(
    'Commits the state after a write that was undone as a new version.',
    change,
  ),
} as const
