import type { ReactNode } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { askRewrite } from '../rewrite-request.ts'

export interface RewriteButtonProps {
  readonly tab: DatasetTab
  readonly fragments: readonly number[]
  readonly children: ReactNode
}

/** Leads to Maintenance with these fragments chosen; only of the newest version of main, which is what is maintained. */
export function RewriteButton({ tab, fragments, children }: RewriteButtonProps) {
  const isNewest = tab.branch === undefined && !tab.timeTravel
  return (
    <Button
      disabled={!isNewest}
      title={isNewest ? undefined : 'Only fragments of the newest version of main are rewritten.'}
      onClick={() => askRewrite(tab.dataset, fragments)}
    >
      {children}
    </Button>
  )
}
