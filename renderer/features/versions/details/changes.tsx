import { copyText } from '#renderer/ui/clipboard.ts'
import { Button } from '#renderer/ui/button.tsx'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { ChangeList } from './change-list.tsx'
import { entryChangeText, idRuns, schemaChangeText } from './change-text.ts'
import { Pairs, Section } from './section.tsx'
import styles from './sections.module.css'
import { type StepAmount, type StepLine, stepLines } from './step-lines.ts'

interface DetailsProps {
  readonly details: VersionDetails
}

/** The filter of a delete, in full. */
export function Predicate({ details: { predicate } }: DetailsProps) {
  if (predicate === undefined) return null
  return (
    <Section
      title="Deleted where"
      action={
        <Button kind="link" onClick={() => void copyText(predicate, 'Filter')}>
          Copy
        </Button>
      }
    >
      <pre className={styles.code}>{predicate}</pre>
    </Section>
  )
}

export interface StepFiguresProps extends DetailsProps {
  /** True where the totals, and what became of rows and fragments, stand elsewhere. */
  readonly isBrief?: boolean
}

/** What the step added and took away. */
export function StepFigures({ details, isBrief = false }: StepFiguresProps) {
  const { comparedTo, fragments } = details
  const against = comparedTo === null ? 'Nothing older to compare with' : `Against version ${comparedTo}`
  const lines = stepLines(details).filter((line) => !isBrief || isFileStep(line))
  const pairs = (['added', 'removed', 'changed'] as const).flatMap((kind) => {
    const ids = fragments?.[kind] ?? []
    return ids.length === 0 ? [] : [{ name: `Fragments ${kind}`, value: <FragmentIds ids={ids} /> }]
  })
  return (
    <Section title={against}>
      <table className={styles.table}>
        <tbody>
          {lines.map((line) => (
            <tr key={line.name}>
              <th scope="row">{line.name}</th>
              {!isBrief && <td>{line.now}</td>}
              <td className={styles.more}>
                <Amount amount={line.added} />
              </td>
              <td className={styles.less}>
                <Amount amount={line.removed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {pairs.length > 0 && <Pairs pairs={pairs} />}
      {comparedTo !== null && lines.length + pairs.length === 0 && (
        <span className={styles.quiet}>No file came or went.</span>
      )}
    </Section>
  )
}

/** Changes of schema, configuration and metadata; nothing where there are none. */
export function Changes({ details }: DetailsProps) {
  const { schemaChanges, configChanges, tableMetadataChanges, schemaMetadataChanges } = details
  const groups = [
    { title: 'Schema changes', changes: (schemaChanges ?? []).map(schemaChangeText) },
    { title: 'Configuration changes', changes: (configChanges ?? []).map(entryChangeText) },
    { title: 'Table metadata changes', changes: (tableMetadataChanges ?? []).map(entryChangeText) },
    { title: 'Schema metadata changes', changes: (schemaMetadataChanges ?? []).map(entryChangeText) },
  ]
  return groups
    .filter(({ changes }) => changes.length > 0)
    .map(({ title, changes }) => (
      <Section key={title} title={title}>
        <ChangeList label={title} changes={changes} />
      </Section>
    ))
}

function isFileStep({ name, added, removed }: StepLine): boolean {
  return name !== 'Rows' && name !== 'Fragments' && (added !== null || removed !== null)
}

/** Breaks between its two figures where the column is narrow. */
function Amount({ amount }: { readonly amount: StepAmount | null }) {
  if (amount === null) return null
  return (
    <span className={styles.amount}>
      <span>{amount.count}</span>
      {amount.size !== undefined && <span>{amount.size}</span>}
    </span>
  )
}

function FragmentIds({ ids }: { readonly ids: readonly number[] }) {
  return (
    <>
      <span className={styles.quiet}>{ids.length === 1 ? 'id' : 'ids'}</span>{' '}
      <span className={styles.mono}>{idRuns(ids)}</span>
    </>
  )
}
