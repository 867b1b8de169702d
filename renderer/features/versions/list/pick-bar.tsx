import { GitCompareArrows, X } from 'lucide-react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { formatCount } from '#shared/model/format.ts'
import { pairOf } from '../state/picks.ts'
import { setPicks, useHistoryView } from '../state/view-store.ts'
import { comparePicked, compareVersions } from './compare.ts'
import styles from './pick-bar.module.css'

/** What is picked for comparison, and the way to it. Nothing while nothing is picked. */
export function PickBar({ tab }: { readonly tab: DatasetTab }) {
  const { picks } = useHistoryView(tab)
  const pair = pairOf(picks)
  const [first] = picks
  if (first === undefined) return null
  return (
    <div className={styles.bar} role="status" aria-label="Picked versions">
      {pair === null ? (
        <>
          <span>
            <b>v{formatCount(first)}</b> is picked. Pick another one to compare it with.
          </span>
          {first !== tab.latestVersion && (
            <Button onClick={() => compareVersions(tab, first, tab.latestVersion)}>
              <GitCompareArrows aria-hidden />
              Compare with v{formatCount(tab.latestVersion)}, the newest
            </Button>
          )}
        </>
      ) : (
        <>
          <span>
            <b>v{formatCount(pair.older)}</b> and <b>v{formatCount(pair.newer)}</b> are picked.
          </span>
          <Button kind="primary" onClick={() => comparePicked(tab)}>
            <GitCompareArrows aria-hidden />
            Compare
          </Button>
        </>
      )}
      <IconButton label="Let the picked versions go" onClick={() => setPicks(tab, [])}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
