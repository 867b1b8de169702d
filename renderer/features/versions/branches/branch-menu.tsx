import { ChevronDown, GitBranch } from 'lucide-react'
import type { BranchEntry } from '#shared/model/version.ts'
import { useRefs } from '#renderer/features/history/index.ts'
import { type DatasetTab, switchBranch } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'

/** Chooses which branch the whole tab looks at. Hidden while there is nothing but main. */
export function BranchMenu({ tab }: { readonly tab: DatasetTab }) {
  const branches = useRefs(tab).data?.branches ?? []
  if (branches.length === 0 && tab.branch === undefined) return null
  return (
    <Menu
      trigger={
        <Button aria-label={`Branch: ${tab.branch ?? 'main'}`}>
          <GitBranch aria-hidden />
          {tab.branch ?? 'main'}
          <ChevronDown aria-hidden />
        </Button>
      }
      items={[
        {
          id: 'main',
          label: 'main',
          checked: tab.branch === undefined,
          run: () => void switchBranch(tab.dataset, undefined),
        },
        ...branches.map((branch) => toItem(tab, branch)),
      ]}
    />
  )
}

function toItem(tab: DatasetTab, branch: BranchEntry): MenuItem {
  return {
    id: `branch:${branch.name}`,
    label: branch.name,
    checked: tab.branch === branch.name,
    disabled: branch.problem !== undefined,
    note: branch.problem ?? `from ${branch.parentBranch ?? 'main'} v${branch.parentVersion}`,
    run: () => void switchBranch(tab.dataset, branch.name),
  }
}
