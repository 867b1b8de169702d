import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import { useState } from 'react'
import { formatBytes, formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { Finding } from '#shared/model/storage.ts'
import { openOperation, openPart } from '#renderer/features/maintenance/index.ts'
import { type DatasetTab, inspect, showView } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import cards from '#renderer/ui/severity-card.module.css'
import { SeverityCard } from '#renderer/ui/severity-card.tsx'
import { CopyCodeMenu } from '../copy-code-menu.tsx'
import type { Remedy } from '../remedy-code.ts'
import { showFile } from '../sub-views.ts'
import { linkOf } from './finding-link.ts'
import { fileOf } from './findings.ts'
import styles from './findings-view.module.css'

const SEVERITIES = {
  problem: { Icon: CircleAlert, tone: 'bad', title: 'problem' },
  warning: { Icon: TriangleAlert, tone: 'warn', title: 'warning' },
  note: { Icon: Info, tone: 'quiet', title: 'note' },
} as const

export function FindingCard({ tab, finding }: { readonly tab: DatasetTab; readonly finding: Finding }) {
  const { severity, title, remedy, bytes } = finding
  const { Icon, tone, title: severityTitle } = SEVERITIES[severity]
  const code = remedyOf(finding)
  return (
    <SeverityCard
      icon={Icon}
      tone={tone}
      title={
        <>
          {title} <Chip tone={tone}>{severityTitle}</Chip>
          {bytes !== undefined && <Chip title={formatExactBytes(bytes)}>frees about {formatBytes(bytes)}</Chip>}
        </>
      }
    >
      <Evidence tab={tab} finding={finding} />
      <Links tab={tab} finding={finding} />
      <p className={styles.remedy}>
        <span>{remedy}</span>
        <WayOn tab={tab} finding={finding} />
        {code !== null && <CopyCodeMenu tab={tab} branch={tab.branch} remedy={code} />}
      </p>
    </SeverityCard>
  )
}

/** To where it is done. Maintenance is of main. */
function WayOn({ tab, finding }: PartProps) {
  const link = tab.branch === undefined ? linkOf(finding) : undefined
  if (link === undefined) return null
  const follow = (): void => {
    if (link.to === 'operation') openOperation(tab.dataset, link.kind, link.fields)
    else if (link.to === 'leftovers') openPart(tab.dataset, 'leftovers')
    else showView(tab.dataset, 'indices')
  }
  return <Button onClick={follow}>{link.label}</Button>
}

/** Rebuilding an index needs its settings and lost files need a copy: neither is one line of code. */
function remedyOf({ action }: Finding): Remedy | null {
  switch (action) {
    case 'compact':
    case 'optimize-indices':
    case 'clean-up':
      return { kind: action }
    case 'rebuild-index':
    case 'restore-files':
    case null:
      return null
  }
}

const EVIDENCE_SHOWN = 5

interface PartProps {
  readonly tab: DatasetTab
  readonly finding: Finding
}

function Evidence({ tab, finding }: PartProps) {
  const { evidence: lines } = finding
  const [isOpen, setOpen] = useState(false)
  const shown = isOpen ? lines : lines.slice(0, EVIDENCE_SHOWN)
  return (
    <>
      <ul className={cards.evidence} aria-label="Evidence">
        {shown.map((line, index) => (
          <li key={index}>
            <EvidenceLine line={line} path={fileOf(line, finding)} tab={tab} />
          </li>
        ))}
      </ul>
      {lines.length > shown.length && (
        <Button kind="link" onClick={() => setOpen(true)}>
          {formatNoun(lines.length - shown.length, 'more line')}
        </Button>
      )}
    </>
  )
}

function EvidenceLine({
  line,
  path,
  tab,
}: { readonly line: string; readonly path: string | undefined } & Pick<PartProps, 'tab'>) {
  if (path === undefined) return line
  return (
    <>
      <PathLink tab={tab} path={path} />
      {line.slice(path.length)}
    </>
  )
}

function PathLink({ tab, path }: { readonly path: string } & Pick<PartProps, 'tab'>) {
  return (
    <Button kind="link" className={cards.path} title={path} onClick={() => showFile(tab.dataset, path)}>
      {path}
    </Button>
  )
}

const LINKS_SHOWN = 8

function Links({ tab, finding }: PartProps) {
  const { fragments = [], indices = [], evidence } = finding
  // Evidence that names the files links to them itself; what lies elsewhere cannot be shown.
  const isNamed = evidence.some((line) => fileOf(line, finding) !== undefined)
  const paths = isNamed ? [] : (finding.paths ?? []).filter((path) => !path.startsWith('/'))
  if (fragments.length + indices.length + paths.length === 0) return null
  const showFragment = (fragmentId: number): void => {
    inspect(tab.dataset, { kind: 'fragment', fragmentId })
    showView(tab.dataset, 'fragments')
  }
  return (
    <div className={styles.links}>
      {fragments.slice(0, LINKS_SHOWN).map((id) => (
        <Button key={id} kind="link" onClick={() => showFragment(id)}>
          Fragment {id}
        </Button>
      ))}
      {fragments.length > LINKS_SHOWN && <span>and {formatNoun(fragments.length - LINKS_SHOWN, 'more fragment')}</span>}
      {indices.map((name) => (
        <Chip key={name}>index {name}</Chip>
      ))}
      {paths.slice(0, LINKS_SHOWN).map((path) => (
        <PathLink key={path} tab={tab} path={path} />
      ))}
      {paths.length > LINKS_SHOWN && <span>and {formatNoun(paths.length - LINKS_SHOWN, 'more file')}</span>}
    </div>
  )
}
