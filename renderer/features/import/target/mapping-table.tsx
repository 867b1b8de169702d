import type { ColumnMatch } from '#shared/model/import/preview.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip, type ChipProps } from '#renderer/ui/chip.tsx'
import { Choice } from '../review/field.tsx'
import type { Draft } from '../state/draft.ts'
import { editTarget } from '../state/store.ts'
import { MATCH_WORDS } from '../words.ts'
import styles from './target.module.css'

const TONES: Readonly<Record<ColumnMatch['state'], NonNullable<ChipProps['tone']>>> = {
  same: 'ok',
  cast: 'accent',
  null: 'quiet',
  missing: 'bad',
  extra: 'warn',
  conflict: 'bad',
}
/** No column of the rows: the dataset's column is left null. */
const NOTHING = '\u0000'

export interface MappingTableProps {
  readonly matches: readonly ColumnMatch[]
  readonly mapping: Draft['target']['mapping']
  /** Columns of the rows, also those no match names. */
  readonly columns: readonly string[]
}

/** Every column of the dataset with the column of the rows that fills it, and how the two get along. */
export function MappingTable({ matches, mapping, columns }: MappingTableProps) {
  const sources = [...new Set([...matches.flatMap(({ source }) => source ?? []), ...columns])]
  const change = (target: string, source: string | null): void =>
    editTarget({ mapping: { ...mapping, [target]: source } })
  const bad = matches.filter(({ state }) => state === 'missing' || state === 'conflict').length
  return (
    <section aria-label="Column mapping" className={styles.mapping}>
      <p className={styles.head}>
        <b>Columns</b>
        {bad > 0 && <span className={styles.bad}>{bad === 1 ? 'one does not fit' : `${bad} do not fit`}</span>}
        {Object.keys(mapping).length > 0 && (
          <Button kind="link" onClick={() => editTarget({ mapping: {} })}>
            Back to names
          </Button>
        )}
      </p>
      <div className={styles.scroll} tabIndex={0} role="group" aria-label="Column mapping, scrollable">
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">Dataset</th>
              <th scope="col">Rows</th>
              <th scope="col">State</th>
            </tr>
          </thead>
          <tbody>
            {matches.map((match) => (
              <tr key={`${match.target ?? ''}\n${match.source ?? ''}`} data-state={match.state}>
                <th scope="row">
                  {match.target ?? <span className={styles.none}>none</span>}
                  <span className={styles.type}>{match.targetType}</span>
                </th>
                <td>
                  {match.target === null ? (
                    match.source
                  ) : (
                    <Choice
                      label={`Filled from, for ${match.target}`}
                      className={styles.choice}
                      value={match.source ?? NOTHING}
                      options={[
                        { id: NOTHING, label: 'null' },
                        ...sources.map((source) => ({ id: source, label: source })),
                      ]}
                      onChange={(source) => change(match.target ?? '', source === NOTHING ? null : source)}
                    />
                  )}
                  <span className={styles.type}>{match.sourceType}</span>
                </td>
                <td>
                  <Chip tone={TONES[match.state]}>{match.state}</Chip>
                  {match.state !== 'same' && (
                    <p className={styles.problem}>{match.problem ?? MATCH_WORDS[match.state]}</p>
                  )}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}
