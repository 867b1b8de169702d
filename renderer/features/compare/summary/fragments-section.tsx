import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import type { CompareSummary, FragmentStep } from '#shared/model/compare.ts'
import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import { Section } from './section.tsx'
import { SignMark } from './sign-mark.tsx'
import styles from './summary.module.css'
import type { Sign } from './wording.ts'

/** Fragments shown before a person asks for more. */
const STEP = 24

interface Chip {
  readonly id: number
  readonly text: string
}

export interface FragmentsSectionProps {
  readonly fragments: CompareSummary['fragments']
  /** Shows a fragment as it is on one of the sides. */
  readonly onShow: (side: 'from' | 'to', id: number) => void
}

/** Fragments that came, went or changed. What stayed is counted. */
export function FragmentsSection({ fragments, onShow }: FragmentsSectionProps) {
  if (fragments === null) {
    return <Section title="Fragments" result="not comparable: each dataset numbers its own" />
  }
  const { added, removed, deletionsChanged, columnsChanged, kept } = fragments
  const differs = added.length + removed.length + deletionsChanged.length + columnsChanged.length > 0
  return (
    <Section
      title="Fragments"
      result={differs ? `${formatCount(kept)} kept as they are` : `the same ${formatNoun(kept, 'fragment')}`}
    >
      <Group sign="added" title="Added" chips={added.map(stepChip)} onShow={(id) => onShow('to', id)} />
      <Group sign="removed" title="Removed" chips={removed.map(stepChip)} onShow={(id) => onShow('from', id)} />
      <Group
        sign="changed"
        title="Deletions changed"
        chips={deletionsChanged.map(({ id, before, after }) => ({
          id,
          text: `${formatCount(before)} → ${formatCount(after)} deleted`,
        }))}
        onShow={(id) => onShow('to', id)}
      />
      <Group
        sign="changed"
        title="Columns rewritten"
        chips={columnsChanged.map((id) => ({ id, text: '' }))}
        onShow={(id) => onShow('to', id)}
      />
    </Section>
  )
}

function stepChip({ id, rows, bytes }: FragmentStep): Chip {
  return { id, text: bytes === null ? formatNoun(rows, 'row') : `${formatNoun(rows, 'row')} · ${formatBytes(bytes)}` }
}

interface GroupProps {
  readonly sign: Sign
  readonly title: string
  readonly chips: readonly Chip[]
  readonly onShow: (id: number) => void
}

function Group({ sign, title, chips, onShow }: GroupProps) {
  const [shown, setShown] = useState(STEP)
  if (chips.length === 0) return null
  return (
    <div className={styles.group}>
      <span className={styles.groupTitle}>
        <SignMark sign={sign} />
        {title} <span className={styles.figure}>{formatCount(chips.length)}</span>
      </span>
      <ul className={styles.chips} aria-label={`${title}: fragments`}>
        {chips.slice(0, shown).map(({ id, text }) => (
          <li key={id}>
            <button type="button" className={styles.fragment} title="Show this fragment" onClick={() => onShow(id)}>
              <b>{id}</b>
              {text !== '' && <span>{text}</span>}
            </button>
          </li>
        ))}
        {chips.length > shown && (
          <li>
            <Button kind="link" onClick={() => setShown(shown + 10 * STEP)}>
              {formatCount(chips.length - shown)} more
            </Button>
          </li>
        )}
      </ul>
    </div>
  )
}
