import { parseRef, type Ref } from '#shared/model/ref.ts'
import { formatShortRelativeTime } from '#shared/model/time.ts'
import type { BranchEntry, TagEntry, VersionEntry } from '#shared/model/version.ts'

/** One state to choose. */
export interface SideOption {
  /** Unique in the list. */
  readonly id: string
  readonly at: Ref
  readonly kind: 'version' | 'tag' | 'branch'
  readonly label: string
  /** What it is, in a few words. */
  readonly note: string
}

export interface SideChoices {
  readonly tags: readonly TagEntry[]
  readonly branches: readonly BranchEntry[]
  /** Versions of `branch`, newest first. */
  readonly versions: readonly VersionEntry[]
  /** Undefined = main. */
  readonly branch: string | undefined
  readonly nowMs: number
}

/** Most lines offered at once; typing finds the others. */
const SHOWN_MAX = 200

/** States that match what was typed: tags, branches, then versions; a typed number or ref comes first. */
export function sideOptions(text: string, choices: SideChoices): readonly SideOption[] {
  const wanted = text.trim().toLowerCase()
  const all = [
    ...choices.tags.filter(isReadable).map(tagOption),
    ...choices.branches.filter(isReadable).map(branchOption),
    ...choices.versions.map((entry) => versionOption(entry, choices)),
  ]
  if (wanted === '') return all.slice(0, SHOWN_MAX)
  const typed = typedOption(wanted, choices.branch)
  const found = all.filter(
    ({ id, label, note }) => id !== typed?.id && `${label} ${note}`.toLowerCase().includes(wanted),
  )
  const exact = all.find(({ id }) => id === typed?.id) ?? typed
  return [...(exact === undefined ? [] : [exact]), ...found].slice(0, SHOWN_MAX)
}

/** `12`, `v12`, `tag:x`, `branch:x`, `branch:x@3`: a state that was spelled out, in the list or not. */
function typedOption(text: string, branch: string | undefined): SideOption | undefined {
  const at = parseRef(text.replace(/^v(?=\d)/, ''))
  if (at === undefined || ('version' in at && at.version !== undefined && at.version < 1)) return undefined
  if ('tag' in at) return { id: `tag ${at.tag}`, at, kind: 'tag', label: at.tag, note: 'tag' }
  if ('branch' in at)
    return { id: `branch ${at.branch} ${at.version ?? ''}`, at, kind: 'branch', label: at.branch, note: 'branch' }
  const { version } = at
  return { id: `v${version}`, at: onBranch(version, branch), kind: 'version', label: `v${version}`, note: 'version' }
}

function tagOption({ name, version, branch }: TagEntry): SideOption {
  const place = branch === undefined ? `v${version}` : `${branch} v${version}`
  return { id: `tag ${name}`, at: { tag: name }, kind: 'tag', label: name, note: `tag of ${place}` }
}

function branchOption({ name, latestVersion }: BranchEntry): SideOption {
  const newest = latestVersion === null ? '' : `, newest v${latestVersion}`
  return { id: `branch ${name} `, at: { branch: name }, kind: 'branch', label: name, note: `branch${newest}` }
}

function versionOption({ version, timestamp, sentence, problem }: VersionEntry, choices: SideChoices): SideOption {
  return {
    id: `v${version}`,
    at: onBranch(version, choices.branch),
    kind: 'version',
    label: `v${version}`,
    note: `${formatShortRelativeTime(timestamp, choices.nowMs)} · ${problem ?? sentence}`,
  }
}

function onBranch(version: number, branch: string | undefined): Ref {
  return branch === undefined ? { version } : { branch, version }
}

function isReadable(entry: { readonly problem?: string; readonly name: string }): boolean {
  return entry.problem === undefined && entry.name !== 'main'
}
