import type { Input } from '#shared/contract/index.ts'
import { joinPath } from '../state/to-spec.ts'

export type StreamInput = Input<'import.stream'>

/** What the form holds; nothing in it needs to be valid. */
export interface FollowDraft {
  readonly file: string
  readonly from: 'resume' | 'start' | 'end'
  readonly follow: boolean
  readonly target: 'new' | 'existing'
  /** Of a new dataset. */
  readonly folder: string
  readonly name: string
  /** Of an existing one. */
  readonly location: string
  readonly flushRows: string
  readonly flushSeconds: string
  readonly mismatch: 'refuse' | 'file' | 'stop'
}

export type DraftField = 'file' | 'target' | 'flush'

export type FollowResult =
  | { readonly kind: 'ready'; readonly input: StreamInput }
  /** The first thing in the way. */
  | { readonly kind: 'problem'; readonly field: DraftField; readonly message: string }

/** A draft to begin with; `into` is the dataset it was asked for. */
export function createFollowDraft(into: string | undefined, folder: string): FollowDraft {
  return {
    file: '',
    from: 'resume',
    follow: true,
    target: into === undefined ? 'new' : 'existing',
    folder,
    name: '',
    location: into ?? '',
    flushRows: '1000',
    flushSeconds: '5',
    mismatch: 'refuse',
  }
}

/** The stream a draft asks for, or what is in the way of it. */
export function toStreamInput(draft: FollowDraft): FollowResult {
  const path = draft.file.trim()
  if (path === '') return problem('file', 'Name the JSON Lines file to follow.')
  const location = placeOf(draft)
  if (typeof location !== 'string') return location
  const flushRows = Number(draft.flushRows)
  if (!Number.isInteger(flushRows) || flushRows < 1 || flushRows > 100_000)
    return problem('flush', 'Commit after 1 to 100,000 rows.')
  const flushSeconds = Number(draft.flushSeconds)
  if (draft.flushSeconds.trim() === '' || !(flushSeconds >= 0.1 && flushSeconds <= 3600))
    return problem('flush', 'Commit after 0.1 to 3,600 seconds.')
  const file = { path, from: draft.from, follow: draft.follow }
  return { kind: 'ready', input: { location, file, flushRows, flushSeconds, mismatch: draft.mismatch } }
}

/** Name of a dataset for the records of a file: `events` of `/logs/events.jsonl`. */
export function nameForFile(file: string): string {
  const last = file.split(/[/\\]/).at(-1) ?? ''
  return last.replace(/\.(jsonl|ndjson|json|log|txt)$/i, '')
}

function placeOf(draft: FollowDraft): string | FollowResult {
  if (draft.target === 'existing') {
    const location = draft.location.trim()
    return location === '' ? problem('target', 'Choose the dataset the records go into.') : location
  }
  const [folder, name] = [draft.folder.trim(), draft.name.trim()]
  if (folder === '') return problem('target', 'Choose the folder of the new dataset.')
  if (name === '') return problem('target', 'Give the new dataset a name.')
  return joinPath(folder, `${name.replace(/\.lance$/, '')}.lance`)
}

function problem(field: DraftField, message: string): FollowResult {
  return { kind: 'problem', field, message }
}
