import { describe, expect, it } from 'vitest'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { chosenView, featuresWithView, toTabItems } from './views.ts'

const view = () => null
const TAB = { dataset: 'a', version: 1, latestVersion: 2 } as DatasetTab
const features = featuresWithView([
  { id: 'datasets', title: 'Datasets' },
  { id: 'data', title: 'Data', view },
  { id: 'fragments', title: 'Fragments', view, badge: (summary) => String(summary.fragments) },
])

describe('views of the registry', () => {
  it('makes tabs of features with a view only', () => {
    expect(features.map((feature) => feature.id)).toEqual(['data', 'fragments'])
  })

  it('falls back to the first view for an unknown id', () => {
    expect(chosenView(features, 'fragments')?.id).toBe('fragments')
    expect(chosenView(features, 'search')?.id).toBe('data')
    expect(chosenView([], 'data')).toBeUndefined()
  })

  it('shows badges once the summary is known', () => {
    expect(toTabItems(features, TAB, undefined)[1]).toEqual({ id: 'fragments', title: 'Fragments' })
    expect(toTabItems(features, TAB, { fragments: 3 } as DatasetSummary)[1]).toEqual({
      id: 'fragments',
      title: 'Fragments',
      badge: '3',
    })
  })
})
