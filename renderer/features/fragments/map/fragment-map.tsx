import { useCallback, useMemo } from 'react'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { formatNoun } from '#shared/model/format.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { type FragmentsChoices, type MapArea, type MapColour } from '../choices.ts'
import { toColourScale } from './colours.ts'
import styles from './fragment-map.module.css'
import { MapCanvas } from './map-canvas.tsx'
import { MapLegend } from './map-legend.tsx'
import { brokenFragments, cellDetail, fragmentSentence, toWeights } from './map-model.ts'
import { colourTitle, MapOptions } from './map-options.tsx'
import { SizeFacts } from './size-facts.tsx'

export interface FragmentMapProps {
  /** In the order of ids. */
  readonly fragments: readonly FragmentEntry[]
  readonly summary: DatasetSummary
  readonly choices: FragmentsChoices
  readonly selectedId: number | undefined
  readonly onSelect: (fragmentId: number) => void
}

/** One cell for each fragment, what its colours mean, and how large fragments are. */
export function FragmentMap({ fragments, summary, choices, selectedId, onSelect }: FragmentMapProps) {
  const indices = useMemo(() => summary.indices.map(({ name }) => name), [summary.indices])
  const colour = knownColour(choices.colour, indices)
  const { area, layout } = choices
  const weights = useMemo(() => toWeights(fragments, area), [fragments, area])
  const scale = useMemo(() => toColourScale(fragments, colour, indices.length), [fragments, colour, indices])
  const broken = useMemo(() => brokenFragments(fragments, summary.missingFiles), [fragments, summary.missingFiles])
  const selected = useMemo(() => {
    const index = fragments.findIndex(({ id }) => id === selectedId)
    return index < 0 ? undefined : index
  }, [fragments, selectedId])
  const textOf = useCallback(
    (index: number): readonly [string, string] => {
      const fragment = fragments[index]
      return fragment === undefined ? ['', ''] : [`Fragment ${fragment.id}`, cellDetail(fragment, area)]
    },
    [fragments, area],
  )
  return (
    <div className={styles.place}>
      <div className={styles.main}>
        <MapOptions choices={{ ...choices, colour }} indices={indices} />
        <MapCanvas
          label="Fragment map"
          weights={weights}
          kind={layout}
          scale={scale}
          broken={broken}
          selected={selected}
          onSelect={(index) => {
            const fragment = fragments[index]
            if (fragment !== undefined) onSelect(fragment.id)
          }}
          textOf={textOf}
          sentenceOf={(index) => {
            const fragment = fragments[index]
            return fragment === undefined ? '' : fragmentSentence(fragment, indices.length, broken?.[index] === 1)
          }}
          caption={captionOf(fragments, area)}
        />
      </div>
      <aside className={styles.rail} aria-label="Legend and sizes">
        <MapLegend title={colourTitle(colour)} scale={scale} hasBroken={broken !== undefined} />
        <h3 className={styles.heading}>Sizes</h3>
        <SizeFacts fragments={fragments} by={area === 'bytes' ? 'bytes' : 'rows'} />
      </aside>
    </div>
  )
}

/** An index chosen for another dataset says nothing here. */
function knownColour(colour: MapColour, indices: readonly string[]): MapColour {
  return !colour.startsWith('index:') || indices.includes(colour.slice('index:'.length)) ? colour : 'coverage'
}

function captionOf(fragments: readonly FragmentEntry[], area: MapArea): string {
  const unknown = area === 'bytes' ? fragments.filter(({ bytes }) => bytes === null).length : 0
  if (unknown > 0) {
    return `${formatNoun(unknown, 'fragment')} of unknown size: the manifest does not say. Drawn as the smallest.`
  }
  return `${formatNoun(fragments.length, 'fragment')}. Arrows choose, the wheel zooms, dragging moves.`
}
