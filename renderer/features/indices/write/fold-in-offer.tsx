import { formatDuration, formatNoun } from '#shared/model/format.ts'
import { useActiveJobs } from '#renderer/features/jobs/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { startFoldIn } from '../commands.ts'
import styles from './dialogs.module.css'
import { forecastText } from './fold-in-times.ts'
import { useIndexRefusal } from './refusal.ts'
import { useForecast } from './use-forecast.ts'

export interface FoldInOfferProps {
  readonly tab: DatasetTab
  /** Rows outside the index. */
  readonly rows: number
}

/** Offers to fold rows in where they were met outside an index, says how long that takes if that is known, or why not. */
export function FoldInOffer({ tab, rows }: FoldInOfferProps) {
  const refusal = useIndexRefusal(tab)
  const isWorking = useActiveJobs(tab.dataset).some(({ operation }) => operation === 'indices.optimize')
  const expected = useForecast(tab.dataset, rows)
  if (refusal !== undefined) return <span className={styles.offer}>{refusal}</span>
  if (isWorking) return <Spinner label="Folding in" />
  const time = expected === undefined ? '' : ` (${forecastText(expected)})`
  const about =
    expected === undefined
      ? 'How long it takes is not known: no fold-in of such a size was made here yet.'
      : `By the fold-in of ${formatNoun(expected.from.rows, 'row')} that took ${formatDuration(expected.from.ms)} here.`
  return (
    <Button kind="link" title={about} onClick={() => startFoldIn(tab)}>
      Fold in now{time}
    </Button>
  )
}
