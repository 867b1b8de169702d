import { Map as MapIcon } from 'lucide-react'
import type { IndexEntry } from '#shared/model/index-entry.ts'
import { formatNoun } from '#shared/model/format.ts'
import { showCoverage } from '#renderer/features/fragments/index.ts'
import { WriteButton } from '#renderer/features/versions/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { request } from '../state/store.ts'
import { useIndexRefusal } from '../write/refusal.ts'
import styles from './index-details.module.css'
import { PartitionBalance } from './partition-balance.tsx'
import { SegmentList } from './segment-list.tsx'

export interface IndexDetailsProps {
  readonly tab: DatasetTab
  readonly index: IndexEntry
  /** Fragments of the version. */
  readonly fragments: number
}

/** One index in full, and what can be done with it. */
export function IndexDetails({ tab, index, fragments }: IndexDetailsProps) {
  const { name, kind, type, problem, usedFor, parameters, tokenizer, unindexedRows } = index
  return (
    <section className={styles.details} aria-label={`Index ${name}`}>
      <div className={styles.head}>
        <h3 className={styles.title}>{name}</h3>
        <Actions tab={tab} index={index} />
      </div>
      {problem !== undefined && <p className={styles.problem}>{problem}</p>}
      {unindexedRows !== null && unindexedRows > 0 && (
        <p className={styles.warning}>
          {formatNoun(unindexedRows, 'row')} written since are outside: searches go through them one by one.
        </p>
      )}
      <h4 className={styles.heading}>What uses it</h4>
      {usedFor.length === 0 ? (
        <p>Tiltyard does not know this type of index.</p>
      ) : (
        <ul className={styles.list}>
          {usedFor.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      )}
      <Settings title="Built with" settings={parameters} />
      {tokenizer !== undefined && <Settings title="Tokenizer" settings={tokenizer} />}
      {kind === 'vector' && /^(IVF|HNSW)_/.test(type) && <PartitionBalance key={name} tab={tab} name={name} />}
      <SegmentList index={index} fragments={fragments} />
    </section>
  )
}

function Actions({ tab, index: { name, kind, unindexedRows } }: Pick<IndexDetailsProps, 'tab' | 'index'>) {
  const refusal = useIndexRefusal(tab)
  const { dataset } = tab
  return (
    <div className={styles.actions}>
      <Button onClick={() => showCoverage(dataset, name)}>
        <MapIcon aria-hidden />
        Show coverage on the fragment map
      </Button>
      {/* While looking back there is nothing to write: the bar above the table says why. */}
      {kind !== 'system' && !tab.timeTravel && (
        <>
          {unindexedRows !== null && unindexedRows > 0 && (
            <WriteButton refusal={refusal} onClick={() => request({ kind: 'fold-in', dataset })}>
              Fold in…
            </WriteButton>
          )}
          <WriteButton refusal={refusal} onClick={() => request({ kind: 'rebuild', dataset, name })}>
            Rebuild…
          </WriteButton>
          <WriteButton kind="danger" refusal={refusal} onClick={() => request({ kind: 'drop', dataset, name })}>
            Drop…
          </WriteButton>
        </>
      )}
    </div>
  )
}

function Settings({ title, settings }: { readonly title: string; readonly settings: IndexEntry['parameters'] }) {
  const entries = Object.entries(settings)
  if (entries.length === 0) return null
  return (
    <>
      <h4 className={styles.heading}>{title}</h4>
      <dl className={styles.settings}>
        {entries.map(([key, value]) => (
          <div key={key}>
            <dt>{key}</dt>
            <dd>{String(value)}</dd>
          </div>
        ))}
      </dl>
    </>
  )
}
