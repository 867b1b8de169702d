import { cx } from '#renderer/ui/cx.ts'
import type { CompareSummary } from '#shared/model/compare.ts'
import { factPairs } from './facts.ts'
import styles from './side-facts.module.css'

/** Facts of both states side by side, and by how much they differ. */
export function SideFacts({ from, to }: Pick<CompareSummary, 'from' | 'to'>) {
  return (
    <table className={styles.facts} aria-label="Facts of both states">
      <thead>
        <tr>
          <td />
          <th scope="col">From</th>
          <th scope="col">To</th>
          <th scope="col">Difference</th>
        </tr>
      </thead>
      <tbody>
        {factPairs(from, to).map((fact) => (
          <tr key={fact.name} title={fact.title}>
            <th scope="row">{fact.name}</th>
            <td>{fact.from}</td>
            <td className={cx(fact.from !== fact.to && styles.differs)}>{fact.to}</td>
            <td className={cx(fact.delta !== undefined && (fact.delta.isMore ? styles.more : styles.less))}>
              {fact.delta?.text}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
