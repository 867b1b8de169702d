import { Eye, GitBranchPlus, GitCompareArrows, Trash2 } from 'lucide-react'
import { openCompare } from '#renderer/features/compare/index.ts'
import { type DatasetTab, refOf, switchBranch } from '#renderer/features/workspace/index.ts'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import type { Ref } from '#shared/model/ref.ts'
import type { BranchEntry } from '#shared/model/version.ts'
import { ask } from '../write/requests.ts'

export interface BranchMenuContext {
  readonly tab: DatasetTab
  /** Null = main. */
  readonly branch: BranchEntry | null
  readonly refusal: string | undefined
}

/** Everything that can be done with one branch. */
export function branchMenuItems({ tab, branch, refusal }: BranchMenuContext): readonly MenuItem[] {
  const { dataset } = tab
  const name = branch?.name
  const isBroken = branch?.problem !== undefined
  const isShown = tab.branch === name
  const from: Ref = { branch: name ?? 'main' }
  const write = refusal === undefined ? {} : { note: 'read-only folder' }
  return [
    {
      id: 'show',
      label: 'Show this branch',
      icon: <Eye aria-hidden />,
      disabled: isShown || isBroken,
      run: () => void switchBranch(dataset, name),
    },
    {
      id: 'compare',
      label: 'Compare with what is on screen',
      icon: <GitCompareArrows aria-hidden />,
      disabled: isBroken || (isShown && !tab.timeTravel),
      run: () => openCompare(dataset, refOf(tab), from),
    },
    ...(branch === null || isBroken
      ? []
      : [
          {
            id: 'compare-start',
            label: 'Compare with where it started',
            icon: <GitCompareArrows aria-hidden />,
            note: `${branch.parentBranch ?? 'main'} v${branch.parentVersion}`,
            run: () =>
              openCompare(
                dataset,
                branch.parentBranch === undefined
                  ? { version: branch.parentVersion }
                  : { branch: branch.parentBranch, version: branch.parentVersion },
                from,
              ),
          },
        ]),
    { kind: 'separator', id: 'after-look' },
    {
      id: 'branch',
      label: 'Branch from its newest version…',
      icon: <GitBranchPlus aria-hidden />,
      ...write,
      disabled: isBroken || refusal !== undefined,
      run: () => ask({ kind: 'create-branch', dataset, from }),
    },
    ...(branch === null
      ? []
      : [
          {
            id: 'delete',
            label: 'Delete branch…',
            icon: <Trash2 aria-hidden />,
            danger: true,
            ...write,
            disabled: refusal !== undefined,
            run: () => ask({ kind: 'delete-branch', dataset, name: branch.name }),
          },
        ]),
  ]
}
