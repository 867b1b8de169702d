import type { Input } from '#shared/contract/index.ts'
import type { RecallParams } from '#shared/model/search.ts'
import { NO_SETTINGS, type Settings } from '../query/draft.ts'
import { parseVectorText } from '../query/vector-text.ts'

/** What the form of the laboratory holds, as typed. */
export interface RecallForm {
  readonly column: string
  readonly k: string
  readonly source: 'sample' | 'vectors'
  readonly sample: string
  readonly seed: string
  readonly vectors: string
  readonly filter: string
  readonly nprobes: string
  readonly refine: string
  readonly ef: string
}

export function newForm(column: string): RecallForm {
  return {
    column,
    k: '10',
    source: 'sample',
    sample: '50',
    seed: '1',
    vectors: '',
    filter: '',
    nprobes: '',
    refine: '',
    ef: '',
  }
}

export type RecallQuery = Omit<Input<'search.recall'>, 'dataset' | 'ref'>

export type ToRecall =
  { readonly ok: true; readonly query: RecallQuery } | { readonly ok: false; readonly problem: string }

/** The measurement a form asks for, or the first thing that is wrong with it. Empty lists mean Tiltyard's own choice. */
export function toRecall(form: RecallForm): ToRecall {
  const k = whole(form.k, 1, 1000)
  if (k === undefined) return problem('k is a whole number from 1 to 1000.')
  const queries = queriesOf(form)
  if (typeof queries === 'string') return problem(queries)
  const sweep: Record<string, number[]> = {}
  for (const [name, typed, least] of [
    ['nprobes', form.nprobes, 1],
    ['refine', form.refine, 0],
    ['ef', form.ef, 1],
  ] as const) {
    const values = numbers(typed, least)
    if (values === undefined) return problem(`${name}: whole numbers from ${least}, at most 32 of them.`)
    if (values.length > 0) sweep[name] = values
  }
  const filter = form.filter.trim()
  return { ok: true, query: { column: form.column, k, queries, sweep, ...(filter === '' ? {} : { filter }) } }
}

/** Settings of a point as the form of a search has them. */
export function settingsOf({ nprobes, refine, ef }: RecallParams): Settings {
  const typed = (value: number | undefined): string => (value === undefined ? '' : String(value))
  return {
    ...NO_SETTINGS,
    nprobesMin: typed(nprobes),
    nprobesMax: typed(nprobes),
    refine: typed(refine),
    ef: typed(ef),
  }
}

function queriesOf(form: RecallForm): RecallQuery['queries'] | string {
  if (form.source === 'vectors') {
    const parsed = parseVectorText(form.vectors)
    return parsed.ok ? { vectors: parsed.vectors.map((vector) => [...vector]) } : parsed.message
  }
  const sample = whole(form.sample, 1, 10_000)
  const seed = whole(form.seed, 0, 0xffff_ffff)
  if (sample === undefined) return 'Queries: a whole number from 1 to 10,000.'
  return seed === undefined ? 'Seed: a whole number.' : { sample, seed }
}

function numbers(typed: string, least: number): number[] | undefined {
  const values = typed.split(/[\s,;]+/).filter((part) => part !== '').map((part) => whole(part, least, 100_000)) // prettier-ignore
  const known = values.flatMap((value) => value ?? [])
  return known.length === values.length && known.length <= 32 ? known : undefined
}

function whole(typed: string, least: number, most: number): number | undefined {
  const value = Number(typed.trim())
  return /^\d+$/.test(typed.trim()) && value >= least && value <= most ? value : undefined
}

function problem(text: string): ToRecall {
  return { ok: false, problem: text }
}
