import type { Input } from '#shared/contract/index.ts'
import { formatDuration, formatShortDuration } from '#shared/model/format.ts'
import type { IndexCreated, IndexEntry, IndexParams, IndexType } from '#shared/model/index-entry.ts'
import { invalidateHistory, undoCommit } from '#renderer/features/history/index.ts'
import { type JobEnding, startJob } from '#renderer/features/jobs/index.ts'
import { getApi, showCommit } from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { paramsOf } from '../create/params.ts'
import { choose, openIndices, setOutcome } from '../state/store.ts'
import { foldedSentence } from './fold-in.ts'
import { rememberFoldIn } from './use-forecast.ts'

/** Builds an index as a job. What came of it is shown with the index, and offered by toast. */
export function createIndex(input: Input<'indices.create'>): void {
  const { dataset } = input
  setOutcome(dataset, undefined)
  startJob('indices.create', input, {
    onDone: (result) => {
      choose(dataset, result.index.name)
      setOutcome(dataset, { kind: 'created', result })
      return createdEnding(dataset, result)
    },
  })
}

function createdEnding(dataset: string, { index, buildMs, proof }: IndexCreated): JobEnding {
  const faster =
    proof === undefined
      ? ''
      : ` A query took ${formatShortDuration(proof.beforeMs)} and takes ${formatShortDuration(proof.afterMs)}.`
  return {
    title: `${index.name} is built`,
    text: `${index.type} on ${index.columns.join(', ')} in ${formatDuration(buildMs)}.${faster}`,
    action: { label: 'Show', run: () => openIndices(dataset, index.name) },
  }
}

/** Builds an index of the same name and column in place of one, as a job. */
export function rebuildIndex(
  dataset: string,
  { name, columns: [column] }: Pick<IndexEntry, 'name' | 'columns'>,
  type: IndexType,
  params: IndexParams,
): void {
  if (column === undefined) return
  createIndex({ dataset, column, type, name, params: paramsOf(type, params), replace: true })
}

/** Folds rows outside the indices into them, as a job. */
export function foldIn(dataset: string): void {
  setOutcome(dataset, undefined)
  startJob(
    'indices.optimize',
    { dataset },
    {
      onDone: (result) => {
        setOutcome(dataset, { kind: 'folded-in', result })
        void rememberFoldIn(dataset, result)
        return {
          title: foldedSentence(result),
          text: `It took ${formatDuration(result.elapsedMs)}.`,
          action: { label: 'Show', run: () => openIndices(dataset) },
        }
      },
    },
  )
}

/** Takes an index out of the newest version; the toast undoes it. Fails like `indices.drop`. */
export async function dropIndex(dataset: string, name: string): Promise<void> {
  const { versionAfter } = await getApi().call('indices.drop', { dataset, name })
  setOutcome(dataset, undefined)
  showCommit(dataset, undefined, versionAfter)
  await invalidateHistory(dataset)
  const back = (): void => choose(dataset, name)
  showToast({
    kind: 'ok',
    title: `${name} dropped`,
    text: 'Its files stay until a cleanup.',
    action: { label: 'Undo', run: () => void undoCommit(dataset, { version: versionAfter }, back) },
  })
}
