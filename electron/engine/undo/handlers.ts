import type { Contract } from '#shared/contract/index.ts'
import type { UndoItem } from '#shared/model/ledger.ts'
import type { Handlers } from '#shared/rpc/server.ts'
import type { EngineContext } from '../context.ts'
import { nativeWriterFor } from '../lance/index.ts'
import { createVersionFactsReader } from '../versions/index.ts'
import type { Judged } from './judge.ts'
import { listUndoable } from './list.ts'
import { takeBack, type TakeBack } from './take-back.ts'

type Operations = 'undo.list' | 'undo.undo' | 'undo.redo'

const DEFAULT_LIMIT = 100

/** Undo and redo of what the ledger knows. */
export function createUndoHandlers(context: EngineContext): Pick<Handlers<Contract>, Operations> {
  const { datasets, paths } = context
  const reader = createVersionFactsReader()
  const toWork = (handle: string, signal: AbortSignal): TakeBack => ({
    context,
    reader,
    dataset: datasets.get(handle),
    writer: nativeWriterFor(paths.dataDir),
    signal,
  })
  return {
    'undo.list': async ({ dataset, limit = DEFAULT_LIMIT }, { signal }) =>
      (await listUndoable(context, datasets.get(dataset), reader, limit, signal)).map(toItem),
    'undo.undo': (input, { signal }) => takeBack(toWork(input.dataset, signal), 'undo', input),
    'undo.redo': (input, { signal }) => takeBack(toWork(input.dataset, signal), 'redo', input),
  }
}

function toItem({ target: _target, ...item }: Judged): UndoItem {
  return item
}
