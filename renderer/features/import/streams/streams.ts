import { useStore } from 'zustand'
import { createStore } from 'zustand/vanilla'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import {
  baseName,
  getApi,
  openLocation,
  parentName,
  showView,
  writeSetting,
} from '#renderer/features/workspace/index.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { FOLDER_SETTING } from '../state/begin.ts'
import { closeImport } from '../state/store.ts'
import type { StreamInput } from './follow-draft.ts'
import { type FollowedStream, goOnInput, type WayOn, withEvent } from './followed.ts'

interface StreamsState {
  readonly isOpen: boolean
  /** The dataset the window was opened for. */
  readonly into: string | undefined
  /** Newest first. They live as long as the page. */
  readonly streams: readonly FollowedStream[]
}

export const streamsStore = createStore<StreamsState>(() => ({ isOpen: false, into: undefined, streams: [] }))

export function useStreams<T>(select: (state: StreamsState) => T): T {
  return useStore(streamsStore, select)
}

/** Shows the streams of this window, and how to open another one; `into` is a dataset's location. */
export function openFollow(into?: string): void {
  closeImport()
  streamsStore.setState({ isOpen: true, into })
}

export function closeFollow(): void {
  streamsStore.setState({ isOpen: false })
}

let lastKey = 0
/** Calls that hold the streams open, by key. */
const calls = new Map<number, AbortController>()

/** Opens a stream. It goes on whatever is on screen, until it is stopped, fails, or the page is left. */
export function startStream(input: StreamInput): void {
  const key = ++lastKey
  const stream: FollowedStream = { key, input, state: 'opening', refused: [] }
  streamsStore.setState(({ streams }) => ({ streams: [stream, ...streams] }))
  void writeSetting(FOLDER_SETTING, parentName(input.location))
  void follow(key, input)
}

/** Goes on with a stream that ended, in its place in the list. */
export function goOn(stream: FollowedStream, way: WayOn): void {
  const input = goOnInput(stream, way)
  patch(stream.key, () => ({ key: stream.key, input, state: 'opening', refused: [] }))
  void follow(stream.key, input)
}

/** Commits what is buffered, and ends it. One that is still opening is given up. */
export async function stopStream({ key, info }: FollowedStream): Promise<void> {
  if (info === undefined) return calls.get(key)?.abort()
  patch(key, (stream) => ({ ...stream, state: 'closing' }))
  // Its end, or why it failed, comes with its events.
  await getApi()
    .call('import.close', { stream: info.id })
    .catch(() => undefined)
}

export async function commitNow({ key, info }: FollowedStream): Promise<void> {
  if (info === undefined) return
  try {
    const now = await getApi().call('import.flush', { stream: info.id })
    patch(key, (stream) => ({ ...stream, info: now }))
  } catch (error) {
    if (isCancelled(error)) return
    showToast({ kind: 'bad', title: 'The records were not committed', text: toErrorValue(error).message })
  }
}

/** Takes one that ended off the list. */
export function forgetStream(key: number): void {
  streamsStore.setState(({ streams }) => ({ streams: streams.filter((stream) => stream.key !== key) }))
}

/** Shows the dataset a stream writes to, or another view of it. */
export async function showTarget(location: string, view?: string): Promise<void> {
  closeFollow()
  const opened = await openLocation(location)
  if (opened.kind === 'tab' && view !== undefined) showView(opened.dataset, view)
}

async function follow(key: number, input: StreamInput): Promise<void> {
  const controller = new AbortController()
  calls.set(key, controller)
  try {
    for await (const event of getApi().stream('import.stream', input, { signal: controller.signal })) {
      patch(key, (stream) => withEvent(stream, event, new Date().toISOString()))
    }
    patch(key, (stream) => ({ ...stream, state: 'closed' }))
  } catch (thrown) {
    if (controller.signal.aborted) return patch(key, (stream) => ({ ...stream, state: 'closed' }))
    const error = toErrorValue(thrown)
    patch(key, (stream) => ({ ...stream, state: 'failed', error }))
    tellFailure(input, error.message)
  } finally {
    calls.delete(key)
  }
}

/** Who looks at the streams sees it there. */
function tellFailure({ file, location }: StreamInput, text: string): void {
  if (streamsStore.getState().isOpen) return
  const action = { label: 'Show', run: () => openFollow() }
  showToast({ kind: 'bad', title: `${baseName(file?.path ?? location)} is not followed any more`, text, action })
}

function patch(key: number, change: (stream: FollowedStream) => FollowedStream): void {
  streamsStore.setState(({ streams }) => ({
    streams: streams.map((stream) => (stream.key === key ? change(stream) : stream)),
  }))
}
