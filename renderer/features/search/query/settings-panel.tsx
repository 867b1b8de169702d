import { DISTANCE_METRICS, type DistanceMetric } from '#shared/model/search.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { Draft, Settings } from './draft.ts'
import { Picker } from './picker.tsx'
import styles from './search-form.module.css'
import { settingsFor } from './settings.ts'

export interface SettingsPanelProps {
  readonly draft: Draft
  readonly onChange: (part: Partial<Settings>) => void
}

const METRICS: readonly { readonly id: DistanceMetric | ''; readonly label: string }[] = [
  { id: '', label: 'as the index has it' },
  ...DISTANCE_METRICS.map((id) => ({ id, label: id })),
]

/** Parameters of the search, each with what it does. */
export function SettingsPanel({ draft, onChange }: SettingsPanelProps) {
  const { settings, mode } = draft
  return (
    <div className={styles.settings} role="group" aria-label="Settings of the search">
      {mode !== 'text' && (
        <label className={styles.setting}>
          <span className={styles.name}>Distance</span>
          <Picker
            label="Distance"
            value={settings.metric}
            options={METRICS}
            onChange={(metric) => onChange({ metric })}
          />
          <span className={styles.help}>Another distance than the index was built for compares every row.</span>
        </label>
      )}
      {settingsFor(draft).map(({ id, title, standard, about }) => (
        <label key={id} className={styles.setting}>
          <span className={styles.name}>{title}</span>
          <TextField
            label={title}
            inputMode="decimal"
            className={styles.value}
            placeholder={standard}
            value={settings[id]}
            onChange={(event) => onChange({ [id]: event.target.value })}
          />
          <span className={styles.help}>{about}</span>
        </label>
      ))}
      {mode !== 'text' && (
        <Choice
          title="Exact"
          about="Compares with every row, past any vector index: slow, and right."
          isOn={settings.exact}
          onChange={(exact) => onChange({ exact })}
        />
      )}
      <Choice
        title="Fast search"
        about="Leaves out rows no index covers, instead of searching them one by one."
        isOn={settings.fast}
        onChange={(fast) => onChange({ fast })}
      />
      <Choice
        title="Filter afterwards"
        about="Searches first and filters what was found: may leave fewer rows than asked for."
        isOn={settings.postfilter}
        onChange={(postfilter) => onChange({ postfilter })}
      />
    </div>
  )
}

interface ChoiceProps {
  readonly title: string
  readonly about: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
}

function Choice({ title, about, isOn, onChange }: ChoiceProps) {
  return (
    <label className={styles.setting}>
      <span className={styles.name}>{title}</span>
      <span className={styles.value}>
        <input type="checkbox" aria-label={title} checked={isOn} onChange={(event) => onChange(event.target.checked)} />
      </span>
      <span className={styles.help}>{about}</span>
    </label>
  )
}
