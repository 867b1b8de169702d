import { useState } from 'react'
import type { Repair, RepairOffer } from '#shared/model/doctor.ts'
import { formatNoun } from '#shared/model/format.ts'
import { progressShare, progressText } from '#renderer/features/jobs/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { ProgressBar } from '#renderer/ui/spinner.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { backupWords, writesDataset } from '../words.ts'
import form from '#renderer/ui/form.module.css'
import styles from './repair.module.css'
import { cancelRepair, type RepairRun, startRepair, useRepairRun } from './repairs.ts'

export interface RepairDialogProps {
  readonly location: string
  readonly offer: RepairOffer
  readonly refusal: string | undefined
  readonly onClose: () => void
}

/** What a repair does, what it loses and what is kept, before it is done; then how far it is. Closes when it is done. */
export function RepairDialog({ location, offer, refusal, onClose }: RepairDialogProps) {
  const run = useRepairRun(location)
  const [begun, setBegun] = useState(false)
  const [to, setTo] = useState(offer.repair.kind === 'copy-readable' ? offer.repair.to : '')
  const [isTicked, setTicked] = useState(false)
  const { kind } = offer.repair
  const isRunning = run?.kind === 'running'
  const blocked = writesDataset(kind) ? refusal : undefined
  const isReady =
    blocked === undefined &&
    !isRunning &&
    (kind !== 'copy-readable' || to.trim() !== '') &&
    (kind !== 'remove-files' || isTicked)
  const start = (): void => {
    if (!isReady) return
    setBegun(true)
    void startRepair(location, withPlace(offer.repair, to.trim())).then((isDone) => isDone && onClose())
  }
  return (
    <Dialog
      isOpen={!(begun && run?.kind === 'done')}
      // At work it is left by its Cancel only, which says what that means.
      onClose={isRunning ? () => undefined : onClose}
      title={offer.title}
      description={offer.consequence}
      actions={
        isRunning ? (
          <Button onClick={() => void cancelRepair(location)}>Cancel repair</Button>
        ) : (
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button kind={kind === 'remove-files' ? 'danger' : 'primary'} disabled={!isReady} onClick={start}>
              {VERBS[kind]}
            </Button>
          </>
        )
      }
    >
      <form
        className={form.form}
        onSubmit={(event) => {
          event.preventDefault()
          start()
        }}
      >
        <p className={styles.backup}>
          <b>Backup</b> {backupWords(kind)}
        </p>
        {kind === 'copy-readable' && (
          <label className={styles.field}>
            Destination: a new folder ending in .lance, on the machine Tiltyard runs on
            <TextField
              label="Destination"
              mono
              value={to}
              disabled={isRunning}
              onChange={(event) => setTo(event.target.value)}
            />
          </label>
        )}
        {offer.repair.kind === 'remove-files' && (
          <Removed paths={offer.repair.paths} isTicked={isTicked} onTick={setTicked} />
        )}
        {blocked !== undefined && <p className={styles.warn}>{blocked}</p>}
        {begun && run !== undefined && <State run={run} />}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}

const VERBS: Readonly<Record<Repair['kind'], string>> = {
  'set-aside-newest': 'Set aside',
  'copy-readable': 'Write the copy',
  'remove-files': 'Remove',
  'rebuild-index': 'Build again',
  'drop-index': 'Drop',
  'restore-version': 'Go back',
}

function withPlace(repair: Repair, to: string): Repair {
  return repair.kind === 'copy-readable' ? { ...repair, to } : repair
}

interface RemovedProps {
  readonly paths: readonly string[]
  readonly isTicked: boolean
  readonly onTick: (isTicked: boolean) => void
}

/** The files that go, and the tick that they may: they do not come back. */
function Removed({ paths, isTicked, onTick }: RemovedProps) {
  return (
    <>
      <ul className={styles.paths} aria-label="Files to remove" tabIndex={0}>
        {paths.slice(0, 200).map((path) => (
          <li key={path}>{path}</li>
        ))}
        {paths.length > 200 && <li>and {formatNoun(paths.length - 200, 'more file')}</li>}
      </ul>
      <label className={styles.tick}>
        <input type="checkbox" checked={isTicked} onChange={(event) => onTick(event.target.checked)} />
        Remove {formatNoun(paths.length, 'file')} for good
      </label>
    </>
  )
}

function State({ run }: { readonly run: RepairRun }) {
  if (run.kind === 'failed') return <ErrorNotice layout="line" title="The repair was not done" error={run.error} />
  if (run.kind === 'cancelled') return <p role="status">Cancelled. What it had not finished was left out.</p>
  if (run.kind === 'done') return null
  const share = progressShare(run.job?.progress)
  const text = progressText(run.job?.progress)
  return (
    <div className={styles.state}>
      <p role="status" aria-label="Repair in progress">
        {run.job?.title ?? 'Reading the dataset'}
        {text === '' ? '' : ` · ${text}`}
      </p>
      <ProgressBar label="Progress of the repair" {...(share === undefined ? {} : { value: share })} />
    </div>
  )
}
