import { AppError, isCancelled, toErrorValue } from '#shared/errors.ts'
import { formatCount } from '#shared/model/format.ts'
import type { Inspected } from '#shared/model/import/source.ts'
import {
  activeTab,
  getApi,
  getHost,
  openLocation,
  parentName,
  readSetting,
} from '#renderer/features/workspace/index.ts'
import { type LocalFiles, MAX_FILES, takeDropped, walkDropped } from '../choose/dropped.ts'
import { discardUpload, uploadFiles } from '../choose/upload.ts'
import { createDraft, type Sources } from './draft.ts'
import { closeImport, editTarget, importStore, type Review, setStage } from './store.ts'

/** Where the last new dataset was put. */
export const FOLDER_SETTING = 'import-folder'

/** What is going on before the review: an upload or an inspection; at most one. */
let working: AbortController | undefined

/** Shows the import window: what is under way in it, or how to choose something. `into` is a dataset's location. */
export function openImport(into?: string): void {
  const { stage, runs } = importStore.getState()
  const isUnderWay = stage.kind === 'run' && into === undefined && runs[stage.run]?.state === 'running'
  importStore.setState({ isOpen: true })
  if (stage.kind === 'choose' || (stage.kind === 'run' && !isUnderWay)) {
    startOver()
    importStore.setState({ into })
  } else if (into !== undefined) {
    importStore.setState({ into })
    if (stage.kind === 'review') editTarget({ kind: 'existing', location: into, mapping: {}, key: [] })
  }
}

/** Back to the start. What was uploaded for the import under review goes. */
export function startOver(): void {
  working?.abort()
  releaseUploads()
  importStore.setState({ stage: { kind: 'choose' }, last: undefined, into: undefined })
}

/** Removes what was uploaded, unless an import that stopped half way may go on with it. */
function releaseUploads(): void {
  const { stage, last, runs } = importStore.getState()
  const review = stage.kind === 'review' ? stage : last
  const isNeeded = Object.values(runs).some(
    ({ state, spec }) =>
      state !== 'done' &&
      state !== 'cancelled' &&
      spec.sources.uploads?.some((upload) => review?.draft.sources.uploads.includes(upload)) === true,
  )
  if (review === undefined || isNeeded) return
  for (const upload of review.draft.sources.uploads) discardUpload(getApi(), upload)
}

/** Takes what was dropped on the window: by path where the host knows paths, else by upload. */
export function importDropped(data: DataTransfer): void {
  const paths = getHost().pathsOf?.([...data.files]) ?? []
  if (paths.length > 0) return void importPaths(paths)
  // Also on the desktop: a picture out of a web page or the clipboard has no path.
  const taken = takeDropped(data)
  void importLocal((options) => walkDropped(taken, options))
}

/** Takes files of a chooser. */
export function importChosen(files: LocalFiles): void {
  const paths = getHost().pathsOf?.(files.files.map(({ file }) => file)) ?? []
  if (paths.length > 0) void importPaths(paths)
  else void importLocal(() => Promise.resolve(files))
}

/** Looks at files and folders of the engine's machine, then shows the review. Adds to one that is open. */
export function importPaths(paths: readonly string[]): Promise<void> {
  leaveRun()
  return inspect(withMore({ paths, uploads: [] }))
}

/** Something new was named while a run was shown: it goes on by itself, and its place is free. */
function leaveRun(): void {
  if (importStore.getState().stage.kind === 'run') startOver()
}

/** Looks again at what an import reads. */
export function inspectAgain(sources: Sources): Promise<void> {
  return inspect(sources)
}

/** Sends files to the engine's machine, then looks at them as at any others. */
async function importLocal(
  collect: (options: { readonly signal: AbortSignal; onFound(files: number): void }) => Promise<LocalFiles>,
): Promise<void> {
  leaveRun()
  const before = importStore.getState().stage
  const controller = begin()
  const { signal } = controller
  importStore.setState({ isOpen: true, stage: { kind: 'upload' } })
  const isMine = (): boolean => working === controller
  try {
    const { files, unreadable } = await collect({
      signal,
      onFound: (found) => isMine() && setStage({ kind: 'upload', found }),
    })
    checkFiles(files.length, unreadable)
    const upload = await uploadFiles(getApi(), files, {
      signal,
      onProgress: (progress) => isMine() && setStage({ kind: 'upload', progress }),
    })
    if (!isMine()) return
    setStage(before)
    await inspect(withMore({ paths: [], uploads: [upload] }), unreadable)
  } catch (error) {
    if (!isMine()) return
    if (isCancelled(error) || signal.aborted) setStage(before.kind === 'review' ? before : { kind: 'choose' })
    else setStage({ kind: 'upload', error: toErrorValue(error) })
  }
}

