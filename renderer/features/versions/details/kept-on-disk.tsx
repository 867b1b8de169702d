import { useState } from 'react'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatExactBytes, formatNoun } from '#shared/model/format.ts'
import { Pairs, Section } from './section.tsx'
import styles from './sections.module.css'
import { useVersionStorage } from './use-version-details.ts'

export interface KeptOnDiskProps {
  readonly tab: DatasetTab
  readonly version: number
}

/** What would be free if only this version vanished. Found out on demand: it takes every manifest of the dataset. */
export function KeptOnDisk({ tab, version }: KeptOnDiskProps) {
  const [isWanted, setWanted] = useState(false)
  const storage = useVersionStorage(tab, isWanted)
  const found = storage.data?.find((one) => one.version === version && one.branch === tab.branch)
  return (
    <Section title="Kept on disk by this version alone">
      {storage.isError ? (
        <ErrorNotice layout="line" error={toErrorValue(storage.error)} onRetry={() => void storage.refetch()} />
      ) : storage.data !== undefined ? (
        found === undefined ? (
          <p className={styles.quiet}>Nothing is known of this version: it was cleaned up meanwhile.</p>
        ) : (
          <Pairs
            pairs={[
              {
                name: 'Only here',
                value: (
                  <span title={formatExactBytes(found.exclusiveBytes)}>
                    <b>{formatBytes(found.exclusiveBytes)}</b> in {formatNoun(found.exclusiveFiles, 'file')}
                  </span>
                ),
              },
              { name: 'Of that, manifest', value: formatBytes(found.manifestBytes) },
            ]}
          />
        )
      ) : isWanted ? (
        <Spinner label="Reading every manifest" />
      ) : (
        <>
          <p className={styles.text}>
            Files no other version, tag or branch uses. Finding out reads every manifest once.
          </p>
          <Button onClick={() => setWanted(true)}>Measure</Button>
        </>
      )}
    </Section>
  )
}
