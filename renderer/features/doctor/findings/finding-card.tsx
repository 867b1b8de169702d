import { CircleAlert, CircleCheck, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import type { DoctorFinding } from '#shared/model/doctor.ts'
import { formatNoun } from '#shared/model/format.ts'
import { showFile } from '#renderer/features/storage/index.ts'
import { WriteButton } from '#renderer/features/versions/index.ts'
import { activateTab, closeCheck, useWorkspace } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import cards from '#renderer/ui/severity-card.module.css'
import { SeverityCard } from '#renderer/ui/severity-card.tsx'
import { useRealLocation } from '../state/runs.ts'
import { checkWord, isInside, writesDataset } from '../words.ts'
import type { FindingListProps } from './finding-list.tsx'
import styles from './findings.module.css'

const STATUSES = {
  fail: { Icon: CircleAlert, tone: 'bad', word: 'broken' },
  warn: { Icon: TriangleAlert, tone: 'warn', word: 'warning' },
  pass: { Icon: CircleCheck, tone: 'ok', word: 'well' },
} as const

const EVIDENCE_SHOWN = 5
const PATHS_SHOWN = 6

interface FindingCardProps extends Omit<FindingListProps, 'findings'> {
  readonly finding: DoctorFinding
}

/** One finding: what, how it is known, the files, what to do, and the repairs that fit. */
export function FindingCard({ finding, location, refusal, onRepair }: FindingCardProps) {
  const { status, title, evidence, remedy, repairs, check } = finding
  const { Icon, tone, word } = STATUSES[status]
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? evidence : evidence.slice(0, EVIDENCE_SHOWN)
  return (
    <SeverityCard
      icon={Icon}
      tone={tone}
      title={
        <>
          <Chip tone={tone}>{word}</Chip> {title} <span className={styles.check}>{checkWord(check)}</span>
        </>
      }
    >
      {shown.length > 0 && (
        <ul className={cards.evidence} aria-label="Evidence">
          {shown.map((line, index) => (
            <li key={index}>{line}</li>
          ))}
        </ul>
      )}
      {evidence.length > shown.length && (
        <Button kind="link" onClick={() => setOpen(true)}>
          {formatNoun(evidence.length - shown.length, 'more line')}
        </Button>
      )}
      <Files finding={finding} location={location} />
      {(remedy !== undefined || repairs.length > 0) && (
        <div className={styles.remedy}>
          {remedy !== undefined && <p>{remedy}</p>}
          {repairs.length > 0 && (
            <div className={styles.repairs} role="group" aria-label="Repairs">
              {repairs.map((offer) => (
                <WriteButton
                  key={offer.title}
                  refusal={writesDataset(offer.repair.kind) ? refusal : undefined}
                  onClick={() => onRepair(offer)}
                >
                  {offer.title}…
                </WriteButton>
              ))}
            </div>
          )}
        </div>
      )}
    </SeverityCard>
  )
}

/** The files it is about; where the dataset is open, each leads to its place in Storage. */
function Files({ finding: { paths, files }, location }: Pick<FindingCardProps, 'finding' | 'location'>) {
  const place = useRealLocation(location)
  const dataset = useWorkspace(({ tabs }) => tabs.find((tab) => tab.location === place)?.dataset)
  const [isOpen, setOpen] = useState(false)
  if (paths.length === 0) return null
  const shown = isOpen ? paths : paths.slice(0, PATHS_SHOWN)
  const open = (path: string): void => {
    if (dataset === undefined) return
    closeCheck()
    activateTab(dataset)
    showFile(dataset, path)
  }
  return (
    <div className={styles.files} role="group" aria-label="Files">
      {shown.map((path) =>
        dataset !== undefined && isInside(path) ? (
          <Button
            key={path}
            kind="link"
            className={cards.path}
            title={`Show ${path} in Storage`}
            onClick={() => open(path)}
          >
            {path}
          </Button>
        ) : (
          <span key={path} className={cards.path}>
            {path}
          </span>
        ),
      )}
      {paths.length > shown.length && (
        <Button kind="link" onClick={() => setOpen(true)}>
          {formatNoun(paths.length - shown.length, 'more file')}
        </Button>
      )}
      {isOpen && files > paths.length && <span>and {formatNoun(files - paths.length, 'file')} not listed</span>}
    </div>
  )
}
