import { formatBytes } from '#shared/model/format.ts'
import type { FeatureFlags } from '#shared/model/dataset.ts'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { Pairs, Section } from './section.tsx'
import styles from './sections.module.css'

interface DetailsProps {
  readonly details: VersionDetails
}

/** Who wrote the version, and in which format. */
export function Written({ details }: DetailsProps) {
  const { writer, formatVersion, featureFlags, manifest, branch } = details
  return (
    <Section title="Written">
      <Pairs
        pairs={[
          { name: 'By', value: writer === '' ? <span className={styles.quiet}>not recorded</span> : writer },
          { name: 'File format', value: formatVersion },
          { name: 'Branch', value: branch ?? 'main' },
          { name: 'Features', value: <Flags flags={featureFlags} /> },
          {
            name: 'Manifest',
            value: (
              <span className={styles.mono}>
                {manifest.path} <span className={styles.quiet}>{formatBytes(manifest.bytes)}</span>
              </span>
            ),
          },
        ]}
      />
    </Section>
  )
}

function Flags({ flags }: { readonly flags: FeatureFlags }) {
  const { names, reader, writer, unknownReaderBits } = flags
  if (reader === 0 && writer === 0) return <span className={styles.quiet}>none</span>
  const unknown = unknownReaderBits.length === 0 ? '' : `, unknown bits ${unknownReaderBits.join(', ')}`
  return (
    <>
      {names.join(', ')}
      {unknown}{' '}
      <span className={styles.quiet}>
        reader {reader}, writer {writer}
      </span>
    </>
  )
}

/** Configuration and metadata the version holds; nothing where all of it is empty. */
export function Configuration({ details }: DetailsProps) {
  const groups = [
    ['Configuration', details.config],
    ['Table metadata', details.tableMetadata],
    ['Schema metadata', details.schemaMetadata],
  ] as const
  return groups
    .filter(([, entries]) => Object.keys(entries).length > 0)
    .map(([title, entries]) => (
      <Section key={title} title={title}>
        <Pairs
          pairs={Object.entries(entries).map(([name, value]) => ({
            name,
            value: <span className={styles.mono}>{value}</span>,
          }))}
        />
      </Section>
    ))
}
