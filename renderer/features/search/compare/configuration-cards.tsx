import { Plus, X } from 'lucide-react'
import { useState } from 'react'
import type { Ref } from '#shared/model/ref.ts'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { Draft, Mode } from '../query/draft.ts'
import { Picker } from '../query/picker.tsx'
import { SettingsPanel } from '../query/settings-panel.tsx'
import { changedSettings } from '../query/settings.ts'
import { type Configuration, CONFIGURATIONS_MAX, withOneMore } from './configuration.ts'
import styles from './compare.module.css'
import { VersionPicker } from './version-picker.tsx'

export interface ConfigurationCardsProps {
  readonly dataset: string
  /** State on screen. */
  readonly at: Ref
  readonly configurations: readonly Configuration[]
  readonly question: Draft
  readonly modes: readonly Mode[]
  /** Vector columns. */
  readonly vectorColumns: readonly string[]
  readonly onChange: (configurations: readonly Configuration[]) => void
}

const USES: Readonly<Record<Mode, string>> = { vector: 'vector', text: 'text', hybrid: 'hybrid' }

/** Up to four ways to search, side by side, and the settings of one of them below. */
export function ConfigurationCards(props: ConfigurationCardsProps) {
  const { configurations, question, onChange } = props
  const [openId, setOpenId] = useState<string | null>(null)
  const open = configurations.find(({ id }) => id === openId)
  const change = (id: string, part: Partial<Configuration>): void =>
    onChange(configurations.map((one) => (one.id === id ? { ...one, ...part } : one)))
  return (
    <div className={styles.configurations}>
      <div className={styles.cards}>
        {configurations.map((one) => (
          <Card
            key={one.id}
            {...props}
            one={one}
            isOpen={one.id === openId}
            onPart={(part) => change(one.id, part)}
            onToggle={() => setOpenId(one.id === openId ? null : one.id)}
            onRemove={() => onChange(configurations.filter(({ id }) => id !== one.id))}
          />
        ))}
        {configurations.length < CONFIGURATIONS_MAX && (
          <Button onClick={() => onChange(withOneMore(configurations))}>
            <Plus aria-hidden /> Add configuration
          </Button>
        )}
      </div>
      {open !== undefined && (
        <SettingsPanel
          draft={{ ...question, mode: open.use, settings: open.settings }}
          onChange={(part) => change(open.id, { settings: { ...open.settings, ...part } })}
        />
      )}
    </div>
  )
}

interface CardProps extends ConfigurationCardsProps {
  readonly one: Configuration
  readonly isOpen: boolean
  readonly onPart: (part: Partial<Configuration>) => void
  readonly onToggle: () => void
  readonly onRemove: () => void
}

function Card(props: CardProps) {
  const { dataset, at, one, configurations, question, modes, vectorColumns, isOpen, onPart, onToggle, onRemove } = props
  const changed = changedSettings({ ...question, settings: one.settings })
  return (
    <fieldset className={styles.card} aria-label={`Configuration ${one.name}`}>
      <div className={styles.cardLine}>
        <TextField
          label="Name of the configuration"
          className={styles.grow}
          value={one.name}
          maxLength={120}
          onChange={(event) => onPart({ name: event.target.value })}
        />
        <Picker
          label="Searches by"
          value={one.use}
          options={modes.map((id) => ({ id, label: USES[id] }))}
          onChange={(use) => onPart({ use })}
        />
        {configurations.length > 1 && (
          <IconButton label={`Remove ${one.name}`} onClick={onRemove}>
            <X aria-hidden />
          </IconButton>
        )}
      </div>
      <div className={styles.cardParts}>
        <TextField
          label="Filter of the configuration (SQL)"
          className={styles.cardFilter}
          mono
          placeholder="where… (SQL)"
          value={one.filter}
          onChange={(event) => onPart({ filter: event.target.value })}
        />
        {vectorColumns.length > 1 && one.use !== 'text' && (
          <Picker
            label="Vector column of the configuration"
            value={one.column}
            options={[{ id: '', label: 'any' }, ...vectorColumns.map((name) => ({ id: name, label: name }))]}
            onChange={(column) => onPart({ column, embedder: undefined })}
          />
        )}
        <VersionPicker
          dataset={dataset}
          name={one.name}
          at={one.at}
          onScreen={at}
          onChange={(state) => onPart({ at: state })}
        />
        <Button aria-expanded={isOpen} onClick={onToggle}>
          Settings{changed > 0 ? ` (${changed})` : ''}
        </Button>
      </div>
    </fieldset>
  )
}
