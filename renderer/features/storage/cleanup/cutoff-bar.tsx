import { ChevronDown, GitBranch } from 'lucide-react'
import { useState } from 'react'
import type { VersionStorage } from '#shared/model/storage.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { Button } from '#renderer/ui/button.tsx'
import { fromLocalField, toLocalField } from '#renderer/ui/local-field.ts'
import { Menu } from '#renderer/ui/menu.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import styles from './cutoff-bar.module.css'
import { cutoffAt, cutoffAtStep, DEFAULT_AGE_MS, keptSentence, positionOf, TIME_STEPS, timeStepOf } from './cutoff.ts'
import type { CleanupControl } from './use-cleanup.ts'
import { branchesOf } from './words.ts'

type Scale = 'version' | 'time'

const SCALES = [
  { id: 'version', label: 'By version' },
  { id: 'time', label: 'By time' },
] as const

export interface CutoffBarProps {
  readonly cleanup: CleanupControl
  readonly versions: readonly VersionStorage[]
  readonly nowMs: number
}

/** Chooses the cut-off: by version, by time, or as a date. */
export function CutoffBar({ cleanup, versions: all, nowMs }: CutoffBarProps) {
  const { versions, cutoffMs, setCutoff } = cleanup
  const [scale, setScale] = useState<Scale>('version')
  const isByVersion = scale === 'version'
  const last = Math.max(0, versions.length - 1)
  const sentence = keptSentence(versions, cutoffMs)
  const choose = (value: number): void => {
    const ms = isByVersion ? cutoffAt(versions, value) : cutoffAtStep(versions, value)
    if (ms !== undefined) setCutoff(ms)
  }
  return (
    <section className={styles.bar} aria-label="Cut-off">
      <div className={styles.row}>
        <b className={styles.title}>Keep versions newer than</b>
        <Segmented label="Scale of the slider" options={SCALES} value={scale} onChange={setScale} />
        <input
          type="range"
          className={styles.slider}
          aria-label="Keep versions newer than"
          aria-valuetext={`${sentence}, cut-off ${formatAbsoluteTime(new Date(cutoffMs).toISOString())}`}
          min={0}
          max={isByVersion ? last : TIME_STEPS}
          step={1}
          value={isByVersion ? positionOf(versions, cutoffMs) : timeStepOf(versions, cutoffMs)}
          disabled={last === 0}
          onChange={(event) => choose(event.target.valueAsNumber)}
        />
        <output className={styles.kept}>{sentence}</output>
      </div>
      <div className={styles.row}>
        <BranchChoice cleanup={cleanup} versions={all} />
        <input
          type="datetime-local"
          aria-label="Cut-off"
          step={1}
          className={styles.date}
          value={toLocalField(cutoffMs)}
          onChange={(event) => {
            const ms = fromLocalField(event.target.value)
            if (ms !== undefined) setCutoff(ms)
          }}
        />
        <Button kind="link" onClick={() => setCutoff(nowMs - DEFAULT_AGE_MS)}>
          7 days, LanceDB’s default
        </Button>
        <Button kind="link" onClick={() => setCutoff(cutoffAt(versions, last) ?? cutoffMs)}>
          Only the newest
        </Button>
        <label className={styles.check} title="LanceDB’s deleteUnverified: safe only while nobody is writing">
          <input
            type="checkbox"
            checked={cleanup.deleteUnverified}
            onChange={(event) => cleanup.setDeleteUnverified(event.target.checked)}
          />
          Also unused files younger than 7 days
        </label>
      </div>
    </section>
  )
}

function BranchChoice({ cleanup, versions }: Pick<CutoffBarProps, 'cleanup' | 'versions'>) {
  const branches = branchesOf(versions)
  if (branches.length < 2) return null
  return (
    <Menu
      trigger={
        <Button aria-label={`Branch cleaned up: ${cleanup.branch ?? 'main'}`}>
          <GitBranch aria-hidden />
          {cleanup.branch ?? 'main'}
          <ChevronDown aria-hidden />
        </Button>
      }
      items={branches.map((branch) => ({
        id: `branch:${branch ?? ''}`,
        label: branch ?? 'main',
        checked: branch === cleanup.branch,
        run: () => cleanup.setBranch(branch),
      }))}
    />
  )
}
