import { CircleAlert, X } from 'lucide-react'
import { readableVersionOf } from '#shared/errors.ts'
import { Welcome } from '#renderer/features/datasets/index.ts'
import { openImport } from '#renderer/features/import/index.ts'
import {
  baseName,
  checkLocation,
  dismissFailure,
  type OpenFailure,
  openDialog,
  openLocation,
  useActiveTab,
  useWorkspace,
} from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { isCheckable, offerFor } from '#renderer/ui/error-offer.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import bannerStyles from './banner.module.css'
import styles from './centre.module.css'
import { DatasetBody } from './dataset-body.tsx'
import { DatasetTabs } from './dataset-tabs.tsx'

/** The middle of the window: the open datasets, or how to open one. */
export function Centre() {
  const tab = useActiveTab()
  const failures = useWorkspace((state) => state.failures)
  const opening = useWorkspace((state) => state.opening)
  return (
    <main className={styles.centre}>
      <DatasetTabs />
      {failures.map((failure) => (
        <FailureLine key={failure.location} failure={failure} />
      ))}
      {tab !== undefined && <DatasetBody key={tab.dataset} tab={tab} />}
      {tab === undefined && opening.length > 0 && (
        <div className={styles.opening}>
          <Spinner label={`Opening ${opening[0] ?? ''}`} />
        </div>
      )}
      {tab === undefined && opening.length === 0 && <Welcome onImport={openImport} />}
    </main>
  )
}

function FailureLine({ failure }: { readonly failure: OpenFailure }) {
  const { location, error } = failure
  const version = readableVersionOf(error)
  return (
    <div className={bannerStyles.failure} role="alert">
      <CircleAlert aria-hidden />
      <span className={bannerStyles.text}>
        <b title={location}>{baseName(location)} could not be opened.</b> {error.message}{' '}
        {error.hint !== undefined && <span className={bannerStyles.hint}>{error.hint}</span>}
      </span>
      {offerFor(error.code) === 'open-other' && <Button onClick={() => openDialog('open')}>Open another…</Button>}
      {version !== undefined && (
        <Button onClick={() => void openLocation(location, { version })}>Open version {version}</Button>
      )}
      {isCheckable(error.code) && <Button onClick={() => checkLocation(location)}>Check it…</Button>}
      <Button onClick={() => void openLocation(location)}>Try again</Button>
      <IconButton label="Dismiss" onClick={() => dismissFailure(location)}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
