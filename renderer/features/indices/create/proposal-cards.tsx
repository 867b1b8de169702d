import type { UseQueryResult } from '@tanstack/react-query'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatCount, formatDuration } from '#shared/model/format.ts'
import type { IndexProposal, IndexProposals, IndexType } from '#shared/model/index-entry.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import form from '#renderer/ui/form.module.css'
import styles from './create.module.css'

export interface ProposalCardsProps {
  readonly proposals: UseQueryResult<IndexProposals>
  readonly chosen: IndexType | undefined
  readonly onChoose: (proposal: IndexProposal) => void
}

/** The types of index a column could have, with why and at what cost; the impossible ones below. */
export function ProposalCards({ proposals, chosen, onChoose }: ProposalCardsProps) {
  if (proposals.isError) {
    return (
      <ErrorNotice
        layout="line"
        title="What would suit this column could not be worked out"
        error={toErrorValue(proposals.error)}
        onRetry={() => void proposals.refetch()}
      />
    )
  }
  if (proposals.data === undefined) return <Spinner label="Looking at the column" />
  const { distinct } = proposals.data
  const possible = proposals.data.proposals.filter(({ refused }) => refused === undefined)
  const refused = proposals.data.proposals.filter((one) => one.refused !== undefined)
  return (
    <>
      <div className={styles.cards} role="radiogroup" aria-label="Type of index">
        {possible.map((proposal) => (
          <Card
            key={proposal.type}
            proposal={proposal}
            isChosen={proposal.type === chosen}
            onChoose={() => onChoose(proposal)}
          />
        ))}
        {possible.length === 0 && <Caution>No index can be built on this column.</Caution>}
      </div>
      {distinct !== undefined && (
        <p className={form.hint}>
          {formatCount(distinct.values)} different values among {formatCount(distinct.sampledRows)} rows looked at.
        </p>
      )}
      {refused.length > 0 && (
        <details className={styles.refused} open={possible.length === 0}>
          <summary>{refused.map(({ type }) => type).join(', ')} cannot be built here</summary>
          <ul className={styles.list}>
            {refused.map((one) => (
              <li key={one.type}>
                <b>{one.type}</b>: {one.refused}
              </li>
            ))}
          </ul>
        </details>
      )}
    </>
  )
}

interface CardProps {
  readonly proposal: IndexProposal
  readonly isChosen: boolean
  readonly onChoose: () => void
}

function Card({ proposal, isChosen, onChoose }: CardProps) {
  const { type, recommended, reason, warning, estimatedBytes, estimatedSeconds } = proposal
  return (
    <label className={styles.card} data-chosen={isChosen}>
      <input type="radio" name="index-type" checked={isChosen} onChange={onChoose} aria-label={type} />
      <span className={styles.cardText}>
        <span className={styles.cardHead}>
          <b>{type}</b>
          {recommended && <Chip tone="ok">recommended</Chip>}
          <span className={styles.cost}>
            {estimatedBytes === null ? 'size unknown' : `about ${formatBytes(estimatedBytes)}`} ·{' '}
            {estimatedSeconds === null ? 'time unknown' : `about ${formatDuration(estimatedSeconds * 1000)}`}
          </span>
        </span>
        <span className={styles.reason}>{reason}</span>
        {warning !== undefined && <span className={styles.cardWarning}>{warning}</span>}
      </span>
    </label>
  )
}
