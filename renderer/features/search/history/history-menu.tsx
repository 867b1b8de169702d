import { Bookmark, Clock } from 'lucide-react'
import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Menu } from '#renderer/ui/menu.tsx'
import type { MenuItem } from '#renderer/ui/menu-items.ts'
import type { Draft } from '../query/draft.ts'
import { keepProblem, searchTitle } from './log.ts'
import { SavedDialog, SaveDialog } from './saved-dialogs.tsx'
import type { SearchLog } from './use-log.ts'

export interface HistoryMenuProps {
  readonly log: SearchLog
  readonly draft: Draft
  /** Fills the form and runs it. */
  readonly onRecall: (draft: Draft) => void
}

/** Searches run before, and those kept by name. */
export function HistoryMenu({ log, draft, onRecall }: HistoryMenuProps) {
  const [open, setOpen] = useState<'save' | 'manage' | null>(null)
  const close = (): void => setOpen(null)
  const { history, saved } = log
  const problem = keepProblem(draft)
  const recent: readonly MenuItem[] = [
    { kind: 'label', id: 'title', label: history.length === 0 ? 'No searches run yet' : 'Recent searches' },
    ...history.map((past): MenuItem => ({
      id: past.at,
      label: searchTitle(past.draft),
      run: () => onRecall(past.draft),
    })),
    ...(history.length === 0
      ? []
      : [
          { kind: 'separator' as const, id: 'before-clear' },
          { id: 'clear', label: 'Forget recent searches', run: () => log.clearHistory() },
        ]),
  ]
  const named: readonly MenuItem[] = [
    // After the closing menu has given the focus back, or it would take it from the dialog.
    {
      id: 'save',
      label: 'Save this search…',
      disabled: problem !== null,
      ...(problem === null ? {} : { note: problem }),
      run: () => void setTimeout(() => setOpen('save')),
    },
    {
      id: 'manage',
      label: 'Rename or delete…',
      disabled: saved.length === 0,
      run: () => void setTimeout(() => setOpen('manage')),
    },
    { kind: 'separator', id: 'before-list' },
    { kind: 'label', id: 'title', label: saved.length === 0 ? 'No saved searches' : 'Saved searches' },
    ...saved.map(({ name, draft: kept }): MenuItem => ({
      id: `saved ${name}`,
      label: name,
      note: searchTitle(kept),
      run: () => onRecall(kept),
    })),
  ]
  return (
    <>
      <Menu
        align="end"
        items={recent}
        trigger={
          <Button aria-label="Recent searches">
            <Clock aria-hidden />
          </Button>
        }
      />
      <Menu
        align="end"
        items={named}
        trigger={
          <Button aria-label="Saved searches">
            <Bookmark aria-hidden />
          </Button>
        }
      />
      {open === 'save' && <SaveDialog log={log} draft={draft} onClose={close} />}
      {open === 'manage' && <SavedDialog log={log} onClose={close} />}
    </>
  )
}
