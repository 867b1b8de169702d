import { X } from 'lucide-react'
import { Chip } from '#renderer/ui/chip.tsx'
import { idleReason, PARAMS, paramValue, withParam } from './params.ts'
import styles from './params.module.css'
import type { ParamsProps } from './params-popover.tsx'

/** Parameters that were changed, each with a way back. Those without effect are marked. */
export function ParamChips({ draft, capability, onChange }: ParamsProps) {
  const changed = PARAMS.flatMap((info) => {
    const value = paramValue(draft.params, info.id)
    return value === undefined ? [] : [{ ...info, value, idle: idleReason(info.id, draft, capability) }]
  })
  if (changed.length === 0) return null
  return (
    <div className={styles.chips} role="group" aria-label="Changed parameters">
      {changed.map(({ id, label, value, idle }) => (
        <Chip key={id} tone={idle === null ? 'accent' : 'quiet'} className={styles.chip} title={idle ?? undefined}>
          {value === true ? label : `${label}: ${String(value)}`}
          {idle !== null && ' (no effect)'}
          <button
            type="button"
            aria-label={`Take back ${label}`}
            onClick={() => onChange({ params: withParam(draft.params, id, undefined) })}
          >
            <X aria-hidden />
          </button>
        </Chip>
      ))}
    </div>
  )
}
