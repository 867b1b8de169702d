import { ChevronDown, Code } from 'lucide-react'
import { openTypeScript } from '#renderer/features/data/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { type Remedy, remedyPython, remedyTypeScript } from './remedy-code.ts'

export interface CopyCodeMenuProps {
  readonly tab: Pick<DatasetTab, 'location'>
  readonly branch: string | undefined
  readonly remedy: Remedy
}

/** The remedy as code, for whoever looks after the dataset. */
export function CopyCodeMenu({ tab, branch, remedy }: CopyCodeMenuProps) {
  const place = { location: tab.location, openTypeScript: openTypeScript(tab.location), branch }
  const items: readonly MenuItem[] = [
    {
      id: 'python',
      label: 'Copy as Python',
      note: 'pylance',
      run: () => void copyText(remedyPython(remedy, place), 'Python'),
    },
    {
      id: 'typescript',
      label: 'Copy as TypeScript',
      note: '@lancedb/lancedb',
      run: () => void copyText(remedyTypeScript(remedy, place), 'TypeScript'),
    },
  ]
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <Button>
          <Code aria-hidden />
          Copy as code
          <ChevronDown aria-hidden />
        </Button>
      }
    />
  )
}
