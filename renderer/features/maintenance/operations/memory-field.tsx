import { formatBytes, formatCount } from '#shared/model/format.ts'
import type { Forecast } from '#shared/model/maintenance.ts'
import { Caution } from '#renderer/ui/caution.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { MEMORY_LEAST_MB, MEMORY_MOST_MB, parseMemory, setMemoryText, useMemoryText } from '../memory.ts'
import { cx } from '#renderer/ui/cx.ts'
import form from '#renderer/ui/form.module.css'
import styles from './operations.module.css'

/** How much memory the job may take: beyond it the job is ended. Half of the machine's unless something is typed. */
export function MemoryField({ forecast }: { readonly forecast: Forecast }) {
  const text = useMemoryText()
  const ceiling = parseMemory(text)
  const { memoryLimitBytes, peakMemoryAbout } = forecast
  const limit = ceiling ?? memoryLimitBytes
  return (
    <>
      <div className={cx(form.field, styles.field)}>
        <span className={form.label}>Memory at most</span>
        <div className={styles.inputs}>
          <TextField
            className={styles.number}
            label="Memory at most, in MB"
            inputMode="numeric"
            mono
            placeholder={formatCount(Math.round(memoryLimitBytes / 1e6))}
            value={text}
            invalid={ceiling === null}
            onChange={(event) => setMemoryText(event.target.value)}
          />
          MB
          <span className={styles.quiet} title="A job that takes more is ended; what it committed stays.">
            {ceiling === null
              ? `A whole number from ${formatCount(MEMORY_LEAST_MB)} to ${formatCount(MEMORY_MOST_MB)}, or nothing.`
              : ceiling === undefined
                ? 'half of this machine’s'
                : 'for jobs from here, until the window closes'}
          </span>
        </div>
      </div>
      {ceiling !== null && peakMemoryAbout !== undefined && peakMemoryAbout > limit && (
        <Caution role="note">
          It takes about {formatBytes(peakMemoryAbout)}, so it would be ended before it is done. What it commits until
          then stays.
        </Caution>
      )}
    </>
  )
}
