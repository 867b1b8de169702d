import { type ErrorValue, isCancelled, toErrorValue } from '#shared/errors.ts'
import type { ImportRecord, ImportResult, ImportState } from '#shared/model/import/result.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import type { JobEvent, JobInfo } from '#shared/model/job.ts'
import { invalidateHistory } from '#renderer/features/history/index.ts'
import { cancelJob } from '#renderer/features/jobs/index.ts'
import {
  findTab,
  getApi,
  parentName,
  queryClient,
  showCommit,
  writeSetting,
} from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { endingText } from '../words.ts'
import { FOLDER_SETTING } from './begin.ts'
import { importStore, patchRun, type Run, setStage } from './store.ts'

let lastKey = 0

/** Runs the import under review. It goes on whatever is on screen. */
export function startImport(spec: ImportSpec): void {
  const { stage } = importStore.getState()
  if (stage.kind === 'review') importStore.setState({ last: stage })
  if (spec.target.kind === 'new') void writeSetting(FOLDER_SETTING, parentName(spec.target.location))
  const key = addRun(spec)
  void follow(key, (options) => getApi().stream('import.run', { spec }, options))
}

/** Goes on with a paused or interrupted import from its last commit. */
export function resumeImport(record: Pick<ImportRecord, 'id' | 'spec'>): void {
  const key = addRun(record.spec, record.id)
  void follow(key, (options) => getApi().stream('import.resume', { import: record.id }, options))
}

function addRun(spec: ImportSpec, importId?: string): number {
  const key = ++lastKey
  const run: Run = {
    key,
    spec,
    location: spec.target.location,
    state: 'running',
    ...(importId === undefined ? {} : { importId }),
  }
  importStore.setState(({ runs }) => ({ isOpen: true, runs: { ...runs, [key]: run } }))
  setStage({ kind: 'run', run: key })
  return key
}

/** Shows an import that does not run, as its journal tells it. */
export function showRecord({ id, spec, state, result, reason }: ImportRecord): void {
  const key = addRun(spec, id)
  const failure: ErrorValue | undefined =
    state === 'failed' && reason !== undefined ? { code: 'internal', message: reason } : undefined
  patchRun(key, {
    state: toRunState(state),
    ...(result === undefined ? {} : { result }),
    ...(failure === undefined ? {} : { error: failure }),
  })
}

/** Ends the process of a run after its last commit; it can be gone on with. */
export async function pauseImport({ key, importId }: Run): Promise<void> {
  if (importId === undefined) return
  patchRun(key, { state: 'pausing' })
  try {
    const { state } = await getApi().call('import.pause', { import: importId })
    patchRun(key, { state: state === 'running' ? 'paused' : toRunState(state) })
  } catch (error) {
    // It may have ended by itself meanwhile: then that is what is to be said.
    const ended = controllers.get(key) === undefined
    if (ended) return
    patchRun(key, { state: 'running' })
    showToast({ kind: 'bad', title: 'The import could not be paused', text: toErrorValue(error).message })
  }
}

/** Ends a run. Before it has become a job there is only the call that would make it one. */
export function cancelImport({ key, job }: Run): void {
  if (job === undefined) controllers.get(key)?.abort()
  else void cancelJob(job.id)
}

function toRunState(state: ImportState): Run['state'] {
  return state === 'unfinished' || state === 'running' ? 'paused' : state
}

/** Runs that are followed, by key. */
const controllers = new Map<number, AbortController>()

type Events = AsyncIterable<JobEvent<ImportResult>>

async function follow(key: number, start: (options: { readonly signal: AbortSignal }) => Events): Promise<void> {
  const controller = new AbortController()
  controllers.set(key, controller)
  let job: JobInfo | undefined
  try {
    for await (const event of start({ signal: controller.signal })) {
      job = event.job
      patchRun(key, { job })
      if (event.kind === 'done') await end(key, job, event.result)
    }
    // A stream that was left ends without a word.
    if (controller.signal.aborted) patchRun(key, { state: 'cancelled' })
  } catch (thrown) {
    await settle(key, thrown)
    if (job !== undefined) void invalidateHistory(job.dataset).catch(() => undefined)
    takeInNewest(job)
  } finally {
    controllers.delete(key)
    void queryClient.invalidateQueries({ queryKey: ['import.list'] })
    void queryClient.invalidateQueries({ queryKey: ['import.log'] })
  }
}

/** Why a run ended that was not done. */
async function settle(key: number, thrown: unknown): Promise<void> {
  const run = importStore.getState().runs[key]
  // A pause ends the process, and its own answer says what came of it.
  if (run?.state === 'pausing' && isCancelled(thrown)) return
  const record = await recordOf(run)
  const state = record?.state === 'paused' ? 'paused' : isCancelled(thrown) ? 'cancelled' : 'failed'
  const error = toErrorValue(thrown)
  patchRun(key, { state, ...(state === 'failed' ? { error } : {}) })
  if (state === 'failed') showToast({ kind: 'bad', title: `${titleOf(key)}: failed`, text: error.message })
}

async function end(key: number, job: JobInfo, result: ImportResult): Promise<void> {
  patchRun(key, { state: 'done', result, importId: result.import })
  const tab = findTab(job.dataset)
  if (tab?.timeTravel === false) showCommit(job.dataset, undefined, result.versions.after)
  await invalidateHistory(job.dataset).catch(() => undefined)
  const { isOpen, stage } = importStore.getState()
  // Who looks at it sees it end.
  if (isOpen && stage.kind === 'run' && stage.run === key) return
  const action = {
    label: 'Show',
    run: () => importStore.setState({ isOpen: true, stage: { kind: 'run', run: key } }),
  }
  showToast({ kind: 'ok', title: titleOf(key), text: endingText(result), action })
}

/** Commits made before a run ended are in the dataset: the tab must not stay behind them. */
function takeInNewest(job: JobInfo | undefined): void {
  if (job?.versionAfter === undefined || findTab(job.dataset)?.timeTravel !== false) return
  showCommit(job.dataset, undefined, job.versionAfter)
}

function titleOf(key: number): string {
  return importStore.getState().runs[key]?.job?.title ?? 'The import'
}

async function recordOf(run: Run | undefined): Promise<ImportRecord | undefined> {
  if (run === undefined) return undefined
  const records = await getApi()
    .call('import.list', {})
    .catch(() => [])
  return findRecord(run, records)
}

/** The journal of a run: by its id, or the newest of the same target. */
export function findRecord(run: Run, records: readonly ImportRecord[]): ImportRecord | undefined {
  if (run.importId !== undefined) return records.find(({ id }) => id === run.importId)
  return records.find(({ spec, startedAt }) => spec.target.location === run.location && isSince(startedAt, run))
}

/** Both clocks are this machine's or its host's; a journal begun before the job was queued belongs to an earlier import. */
function isSince(startedAt: string, { job }: Run): boolean {
  return job === undefined || Date.parse(startedAt) >= Date.parse(job.queuedAt) - 2000
}
