import { ThumbsDown, ThumbsUp } from 'lucide-react'
import { Fragment } from 'react'
import type { ErrorValue } from '#shared/errors.ts'
import { formatNoun, formatShortDuration } from '#shared/model/format.ts'
import type { AnsweredBy } from '#shared/model/search.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type Grades, judgedAt, qualityOf } from './metrics.ts'
import { movementPath, movements, movementWords } from './movement.ts'
import type { RankedRow, Timing } from './ranking.ts'
import { loneKeys } from './states.ts'
import styles from './compare.module.css'

/** One configuration's answer as it is drawn. */
export interface ShownRanking {
  readonly name: string
  /** Of another state than the one on screen, where a row cannot be looked at. */
  readonly isElsewhere: boolean
  readonly rows: readonly RankedRow[]
  readonly answeredBy?: AnsweredBy
  readonly timing?: Timing
  readonly warnings?: readonly string[]
  readonly error?: ErrorValue
}

export interface RankingsProps {
  readonly rankings: readonly ShownRanking[]
  readonly k: number
  readonly grades: Grades
  readonly onJudge: (row: RankedRow, grade: 0 | 1) => void
  readonly onInspect: (row: RankedRow) => void
}

/** Height of a row and width between two lists, px; the lines are drawn by them. */
const ROW_HEIGHT = 30
const GAP = 56

/** Ranked rows side by side, joined by lines where a row stands in both of two neighbours. */
export function Rankings(props: RankingsProps) {
  const { rankings, k, grades } = props
  const answered = rankings.filter(({ error }) => error === undefined)
  const lone = loneKeys(answered.map(({ rows }) => rows.map(({ key }) => key)))
  return (
    <div className={styles.rankings}>
      {rankings.map((ranking, index) => {
        const next = rankings[index + 1]
        return (
          <Fragment key={ranking.name}>
            <section className={styles.ranking} aria-label={`Answer of ${ranking.name}`}>
              <RankingHead ranking={ranking} k={k} grades={grades} />
              {ranking.error !== undefined && (
                <ErrorNotice title="This search could not be run" error={ranking.error} layout="line" />
              )}
              {ranking.error === undefined && ranking.rows.length === 0 && (
                <p className={styles.none}>No row matches.</p>
              )}
              <ol className={styles.rows}>
                {ranking.rows.map((row, place) => (
                  <Row
                    key={`${row.rowId} ${place}`}
                    row={row}
                    place={place}
                    isLone={lone.has(row.key)}
                    isElsewhere={ranking.isElsewhere}
                    {...props}
                  />
                ))}
              </ol>
            </section>
            {next !== undefined && <Lines left={ranking} right={next} />}
          </Fragment>
        )
      })}
    </div>
  )
}

function RankingHead({ ranking, k, grades }: Pick<RankingsProps, 'k' | 'grades'> & { readonly ranking: ShownRanking }) {
  const { name, rows, answeredBy, timing, warnings = [] } = ranking
  const keys = rows.map(({ key }) => key)
  const quality = qualityOf(keys, grades, k)
  const index = answeredBy?.indices.filter(({ role }) => role !== 'filter').map((one) => one.name)
  return (
    <header className={styles.rankingHead}>
      <h3>{name}</h3>
      {timing !== undefined && (
        <p title={timingWords(timing)}>
          {ranking.isElsewhere && answeredBy !== undefined && `v${answeredBy.version} · `}
          {formatNoun(rows.length, 'row')} in {formatShortDuration(timing.medianMs)}
          {timing.isWarm ? '' : ' (first run)'} ·{' '}
          {index === undefined || index.length === 0 ? 'no index' : index.join(', ')}
        </p>
      )}
      <p className={styles.quality}>
        {ranking.error !== undefined
          ? '–'
          : quality === null
            ? 'nothing judged relevant yet'
            : `nDCG ${quality.ndcg.toFixed(3)} · recall ${quality.recall.toFixed(3)} · RR ${quality.reciprocalRank.toFixed(3)}`}
      </p>
      <p>
        {ranking.error === undefined && `${judgedAt(keys, grades, k)} of ${rows.length} judged`}
        {warnings.length > 0 && (
          <span className={styles.warned} title={warnings.join('\n')}>
            {' '}
            · {formatNoun(warnings.length, 'warning')}
          </span>
        )}
      </p>
    </header>
  )
}

function timingWords({ runs, isWarm }: Timing): string {
  return isWarm
    ? `Median of ${formatNoun(runs, 'search', 'searches')} after one to warm up`
    : 'Run once: too slow to be run again'
}

interface RowProps extends Pick<RankingsProps, 'grades' | 'onJudge' | 'onInspect'> {
  readonly row: RankedRow
  /** 0-based. */
  readonly place: number
  /** In none of the other answers. */
  readonly isLone: boolean
  readonly isElsewhere: boolean
}

function Row({ row, place, isLone, isElsewhere, grades, onJudge, onInspect }: RowProps) {
  const grade = grades.get(row.key)
  return (
    <li className={cx(styles.row, grade === 1 && styles.good, grade === 0 && styles.poor)}>
      <span className={styles.rank}>{place + 1}</span>
      {isElsewhere ? (
        <span className={styles.title} title={row.title}>
          {row.title}
        </span>
      ) : (
        <button type="button" className={styles.title} title={row.title} onClick={() => onInspect(row)}>
          {row.title}
        </button>
      )}
      {isLone && <span className={styles.lone}>only here</span>}
      {row.figure !== null && (
        <span className={styles.figure} title={row.figure.kind}>
          {row.figure.value === 0 ? '0' : row.figure.value.toPrecision(4)}
        </span>
      )}
      <Thumb row={row} grade={grade} of={1} onJudge={onJudge} />
      <Thumb row={row} grade={grade} of={0} onJudge={onJudge} />
    </li>
  )
}

function Thumb({
  row,
  grade,
  of,
  onJudge,
}: Pick<RankingsProps, 'onJudge'> & {
  readonly row: RankedRow
  readonly grade: 0 | 1 | undefined
  readonly of: 0 | 1
}) {
  const Icon = of === 1 ? ThumbsUp : ThumbsDown
  return (
    <button
      type="button"
      className={cx(styles.thumb, grade === of && styles.given)}
      aria-label={`${of === 1 ? 'Relevant' : 'Not relevant'}: ${row.title}`}
      aria-pressed={grade === of}
      onClick={() => onJudge(row, of)}
    >
      <Icon aria-hidden />
    </button>
  )
}

function Lines({ left, right }: { readonly left: ShownRanking; readonly right: ShownRanking }) {
  const all = movements(
    left.rows.map(({ key }) => key),
    right.rows.map(({ key }) => key),
  )
  const height = Math.max(left.rows.length, right.rows.length, 1) * ROW_HEIGHT
  return (
    <svg
      className={styles.lines}
      width={GAP}
      height={height}
      role="img"
      aria-label={`${left.name} and ${right.name}: ${movementWords(all)}`}
    >
      {all.map((movement) => (
        <path
          key={movement.key}
          className={styles[movement.direction]}
          d={movementPath(movement, GAP, ROW_HEIGHT)}
          fill="none"
        />
      ))}
    </svg>
  )
}
