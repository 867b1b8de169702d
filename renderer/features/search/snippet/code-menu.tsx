import { Code } from 'lucide-react'
import type { Ref } from '#shared/model/ref.ts'
import type { SearchResult } from '#shared/model/search.ts'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { Menu } from '#renderer/ui/menu.tsx'
import type { Embedded, EngineQuery } from '../query/embedding.ts'
import { toPython } from './python.ts'
import { toSql } from './sql.ts'
import { toTypeScript } from './typescript.ts'

export interface CodeMenuProps {
  readonly location: string
  readonly at: Ref
  readonly query: EngineQuery
  readonly result: SearchResult
  readonly embedded: Embedded | undefined
}

/** The search as code, for the clipboard. */
export function CodeMenu({ location, at, query, result, embedded }: CodeMenuProps) {
  const { vectorColumn, textColumns } = result
  const code = { location, at, query, vectorColumn, textColumns, embedded }
  return (
    <Menu
      align="end"
      items={[
        { id: 'python', label: 'Copy as Python', run: () => void copyText(toPython(code), 'Python') },
        {
          id: 'typescript',
          label: 'Copy as TypeScript',
          run: () => void copyText(toTypeScript(code), 'TypeScript'),
        },
        { id: 'sql', label: 'Copy as SQL for DuckDB', run: () => void copyText(toSql(code), 'SQL') },
        { id: 'json', label: 'Copy as npm run call', run: () => void copyText(toCall(code), 'Command') },
      ]}
      trigger={
        <Button aria-label="Copy this search as code">
          <Code aria-hidden />
        </Button>
      }
    />
  )
}

/** The same search from the command line, for a POSIX shell. */
function toCall({ location, at, query }: Omit<CodeMenuProps, 'result' | 'embedded'>): string {
  const quoted = (value: string): string => `'${value.replaceAll("'", `'\\''`)}'`
  return `npm run call -- search.run ${quoted(JSON.stringify({ ref: at, ...query }))} --dataset ${quoted(location)}\n`
}
