import type { ReactNode } from 'react'
import { Caution } from '#renderer/ui/caution.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import styles from '../maintenance.module.css'
import { WholeField } from '../operations/field.tsx'
import fieldStyles from '../operations/operations.module.css'
import { parsePercent, type PlanDraft } from './plan.ts'

export interface PlanRulesProps {
  readonly draft: PlanDraft
  readonly onDraft: (part: Partial<PlanDraft>) => void
}

/** The steps of a plan in the order they run, each with when it is due. */
export function PlanRules({ draft, onDraft }: PlanRulesProps) {
  return (
    <fieldset className={styles.rules} aria-label="Rules of the plan">
      <Rule label="Purge deletions" isOn={draft.purge} onChange={(purge) => onDraft({ purge })}>
        when more than
        <PercentField
          label="Deleted rows above, percent"
          value={draft.deletedPercent}
          disabled={!draft.purge}
          onChange={(deletedPercent) => onDraft({ deletedPercent })}
        />
        % of the rows are deleted
      </Rule>
      <Rule label="Compact" isOn={draft.compact} onChange={(compact) => onDraft({ compact })}>
        when more than
        <WholeField
          label="Small fragments above"
          value={draft.smallFragments}
          least={1}
          most={1_000_000}
          disabled={!draft.compact}
          onChange={(smallFragments) => onDraft({ smallFragments })}
        />
        small fragments can be merged
      </Rule>
      <Rule label="Fold rows into indices" isOn={draft.fold} onChange={(fold) => onDraft({ fold })}>
        when an index covers less than
        <PercentField
          label="Coverage below, percent"
          value={draft.coveragePercent}
          disabled={!draft.fold}
          onChange={(coveragePercent) => onDraft({ coveragePercent })}
        />
        % of the rows
      </Rule>
      <Rule label="Clean up old versions" isOn={draft.cleanup} onChange={(cleanup) => onDraft({ cleanup })}>
        keeping
        <WholeField
          label="Keep days"
          value={draft.keepDays}
          least={0}
          most={36_500}
          isOptional
          disabled={!draft.cleanup}
          onChange={(keepDays) => onDraft({ keepDays })}
        />
        days and the newest
        <WholeField
          label="Keep newest versions"
          placeholder="any number"
          value={draft.keepLast}
          least={1}
          most={1_000_000}
          isOptional
          disabled={!draft.cleanup}
          onChange={(keepLast) => onDraft({ keepLast })}
        />
        versions, for good
      </Rule>
      <label className={styles.check}>
        <input
          type="checkbox"
          checked={draft.whenIdle}
          onChange={(event) => onDraft({ whenIdle: event.target.checked })}
        />
        Run what is due by itself when nobody has used the app for five minutes
      </label>
      {draft.whenIdle && draft.cleanup && (
        <Caution role="note">Old versions will then be removed without asking again, which cannot be undone.</Caution>
      )}
    </fieldset>
  )
}

interface RuleProps {
  readonly label: string
  readonly isOn: boolean
  readonly onChange: (isOn: boolean) => void
  readonly children: ReactNode
}

function Rule({ label, isOn, onChange, children }: RuleProps) {
  return (
    <div className={styles.rule}>
      <label className={styles.check}>
        <input type="checkbox" checked={isOn} onChange={(event) => onChange(event.target.checked)} />
        <b>{label}</b>
      </label>
      {children}
    </div>
  )
}

interface PercentFieldProps {
  readonly label: string
  readonly value: string
  readonly disabled: boolean
  readonly onChange: (text: string) => void
}

function PercentField({ value, onChange, ...rest }: PercentFieldProps) {
  return (
    <TextField
      className={fieldStyles.number}
      mono
      value={value}
      invalid={parsePercent(value) === undefined}
      onChange={(event) => onChange(event.target.value)}
      {...rest}
    />
  )
}
