import { overlapAt } from './metrics.ts'
import type { ShownRanking } from './rankings.tsx'
import styles from './compare.module.css'

export interface OverlapTableProps {
  readonly rankings: readonly ShownRanking[]
  readonly k: number
}

/** How many of the first k rows each two configurations share. */
export function OverlapTable({ rankings, k }: OverlapTableProps) {
  if (rankings.length < 2) return null
  const keys = (ranking: ShownRanking): readonly string[] => ranking.rows.map(({ key }) => key)
  return (
    <table className={styles.table} aria-label={`Overlap at ${k}`}>
      <thead>
        <tr>
          <th scope="col">Overlap@{k}</th>
          {rankings.map(({ name }) => (
            <th key={name} scope="col">
              {name}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {rankings.map((row) => (
          <tr key={row.name}>
            <th scope="row">{row.name}</th>
            {rankings.map((column) => {
              const isKnown = row.error === undefined && column.error === undefined && row !== column
              const share = isKnown ? overlapAt(keys(row), keys(column), k) : null
              return <td key={column.name}>{share === null ? '–' : `${(share * 100).toFixed(0)}%`}</td>
            })}
          </tr>
        ))}
      </tbody>
    </table>
  )
}
