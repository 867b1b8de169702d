import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { Button } from '#renderer/ui/button.tsx'
import { planReads, readsText } from '../plan/plan-reads.ts'
import { type AskedSearch, usePlan } from './use-search.ts'
import styles from './results.module.css'

const ABOUT =
  'Lance tells them only when it runs the search once more and measures it. By then indices may be in memory. ' +
  'Fetching the rows is not counted.'

/** Bytes and requests of a search: measured at a press, or known from the plan when that was looked at. */
export function ReadsMeter({ asked }: { readonly asked: AskedSearch }) {
  const [isWanted, setWanted] = useState(false)
  const plan = usePlan(asked, true, isWanted)
  const text = useMemo(() => (plan.data === undefined ? null : readsText(planReads(plan.data.tree))), [plan.data])
  if (text !== null) {
    return (
      <span role="status" title={ABOUT}>
        {' · '}
        {text}
      </span>
    )
  }
  if (plan.isFetching) return <span className={styles.hint}> · measuring…</span>
  if (plan.isError) {
    return (
      <Button kind="link" title={toErrorValue(plan.error).message} onClick={() => void plan.refetch()}>
        Bytes could not be measured: try again
      </Button>
    )
  }
  return (
    <Button kind="link" title={ABOUT} onClick={() => setWanted(true)}>
      Measure bytes and requests
    </Button>
  )
}
