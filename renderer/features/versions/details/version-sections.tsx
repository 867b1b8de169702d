import type { ReactNode } from 'react'
import { backToLatest, type DatasetTab } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { Changes, Predicate, StepFigures } from './changes.tsx'
import { KeptOnDisk } from './kept-on-disk.tsx'
import { Transaction } from './transaction.tsx'
import { useVersionDetails } from './use-version-details.ts'
import { Configuration, Written } from './written.tsx'

export interface VersionSectionsProps {
  readonly tab: DatasetTab
  readonly version: number
}

/** Everything about a version in one column, for narrow places. */
export function VersionSections({ tab, version }: VersionSectionsProps) {
  return (
    <Loaded tab={tab} version={version}>
      {(details) => (
        <>
          <Predicate details={details} />
          <StepFigures details={details} isBrief />
          <Changes details={details} />
          <Written details={details} />
          <Configuration details={details} />
          <KeptOnDisk key={version} tab={tab} version={version} />
          <Transaction details={details} />
        </>
      )}
    </Loaded>
  )
}

interface LoadedProps extends VersionSectionsProps {
  readonly children: (details: VersionDetails) => ReactNode
}

/** Details once they are read, or why they are not. */
export function Loaded({ tab, version, children }: LoadedProps) {
  const details = useVersionDetails(tab, version)
  if (details.isError) {
    return (
      <ErrorNotice
        layout="line"
        title={`The details of version ${version} could not be read`}
        error={toErrorValue(details.error)}
        onRetry={() => void details.refetch()}
        onLatest={() => backToLatest(tab.dataset)}
      />
    )
  }
  return details.data === undefined ? <LoadingState label={`Reading version ${version}`} /> : children(details.data)
}
