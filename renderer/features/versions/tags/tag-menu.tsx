import { Eye, GitBranchPlus, GitCompareArrows, MoveRight, Trash2 } from 'lucide-react'
import { openCompare } from '#renderer/features/compare/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { refOf } from '#renderer/features/workspace/index.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import type { TagEntry } from '#shared/model/version.ts'
import { codeItems } from '../snippet/code-menu.tsx'
import { goTo } from '../state/go-to.ts'
import { ask, type VersionPlace } from '../write/requests.ts'
import { deleteTag } from '../write/writes.ts'

export interface TagMenuContext {
  readonly tab: DatasetTab
  readonly tag: TagEntry
  readonly refusal: string | undefined
}

/** Everything that can be done with one tag. */
export function tagMenu({ tab, tag, refusal }: TagMenuContext): readonly MenuItem[] {
  const { dataset, location } = tab
  const { name } = tag
  const at = placeOfTag(tag)
  const isBroken = tag.problem !== undefined
  const write = refusal === undefined ? {} : { note: 'read-only folder' }
  return [
    {
      id: 'show',
      label: 'Show the dataset at this tag',
      icon: <Eye aria-hidden />,
      shortcut: 'Enter',
      disabled: isBroken,
      run: () => void goTo(dataset, at),
    },
    {
      id: 'compare',
      label: 'Compare with the version on screen',
      icon: <GitCompareArrows aria-hidden />,
      note: `v${tab.version}`,
      disabled: isBroken || (at.version === tab.version && at.branch === tab.branch),
      run: () => openCompare(dataset, { tag: name }, refOf(tab)),
    },
    { kind: 'separator', id: 'after-look' },
    {
      id: 'move',
      label: 'Move to another version…',
      icon: <MoveRight aria-hidden />,
      shortcut: 'M',
      ...write,
      disabled: isBroken || refusal !== undefined,
      run: () => ask({ kind: 'move-tag', dataset, name, at }),
    },
    {
      id: 'branch',
      label: 'Branch from here…',
      icon: <GitBranchPlus aria-hidden />,
      ...write,
      disabled: isBroken || refusal !== undefined,
      run: () => ask({ kind: 'create-branch', dataset, from: { tag: name } }),
    },
    {
      id: 'delete',
      label: 'Delete tag',
      icon: <Trash2 aria-hidden />,
      shortcut: 'Delete',
      ...write,
      disabled: refusal !== undefined,
      run: () => void deleteTag(dataset, name),
    },
    { kind: 'separator', id: 'after-write' },
    { kind: 'label', id: 'code', label: 'Deleting as code' },
    ...codeItems(location, { kind: 'delete-tag', name }),
  ]
}

export function placeOfTag({ version, branch }: TagEntry): VersionPlace {
  return { version, ...(branch === undefined ? {} : { branch }) }
}
