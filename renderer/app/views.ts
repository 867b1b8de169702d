import type { ComponentType } from 'react'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { DatasetTab, Feature, ViewProps } from '#renderer/features/workspace/index.ts'
import type { TabItem } from '#renderer/ui/tabs.tsx'

export interface FeatureWithView extends Feature {
  readonly view: ComponentType<ViewProps>
}

/** The features that are tabs of a dataset, in registry order. */
export function featuresWithView(features: readonly Feature[]): readonly FeatureWithView[] {
  return features.filter((feature): feature is FeatureWithView => feature.view !== undefined)
}

/** Those a dataset has as tabs. */
export function viewsOf(features: readonly FeatureWithView[], tab: DatasetTab): readonly FeatureWithView[] {
  return features.filter(({ appliesTo }) => appliesTo?.(tab) !== false)
}

/** The feature in front; an id saved by another build falls back to the first. */
export function chosenView(features: readonly FeatureWithView[], id: string): FeatureWithView | undefined {
  return features.find((feature) => feature.id === id) ?? features[0]
}

/** Tab titles and badges; badges wait for the summary. */
export function toTabItems(
  features: readonly FeatureWithView[],
  tab: DatasetTab,
  summary: DatasetSummary | undefined,
): readonly TabItem[] {
  return features.map(({ id, title, badge }) => {
    const text = summary === undefined ? undefined : badge?.(summary, tab)
    return { id, title, ...(text === undefined ? {} : { badge: text }) }
  })
}
