import { Suspense, useState } from 'react'
import { type ErrorCode, toErrorValue } from '#shared/errors.ts'
import {
  backToLatest,
  checkLocation,
  type DatasetTab,
  refOf,
  showView,
  switchBranch,
  useSummary,
  type ViewProps,
} from '#renderer/features/workspace/index.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { Tabs } from '#renderer/ui/tabs.tsx'
import styles from './centre.module.css'
import { DatasetNotices } from './dataset-notices.tsx'
import { ErrorBoundary } from './error-boundary.tsx'
import { FEATURES } from './registry.ts'
import { TravelBanner } from './travel-banner.tsx'
import { chosenView, featuresWithView, toTabItems, viewsOf } from './views.ts'

const VIEWS = featuresWithView(FEATURES)

/** One dataset: its views at the version its tab shows. */
export function DatasetBody({ tab }: { readonly tab: DatasetTab }) {
  const summary = useSummary(tab)
  const shown = useShown(tab, summary.data)
  const views = viewsOf(VIEWS, tab)
  const feature = chosenView(views, tab.view)
  const View = feature?.view
  const staysUp = feature?.isOfAllVersions === true && shown !== undefined
  return (
    <div className={cx(styles.body, tab.timeTravel && styles.travelling)}>
      <TravelBanner tab={tab} summary={summary.data} />
      {summary.data !== undefined && <DatasetNotices summary={summary.data} />}
      <Tabs
        label={`Views of ${tab.name}`}
        items={toTabItems(views, tab, summary.isError ? undefined : shown?.summary)}
        active={feature?.id ?? ''}
        onChange={(view) => showView(tab.dataset, view)}
      >
        {summary.isError && (
          <ErrorNotice
            layout={staysUp ? 'line' : 'block'}
            title={`Version ${tab.version} of ${tab.name} cannot be shown`}
            error={toErrorValue(summary.error)}
            onRetry={() => void summary.refetch()}
            onCheck={() => checkLocation(tab.location)}
            onLatest={() => leave(tab, toErrorValue(summary.error).code)}
          />
        )}
        {summary.isError && !staysUp ? null : shown === undefined || View === undefined ? (
          <LoadingState label={`Reading version ${tab.version}`} />
        ) : (
          <ErrorBoundary
            place={`The ${feature?.title ?? ''} view`}
            resetKey={`${tab.view}@${tab.version}`}
            otherwise={tab.timeTravel ? { label: 'Back to latest', run: () => backToLatest(tab.dataset) } : undefined}
          >
            <Suspense fallback={<LoadingState label={`Loading the ${feature?.title ?? ''} view`} />}>
              <View
                tab={summary.isError ? tab : { ...shown.tab, view: tab.view }}
                at={shown.at}
                summary={shown.summary}
              />
            </Suspense>
          </ErrorBoundary>
        )}
      </Tabs>
    </div>
  )
}

/** Away from a version that cannot be shown: to the newest one, or to main when the whole branch is gone. */
function leave(tab: DatasetTab, code: ErrorCode): void {
  if (code === 'ref-not-found' && tab.branch !== undefined) void switchBranch(tab.dataset, undefined)
  else backToLatest(tab.dataset)
}

/**
 * What the views are given. While the summary of the next version is on its way they keep the previous version, all of it:
 * a schema of one version beside rows of another would be a lie, and an empty place would lose scroll and selection.
 */
function useShown(tab: DatasetTab, summary: ViewProps['summary'] | undefined): ViewProps | undefined {
  const [kept, setKept] = useState<ViewProps | undefined>(undefined)
  if (summary === undefined) return kept
  if (kept?.tab === tab && kept.summary === summary) return kept
  const current: ViewProps = { tab, at: refOf(tab), summary }
  setKept(current)
  return current
}
