import {
  Columns2,
  Copy,
  Eye,
  GitBranchPlus,
  GitCompareArrows,
  History,
  ListTree,
  SquareCheck,
  Tag,
  Trash2,
} from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { inspect, refOf, travelTo } from '#renderer/features/workspace/index.ts'
import { copyText } from '#renderer/ui/clipboard.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { formatRef } from '#shared/model/ref.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import { pairPick, togglePick } from '../state/picks.ts'
import { getHistoryView, openDetails, setPicks } from '../state/view-store.ts'
import { ask, type VersionPlace } from '../write/requests.ts'
import { deleteTag } from '../write/writes.ts'
import { compareVersions } from './compare.ts'

export interface MenuContext {
  readonly tab: DatasetTab
  readonly entry: VersionEntry
  /** The next older version that still exists. */
  readonly previous: number | undefined
  /** Newest version of the log. */
  readonly newest: number
  /** Why nothing can be written. */
  readonly refusal: string | undefined
}

/** Everything that can be done with one version. */
export function versionMenu(context: MenuContext): readonly MenuItem[] {
  return [...lookItems(context), ...compareItems(context), ...writeItems(context), ...copyItems(context)]
}

function lookItems({ tab, entry }: MenuContext): readonly MenuItem[] {
  const { version } = entry
  return [
    {
      id: 'travel',
      label: 'Show the dataset at this version',
      icon: <Eye aria-hidden />,
      shortcut: 'Enter',
      disabled: version === tab.version || entry.problem !== undefined,
      run: () => travelTo(tab.dataset, version),
    },
    {
      id: 'details',
      label: 'Details',
      icon: <ListTree aria-hidden />,
      shortcut: 'D',
      run: () => showDetails(tab, version),
    },
    { kind: 'separator', id: 'after-look' },
  ]
}

function compareItems({ tab, entry, previous, newest }: MenuContext): readonly MenuItem[] {
  const { version } = entry
  const { picks } = getHistoryView(tab)
  const other = picks.find((picked) => picked !== version)
  const compare = (with_: number) => () => compareVersions(tab, version, with_)
  const isBroken = entry.problem !== undefined
  return [
    {
      id: 'compare-previous',
      label: 'Compare with the version before',
      icon: <GitCompareArrows aria-hidden />,
      ...(previous === undefined ? {} : { note: `v${previous}` }),
      disabled: previous === undefined || isBroken,
      run: previous === undefined ? () => undefined : compare(previous),
    },
    {
      id: 'compare-newest',
      label: 'Compare with the newest',
      icon: <GitCompareArrows aria-hidden />,
      note: `v${newest}`,
      disabled: version === newest || isBroken,
      run: compare(newest),
    },
    ...(other === undefined || other === previous || other === newest
      ? []
      : [
          {
            id: 'compare-picked',
            label: 'Compare with the picked one',
            icon: <Columns2 aria-hidden />,
            note: `v${other}`,
            run: compare(other),
          },
        ]),
    {
      id: 'pick',
      label: picks.includes(version) ? 'Do not pick' : 'Pick to compare with another',
      icon: <SquareCheck aria-hidden />,
      shortcut: 'Space',
      run: () => setPicks(tab, togglePick(picks, version)),
    },
    { kind: 'separator', id: 'after-compare' },
  ]
}

function writeItems({ tab, entry, newest, refusal }: MenuContext): readonly MenuItem[] {
  const { dataset } = tab
  const at = placeAt(tab, entry.version)
  const isRefused = refusal !== undefined
  const note = isRefused ? { note: 'read-only folder' } : {}
  return [
    {
      id: 'tag',
      label: 'Tag this version…',
      icon: <Tag aria-hidden />,
      shortcut: 'T',
      ...note,
      disabled: isRefused,
      run: () => ask({ kind: 'create-tag', dataset, at }),
    },
    ...entry.tags.map((name): MenuItem => ({
      id: `delete-tag:${name}`,
      label: `Delete tag ${name}`,
      icon: <Trash2 aria-hidden />,
      ...note,
      disabled: isRefused,
      run: () => void deleteTag(dataset, name),
    })),
    {
      id: 'branch',
      label: 'Branch from here…',
      icon: <GitBranchPlus aria-hidden />,
      shortcut: 'B',
      ...note,
      disabled: isRefused,
      run: () => ask({ kind: 'create-branch', dataset, from: refOf({ ...tab, version: entry.version }) }),
    },
    {
      id: 'restore',
      label: 'Restore this version…',
      icon: <History aria-hidden />,
      shortcut: 'R',
      ...note,
      disabled: isRefused || entry.version === newest || entry.problem !== undefined,
      run: () => ask({ kind: 'restore', dataset, at }),
    },
    { kind: 'separator', id: 'after-write' },
  ]
}

function copyItems({ tab, entry }: MenuContext): readonly MenuItem[] {
  return [
    {
      id: 'copy-version',
      label: 'Copy version as text',
      icon: <Copy aria-hidden />,
      note: formatRef(refOf({ ...tab, version: entry.version })),
      run: () => void copyText(formatRef(refOf({ ...tab, version: entry.version })), 'Version'),
    },
    {
      id: 'copy-sentence',
      label: 'Copy what happened',
      icon: <Copy aria-hidden />,
      run: () => void copyText(entry.sentence, 'Sentence'),
    },
  ]
}

/** Opens the pane with everything about a version. */
export function showDetails(tab: DatasetTab, version: number): void {
  inspect(tab.dataset, { kind: 'version', version })
  openDetails(tab.dataset, true)
}

/** A version of the branch on screen. */
export function placeAt(tab: Pick<DatasetTab, 'branch'>, version: number): VersionPlace {
  return { version, ...(tab.branch === undefined ? {} : { branch: tab.branch }) }
}

/** What a letter does with the version in focus; false for letters that do nothing. */
export function runVersionKey(key: string, isShift: boolean, context: MenuContext): boolean {
  const { tab, entry, refusal } = context
  const at = placeAt(tab, entry.version)
  const write = (act: () => void): boolean => {
    if (refusal === undefined) act()
    else showToast({ title: 'Nothing can be written here', text: refusal })
    return true
  }
  const { picks } = getHistoryView(tab)
  switch (key.toLowerCase()) {
    case ' ':
      setPicks(tab, isShift ? pairPick(picks, entry.version, tab.version) : togglePick(picks, entry.version))
      return true
    case 'c': {
      const other = picks.find((picked) => picked !== entry.version) ?? context.newest
      if (other !== entry.version) compareVersions(tab, entry.version, other)
      return true
    }
    case 'd':
      showDetails(tab, entry.version)
      return true
    case 't':
      return write(() => ask({ kind: 'create-tag', dataset: tab.dataset, at }))
    case 'b':
      return write(() =>
        ask({ kind: 'create-branch', dataset: tab.dataset, from: refOf({ ...tab, version: entry.version }) }),
      )
    case 'r':
      return write(() => {
        if (entry.version !== context.newest) ask({ kind: 'restore', dataset: tab.dataset, at })
      })
    default:
      return false
  }
}
