import { Popover } from '@base-ui/react/popover'
import { RotateCcw, SlidersHorizontal } from 'lucide-react'
import { useId } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { cx } from '#renderer/ui/cx.ts'
import type { Capability } from './capability.ts'
import type { SearchDraft } from './search-draft.ts'
import { NumberField } from './number-field.tsx'
import { idleReason, METRICS, type ParamInfo, PARAMS, paramValue, type ParamValue, withParam } from './params.ts'
import styles from './params.module.css'

export interface ParamsProps {
  readonly draft: SearchDraft
  readonly capability: Capability
  readonly onChange: (change: Partial<SearchDraft>) => void
}

/** Every parameter of a search, each with what it does. Those without effect here say why. */
export function ParamsPopover({ draft, capability, onChange }: ParamsProps) {
  return (
    <Popover.Root>
      <Popover.Trigger
        render={
          <Button>
            <SlidersHorizontal aria-hidden />
            Parameters
          </Button>
        }
      />
      <Popover.Portal>
        <Popover.Positioner sideOffset={4} align="end" className={styles.positioner}>
          <Popover.Popup className={styles.popup} aria-label="Parameters of the search">
            <div className={styles.list}>
              {PARAMS.map((info) => (
                <ParamLine
                  key={info.id}
                  info={info}
                  value={paramValue(draft.params, info.id)}
                  idle={idleReason(info.id, draft, capability)}
                  onChange={(value) => onChange({ params: withParam(draft.params, info.id, value) })}
                />
              ))}
            </div>
            <Button
              kind="ghost"
              disabled={Object.keys(draft.params).length === 0}
              onClick={() => onChange({ params: {} })}
            >
              <RotateCcw aria-hidden />
              Back to the defaults
            </Button>
          </Popover.Popup>
        </Popover.Positioner>
      </Popover.Portal>
    </Popover.Root>
  )
}

interface ParamLineProps {
  readonly info: ParamInfo
  readonly value: ParamValue | undefined
  readonly idle: string | null
  readonly onChange: (value: ParamValue | undefined) => void
}

function ParamLine({ info, value, idle, onChange }: ParamLineProps) {
  const about = useId()
  return (
    <div className={cx(styles.line, idle !== null && styles.idle)} role="group" aria-describedby={about}>
      <span className={styles.label}>{info.label}</span>
      <ParamInput {...{ info, value, onChange }} isDisabled={idle !== null} />
      <p id={about} className={styles.about}>
        {info.about} <span className={styles.default}>Default: {info.default}.</span>{' '}
        {idle !== null && <span className={styles.reason}>{idle}</span>}
      </p>
    </div>
  )
}

function ParamInput({
  info,
  value,
  isDisabled,
  onChange,
}: Omit<ParamLineProps, 'idle'> & { readonly isDisabled: boolean }) {
  switch (info.input) {
    case 'choice':
      return (
        <select
          className={styles.choice}
          aria-label={info.label}
          disabled={isDisabled}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.target.value === '' ? undefined : event.target.value)}
        >
          <option value="">default</option>
          {METRICS.map((metric) => (
            <option key={metric}>{metric}</option>
          ))}
        </select>
      )
    case 'switch':
      return (
        <input
          type="checkbox"
          aria-label={info.label}
          disabled={isDisabled}
          checked={value === true}
          onChange={(event) => onChange(event.target.checked ? true : undefined)}
        />
      )
    case 'number':
      return (
        <NumberField
          label={info.label}
          value={typeof value === 'number' ? value : undefined}
          placeholder={info.default}
          min={info.min}
          max={info.max}
          isWhole={info.isWhole}
          isDisabled={isDisabled}
          onChange={onChange}
        />
      )
  }
}