function checkFiles(count: number, unreadable: readonly string[]): void {
  if (count > MAX_FILES) {
    throw new AppError({
      code: 'too-large',
      message: `These are more than ${formatCount(MAX_FILES)} files, the most one upload takes.`,
      hint: 'Drop them in parts, or copy them to the machine Tiltyard runs on and name their folder.',
    })
  }
  if (count > 0) return
  throw new AppError({
    code: 'empty-folder',
    message: unreadable.length > 0 ? 'The browser could read none of it.' : 'There is no file in what was dropped.',
    hint: 'Choose files, or a folder with files in it.',
  })
}

async function inspect(sources: Sources, unreadable: readonly string[] = []): Promise<void> {
  const before = importStore.getState().stage
  const controller = begin()
  const { signal } = controller
  importStore.setState({ isOpen: true, stage: { kind: 'inspect', sources } })
  try {
    const input = {
      ...(sources.paths.length === 0 ? {} : { paths: [...sources.paths] }),
      ...(sources.uploads.length === 0 ? {} : { uploads: [...sources.uploads] }),
    }
    const [{ items, truncated }, folder] = await Promise.all([
      look(input, signal, (looked) => working === controller && setStage({ kind: 'inspect', sources, looked })),
      targetFolder(sources),
    ])
    if (working !== controller) return
    const { into } = importStore.getState()
    const fresh = createDraft(sources, items, { folder, into })
    // Files that are added to a review leave what was decided there as it is.
    const draft = before.kind === 'review' ? { ...before.draft, sources } : fresh
    const review: Review = { kind: 'review', draft, items, isTruncated: truncated, unreadable }
    const isLance = sources.paths.length > 0 && items.length > 0 && items.every(({ kind }) => kind === 'lance')
    setStage(isLance && before.kind !== 'review' && into === undefined ? { kind: 'lance', review } : review)
  } catch (error) {
    if (working !== controller) return
    if (isCancelled(error)) setStage(before.kind === 'review' ? before : { kind: 'choose' })
    else setStage({ kind: 'inspect', sources, error: toErrorValue(error) })
  }
}

/** What sources hold; `onLooked` hears how far it is where it takes a while. */
async function look(
  input: { readonly paths?: string[]; readonly uploads?: string[] },
  signal: AbortSignal,
  onLooked: (looked: { readonly done: number; readonly total: number }) => void,
): Promise<Inspected> {
  for await (const event of getApi().stream('import.look', input, { signal })) {
    if (event.kind === 'done') return event
    onLooked(event)
  }
  throw new AppError({ code: 'disconnected', message: 'Looking at the files ended without an answer.' })
}

/** Ends an upload or a look at the sources. */
export function cancelWork(): void {
  working?.abort()
}

/** Opens dropped datasets instead of importing their rows. */
export function openInstead(review: Review): void {
  closeImport()
  startOver()
  for (const path of review.draft.sources.paths) void openLocation(path)
}

function begin(): AbortController {
  working?.abort()
  working = new AbortController()
  return working
}

/** What is dropped on a review is added to it. */
function withMore(more: Sources): Sources {
  const { stage } = importStore.getState()
  if (stage.kind !== 'review') return more
  const { paths, uploads } = stage.draft.sources
  return { paths: [...new Set([...paths, ...more.paths])], uploads: [...uploads, ...more.uploads] }
}

/** Folder a new dataset goes into: as last time, else beside the dataset in front, else beside the sources, else home. */
async function targetFolder({ paths }: Sources): Promise<string> {
  const remembered = await readSetting(FOLDER_SETTING)
  if (typeof remembered === 'string' && remembered !== '') return remembered
  const tab = activeTab()
  const [first] = paths
  // The sample lives among the app's own files, where nothing of a person's should go.
  const beside = tab !== undefined && !tab.location.includes('/sample/') ? tab.location : first
  const parent = beside === undefined ? '' : parentName(beside)
  if (parent !== '') return parent
  const roots = await getApi()
    .call('files.roots', {})
    .catch(() => [])
  return roots[0]?.path ?? ''
}
