import { useQuery } from '@tanstack/react-query'
import { fetchWholeValue } from '#renderer/features/data/index.ts'
import { getApi } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { toPlainText } from '#shared/model/arrow/index.ts'
import { formatCount } from '#shared/model/format.ts'
import { formatRef } from '#shared/model/ref.ts'
import type { SearchHit } from '#shared/model/search.ts'
import { columnsOf } from '../query/text-query.ts'
import type { SearchState } from '../query/query-store.ts'
import { excerptOf } from './excerpt.ts'
import { formatFigure } from './hit-columns.ts'
import styles from './hit-details.module.css'
import type { ResultPlace } from './use-result-copy.ts'

export interface HitDetailsProps {
  readonly answer: NonNullable<SearchState['answer']>
  readonly place: ResultPlace
  readonly hit: SearchHit | undefined
}

/** Why one row is among the results: its figures, and where the words stand in it. */
export function HitDetails({ answer, place, hit }: HitDetailsProps) {
  if (hit === undefined) return <p className={styles.none}>There is no result to look at.</p>
  const columns = textColumnsOf(answer)
  return (
    <div className={styles.details}>
      <p className={styles.figures}>{figuresOf(hit).join(' · ')}</p>
      {answer.sent.query.text !== undefined && columns.length > 0 && (
        <Matches {...{ answer, place, hit }} columns={columns} />
      )}
    </div>
  )
}

function Matches({ answer, place, hit, columns }: HitDetailsProps & { hit: SearchHit; columns: readonly string[] }) {
  const { dataset, at, schema } = place
  const { text } = answer.sent.query
  const query = useQuery({
    queryKey: ['search-highlight', dataset, formatRef(at), hit.rowId, JSON.stringify(text), columns.join('\n')],
    gcTime: 30_000,
    queryFn: async ({ signal }) => {
      const found = await getApi().call(
        'search.highlight',
        { dataset, ref: at, text: text ?? '', columns: [...columns], rowIds: [hit.rowId] },
        { signal },
      )
      return Promise.all(
        found.cells
          .filter(({ ranges }) => ranges.length > 0)
          .map(async ({ column, ranges }) => {
            const whole = await fetchWholeValue(getApi(), { dataset, at, rowId: hit.rowId, column }, schema, signal)
            const value = whole.kind === 'value' ? toPlainText(whole.value) : ''
            return { column, count: ranges.length, pieces: excerptOf(value, ranges) }
          }),
      )
    },
  })
  if (query.isError) {
    return (
      <ErrorNotice
        layout="line"
        title="The matches could not be found"
        error={toErrorValue(query.error)}
        onRetry={() => void query.refetch()}
      />
    )
  }
  if (query.data === undefined) return <LoadingState label="Looking for the words" />
  if (query.data.length === 0) return <p className={styles.none}>None of the words stands in this row.</p>
  return (
    <dl className={styles.matches} aria-label="Where the words stand">
      {query.data.map(({ column, count, pieces }) => (
        <div key={column} className={styles.match}>
          <dt title={`${formatCount(count)} places`}>{column}</dt>
          <dd>
            {pieces.map((piece, index) =>
              // oxlint-disable-next-line react/no-array-index-key -- pieces of one text, in order
              piece.isMatch ? <mark key={index}>{piece.text}</mark> : <span key={index}>{piece.text}</span>,
            )}
          </dd>
        </div>
      ))}
    </dl>
  )
}

function textColumnsOf({ sent, result }: HitDetailsProps['answer']): readonly string[] {
  const { text, textColumns } = sent.query
  const named = result.textColumns ?? textColumns ?? (typeof text === 'object' ? columnsOf(text) : [])
  return named.slice(0, 16)
}

function figuresOf(hit: SearchHit): readonly string[] {
  const { rank, rowId, distance, score, relevance, vectorRank, textRank } = hit
  const lists = [
    ...(vectorRank === undefined ? [] : [`place ${formatCount(vectorRank)} by vector`]),
    ...(textRank === undefined ? [] : [`place ${formatCount(textRank)} by text`]),
  ]
  return [
    `Rank ${formatCount(rank)}`,
    ...(relevance === undefined ? [] : [`fused score ${formatFigure(relevance)}`]),
    ...lists,
    ...(distance === undefined ? [] : [`distance ${formatFigure(distance)}`]),
    ...(score === undefined ? [] : [`text score ${formatFigure(score)}`]),
    `row id ${rowId}`,
  ]
}
