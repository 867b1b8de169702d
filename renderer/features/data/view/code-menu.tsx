import { Code } from 'lucide-react'
import { useMemo } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import { toPython } from '../snippet/python.ts'
import type { ViewQuery } from '../snippet/query.ts'
import { toTypeScript } from '../snippet/typescript.ts'

/** The view as code, for the clipboard. */
export function CodeMenu({ query }: { readonly query: ViewQuery }) {
  const items = useMemo<readonly MenuItem[]>(
    () => [
      { id: 'python', label: 'Copy as Python', run: () => void copyText(toPython(query), 'Python') },
      { id: 'typescript', label: 'Copy as TypeScript', run: () => void copyText(toTypeScript(query), 'TypeScript') },
      ...(query.filter === ''
        ? []
        : [{ id: 'sql', label: 'Copy filter (SQL)', run: () => void copyText(query.filter, 'Filter') }]),
    ],
    [query],
  )
  return (
    <Menu
      align="end"
      items={items}
      trigger={
        <Button aria-label="Copy this view as code">
          <Code aria-hidden />
        </Button>
      }
    />
  )
}
