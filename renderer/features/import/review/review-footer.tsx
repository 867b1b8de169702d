import { CircleAlert, Info, TriangleAlert } from 'lucide-react'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import { Spinner } from '#renderer/ui/spinner.tsx'
import type { Draft } from '../state/draft.ts'
import { startImport } from '../state/runs.ts'
import type { SpecResult } from '../state/to-spec.ts'
import { estimateText, gatherProblems } from '../words.ts'
import { whyNotReady } from './ready.ts'
import styles from './review.module.css'

export interface ReviewFooterProps {
  readonly draft: Draft
  readonly result: SpecResult
  readonly preview: ImportPreview | undefined
  /** True when `preview` is of the spec as it stands. */
  readonly isCurrent: boolean
  readonly hasFailed: boolean
  /** Files that take part. */
  readonly included: number
}

/** What it will come to, what keeps it from running, and the button that runs it. */
export function ReviewFooter({ draft, result, preview, isCurrent, hasFailed, included }: ReviewFooterProps) {
  const why = whyNotReady({ draft, result, preview, isCurrent, hasFailed, included })
  // How tables are read is told beside its fields.
  const problems = (preview?.problems ?? []).filter((one) => draft.family !== 'tables' || one.severity !== 'note')
  const isTold = problems.some(({ message }) => message === why?.text)
  return (
    <footer className={styles.footer}>
      {problems.length > 0 && <Problems problems={problems} areNamed={included > 1} />}
      <div className={styles.footerLine}>
        <div className={styles.estimate} role="status" aria-label="Estimate">
          {result.kind === 'spec' && !isCurrent && !hasFailed ? (
            <Spinner label="Working out what it would do" />
          ) : preview === undefined || hasFailed ? null : (
            <>
              <b>{formatNoun(included, 'file')}</b> · {estimateText(preview.estimate)}
            </>
          )}
        </div>
        {why !== undefined && (
          <span className={cx(styles.why, why.isWrong && styles.wrong)}>
            {isTold ? 'It cannot be imported as it is.' : why.text}
          </span>
        )}
        <Button
          kind="primary"
          disabled={why !== undefined}
          onClick={() => result.kind === 'spec' && startImport(result.spec)}
        >
          {buttonText(draft, preview)}
        </Button>
      </div>
    </footer>
  )
}

function buttonText({ target, family }: Draft, preview: ImportPreview | undefined): string {
  if (target.kind === 'existing' && target.mode === 'update' && preview?.update !== undefined) {
    const { new: added, changed, gone } = preview.update
    const lists = target.gone === 'delete' ? [added, changed, gone] : [added, changed]
    const files = lists.reduce((sum, names) => sum + names.length, 0)
    if (files === 0) return 'Nothing to update'
    return files < 1000 ? `Update ${formatNoun(files, 'file')}` : 'Update'
  }
  if (target.kind === 'existing' && target.mode === 'overwrite') return 'Replace its rows'
  if (preview === undefined) return 'Import'
  const { rows, rowsAreExact } = preview.estimate
  const what = family === 'documents' ? 'chunk' : 'row'
  return rowsAreExact ? `Import ${formatNoun(rows, what)}` : `Import about ${formatCount(rows)} ${what}s`
}

export interface ProblemsProps {
  readonly problems: readonly ImportProblem[]
  /** Names the file of what only one has. */
  readonly areNamed?: boolean
}

export function Problems({ problems, areNamed = false }: ProblemsProps) {
  return (
    <ul className={styles.problems} aria-label="Problems">
      {gatherProblems(problems).map(({ severity, message, hint, count, file }) => (
        <li key={`${severity} ${message}`} data-severity={severity}>
          <SeverityIcon severity={severity} />
          <span>
            {areNamed && file !== undefined && <span className={styles.quiet}>{file}: </span>}
            {message}
            {count > 1 && ` (${formatCount(count)} times)`}{' '}
            {hint !== undefined && <span className={styles.quiet}>{hint}</span>}
          </span>
        </li>
      ))}
    </ul>
  )
}

export function SeverityIcon({ severity }: Pick<ImportProblem, 'severity'>) {
  const label = { error: 'Error', warning: 'Warning', note: 'Note' }[severity]
  const Icon = { error: CircleAlert, warning: TriangleAlert, note: Info }[severity]
  return <Icon role="img" aria-label={label} className={styles[severity]} />
}
