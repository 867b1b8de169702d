import { type Draft, NO_SETTINGS, type Settings } from './draft.ts'

/** A parameter typed as a number, with what it does in one sentence. */
export interface SettingWords {
  readonly id: Exclude<keyof Settings, 'metric' | 'exact' | 'fast' | 'postfilter'>
  readonly title: string
  readonly standard: string
  readonly about: string
}

const VECTOR_SETTINGS: readonly SettingWords[] = [
  {
    id: 'nprobesMin',
    title: 'nprobes, at least',
    standard: '20',
    about: 'Partitions of an IVF index always looked into. More find more and take longer.',
  },
  {
    id: 'nprobesMax',
    title: 'nprobes, at most',
    standard: '20',
    about: 'Partitions looked into when a filter leaves too few rows; 0 = as many as it takes.',
  },
  {
    id: 'refine',
    title: 'Refine factor',
    standard: 'off',
    about: 'Takes so many times k candidates and ranks them by their whole vectors; mends the loss of PQ, SQ and RQ.',
  },
  {
    id: 'ef',
    title: 'ef',
    standard: '1.5 × k',
    about: 'Candidates an HNSW index keeps while it walks its graph.',
  },
  { id: 'lower', title: 'Distance, from', standard: 'any', about: 'Leaves out rows nearer than this.' },
  { id: 'upper', title: 'Distance, below', standard: 'any', about: 'Leaves out rows this far or farther.' },
]

const PHRASE_SETTINGS: readonly SettingWords[] = [
  { id: 'slop', title: 'Gaps in a phrase', standard: '0', about: 'Other words allowed between those of the phrase.' },
]

const HYBRID_SETTINGS: readonly SettingWords[] = [
  {
    id: 'rrfK',
    title: 'RRF constant',
    standard: '60',
    about: 'A row scores weight ÷ (constant + rank) in each list; a larger constant flattens the difference of ranks.',
  },
  { id: 'vectorWeight', title: 'Weight of the vector', standard: '1', about: 'How much the vector list counts.' },
  { id: 'textWeight', title: 'Weight of the text', standard: '1', about: 'How much the text list counts.' },
]

/** The numbers that have a meaning for this kind of search. */
export function settingsFor({ mode, textKind }: Draft): readonly SettingWords[] {
  return [
    ...(mode === 'text' ? [] : VECTOR_SETTINGS),
    ...(mode !== 'vector' && textKind === 'phrase' ? PHRASE_SETTINGS : []),
    ...(mode === 'hybrid' ? HYBRID_SETTINGS : []),
  ]
}

/** Number of settings a person changed. */
export function changedSettings({ settings }: Draft): number {
  const keys = Object.keys(NO_SETTINGS) as (keyof Settings)[]
  return keys.filter((key) => settings[key] !== NO_SETTINGS[key]).length
}
