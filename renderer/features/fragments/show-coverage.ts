import { showView } from '#renderer/features/workspace/index.ts'
import { choose } from './choices.ts'

/** Shows the fragment map of a dataset, coloured by what one index covers. */
export function showCoverage(dataset: string, index: string): void {
  choose({ place: 'map', colour: `index:${index}` })
  showView(dataset, 'fragments')
}
