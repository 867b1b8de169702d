import '../../../renderer/ui/tokens.css'
import './page.css'
import { useState } from 'react'
import { createRoot } from 'react-dom/client'
import { choose, useChoices } from '#renderer/features/fragments/choices.ts'
import { FragmentMap } from '#renderer/features/fragments/map/fragment-map.tsx'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import { syntheticFragments } from './fragments.fixture.ts'

const params = new URLSearchParams(location.search)
const fragments = syntheticFragments(Number(params.get('fragments') ?? 100_000))
document.documentElement.dataset['theme'] = params.get('theme') ?? 'dark'
choose({
  layout: params.get('layout') === 'squares' ? 'squares' : 'strip',
  area: params.get('area') === 'equal' ? 'equal' : 'bytes',
})

/** The map reads names of indices and missing files only. */
const summary = {
  indices: [{ name: 'id_idx', columns: ['id'], type: 'BTree' }],
  missingFiles: [],
} as unknown as DatasetSummary

function Page() {
  const choices = useChoices()
  const [selected, setSelected] = useState<number | undefined>(undefined)
  return (
    <FragmentMap
      fragments={fragments}
      summary={summary}
      choices={choices}
      selectedId={selected}
      onSelect={setSelected}
    />
  )
}

const root = document.getElementById('root')
if (root !== null) createRoot(root).render(<Page />)
