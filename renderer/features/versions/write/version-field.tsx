import { useId } from 'react'
import { useVersionLog } from '#renderer/features/history/index.ts'
import { type DatasetTab, useNow } from '#renderer/features/workspace/index.ts'
import { cx } from '#renderer/ui/cx.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import { formatRelativeTime } from '#shared/model/time.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'

export interface VersionFieldProps {
  readonly value: string
  readonly onChange: (text: string) => void
  readonly entry: VersionEntry | undefined
  readonly isLoading: boolean
}

/** A version by its number, with what it is below. */
export function VersionField({ value, onChange, entry, isLoading }: VersionFieldProps) {
  const id = useId()
  return (
    <div className={cx(form.field, styles.field)}>
      <span className={form.label} aria-hidden>
        Version
      </span>
      <TextField
        mono
        label="Version"
        inputMode="numeric"
        className={styles.number}
        value={value}
        invalid={entry === undefined && !isLoading}
        aria-describedby={id}
        onChange={(event) => onChange(event.target.value)}
      />
      <VersionHint id={id} entry={entry} isLoading={isLoading} />
    </div>
  )
}

interface VersionHintProps extends Pick<VersionFieldProps, 'entry' | 'isLoading'> {
  readonly id: string
}

/** What a version is, in one line. */
export function VersionHint({ id, entry, isLoading }: VersionHintProps) {
  const now = useNow()
  const isWrong = entry === undefined && !isLoading
  return (
    <output id={id} className={cx(form.hint, styles.hint, isWrong && styles.wrong)}>
      {entry === undefined
        ? isLoading
          ? 'Reading versions…'
          : 'There is no such version: it was cleaned up or never was.'
        : `${entry.sentence} · ${formatRelativeTime(entry.timestamp, now)}`}
    </output>
  )
}

/** The version a typed number means on the tab's branch. */
export function useTypedVersion(tab: DatasetTab, text: string): Pick<VersionFieldProps, 'entry' | 'isLoading'> {
  const log = useVersionLog(tab)
  const version = /^\s*v?(\d{1,15})\s*$/.exec(text)?.[1]
  return {
    entry: version === undefined ? undefined : log.entries.find((one) => one.version === Number(version)),
    isLoading: version !== undefined && log.status === 'loading',
  }
}
