import { Code } from 'lucide-react'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { Menu } from '#renderer/ui/menu.tsx'
import { writeAsPython } from './python.ts'
import { writeAsTypeScript } from './typescript.ts'
import type { WriteCode } from './write-code.ts'

export interface CodeMenuProps {
  readonly location: string
  readonly write: WriteCode
  readonly disabled?: boolean
}

/** A write as code, for the clipboard. Stands at the start of a dialog's buttons. */
export function CodeMenu({ location, write, disabled = false }: CodeMenuProps) {
  return (
    <Menu
      trigger={
        <Button kind="ghost" aria-label="Copy this step as code" disabled={disabled}>
          <Code aria-hidden />
          Copy as…
        </Button>
      }
      items={codeItems(location, write)}
    />
  )
}

/** The lines of a menu that copy a write as code. */
export function codeItems(location: string, write: WriteCode) {
  return [
    {
      id: 'python',
      label: 'Copy as Python',
      run: () => void copyText(writeAsPython(location, write), 'Python'),
    },
    {
      id: 'typescript',
      label: 'Copy as TypeScript',
      run: () => void copyText(writeAsTypeScript(location, write), 'TypeScript'),
    },
  ] as const
}
