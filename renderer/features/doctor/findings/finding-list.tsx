import { ChevronDown, ChevronRight } from 'lucide-react'
import { useState } from 'react'
import type { DoctorFinding, RepairOffer } from '#shared/model/doctor.ts'
import { formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { SeverityList } from '#renderer/ui/severity-card.tsx'
import { splitFindings } from '../words.ts'
import { FindingCard } from './finding-card.tsx'
import styles from './findings.module.css'

export interface FindingListProps {
  readonly findings: readonly DoctorFinding[]
  readonly location: string
  readonly refusal: string | undefined
  readonly onRepair: (offer: RepairOffer) => void
}

/** Findings, worst first; what is well is folded together below. */
export function FindingList({ findings, ...rest }: FindingListProps) {
  const [isOpen, setOpen] = useState(false)
  const { pressing, passed } = splitFindings(findings)
  const Chevron = isOpen ? ChevronDown : ChevronRight
  return (
    <>
      {pressing.length > 0 && (
        <SeverityList label="Findings">
          {pressing.map((finding, index) => (
            <FindingCard key={`${index} ${finding.check}`} finding={finding} {...rest} />
          ))}
        </SeverityList>
      )}
      {passed.length > 0 && (
        <div className={styles.passed}>
          <Button kind="ghost" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
            <Chevron aria-hidden />
            {formatNoun(passed.length, 'check')} passed
          </Button>
          {isOpen && (
            <SeverityList label="Passed">
              {passed.map((finding, index) => (
                <FindingCard key={`${index} ${finding.check}`} finding={finding} {...rest} />
              ))}
            </SeverityList>
          )}
        </div>
      )}
    </>
  )
}
