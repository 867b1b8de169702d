import type { IndexEntry } from '#shared/model/index-entry.ts'
import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import styles from './indices.module.css'

export interface IndexDetailsProps {
  readonly index: IndexEntry
  /** Fragments of the version. */
  readonly fragments: number
}

/** One index in full. */
export function IndexDetails({ index, fragments }: IndexDetailsProps) {
  const { name, problem, usedFor, parameters, tokenizer, segments, unindexedRows } = index
  return (
    <section className={styles.details} aria-label={`Index ${name}`}>
      <h3 className={styles.title}>{name}</h3>
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
      <h4 className={styles.heading}>{formatNoun(segments.length, 'segment')}</h4>
      <ul className={styles.list}>
        {segments.map(({ uuid, datasetVersion, bytes, files, fragments: covered }) => (
          <li key={uuid}>
            <code>{uuid}</code> · built at version {datasetVersion} · {formatBytes(bytes)} in{' '}
            {formatNoun(files, 'file')} ·{' '}
            {covered === null
              ? 'fragments not recorded'
              : `${formatCount(covered.length)} of ${formatNoun(fragments, 'fragment')}`}
          </li>
        ))}
      </ul>
    </section>
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
