import { type Capability, type VectorColumn, vectorColumnOf } from './capability.ts'
import type { SearchQuery } from './draft.ts'
import { readNumbers } from './numbers.ts'
import { relevantParams } from './params.ts'
import type { SearchDraft, SearchMode } from './search-draft.ts'
import { EMPTY_TEXT, textProblem } from './text-query.ts'

export type DraftResult =
  | { readonly ok: true; readonly query: SearchQuery }
  /** `field` is where the person has to look. */
  | { readonly ok: false; readonly field: 'vector' | 'text' | 'k'; readonly problem: string }

export const DEFAULT_K = 20
/** Most results of one search. */
export const K_MAX = 10_000

/** An untouched form for what a dataset can be searched by. */
export function emptyDraft({ vectors }: Capability): SearchDraft {
  return {
    mode: vectors.length > 0 ? 'vector' : 'text',
    source: 'row',
    rowId: '',
    numbers: '',
    file: null,
    embedText: '',
    embedder: '',
    column: '',
    textInput: 'plain',
    text: '',
    textColumns: [],
    builder: EMPTY_TEXT,
    k: DEFAULT_K,
    params: {},
    filter: '',
  }
}

export function canSearch(mode: SearchMode, { vectors, texts }: Capability): boolean {
  if (mode === 'vector') return vectors.length > 0
  return mode === 'text' ? texts.length > 0 : vectors.length > 0 && texts.length > 0
}

/** The query of a form, or the first thing that is missing or wrong in it. */
export function toQuery(draft: SearchDraft, capability: Capability): DraftResult {
  if (!canSearch(draft.mode, capability)) return wrong('vector', 'This version has no column for this kind of search.')
  if (!Number.isInteger(draft.k) || draft.k < 1 || draft.k > K_MAX) {
    return wrong('k', 'k must be a whole number from 1 to 10,000.')
  }
  const vector = draft.mode === 'text' ? null : vectorPart(draft, capability)
  if (vector !== null && !vector.ok) return vector
  const text = draft.mode === 'vector' ? null : textPart(draft, capability)
  if (text !== null && !text.ok) return text
  const params = relevantParams(draft, capability)
  const filter = draft.filter.trim()
  return {
    ok: true,
    query: {
      ...vector?.query,
      ...text?.query,
      k: draft.k,
      ...(Object.keys(params).length === 0 ? {} : { params }),
      ...(filter === '' ? {} : { filter }),
    },
  }
}

type Part = { readonly ok: true; readonly query: Omit<SearchQuery, 'k'> } | (DraftResult & { readonly ok: false })

function vectorPart(draft: SearchDraft, capability: Capability): Part {
  const target = vectorColumnOf(draft, capability)
  const column = target === undefined ? {} : { column: target.name }
  switch (draft.source) {
    case 'row': {
      const rowId = draft.rowId.trim()
      if (rowId === '') return wrong('vector', 'Enter the id of a row, or use “Find similar” on one.')
      if (!/^\d{1,20}$/.test(rowId)) return wrong('vector', 'A row id is a whole number.')
      return { ok: true, query: { vector: { rowId }, ...column } }
    }
    case 'numbers': {
      const read = draft.file === null ? readNumbers(draft.numbers) : { ok: true as const, vectors: draft.file.vectors }
      if (!read.ok) return wrong('vector', read.problem)
      const problem = dimensionProblem(read.vectors, target)
      if (problem !== null) return wrong('vector', problem)
      const [first, ...others] = read.vectors
      if (first === undefined) return wrong('vector', 'There are no numbers in it.')
      const vector = others.length === 0 ? [...first] : read.vectors.map((values) => [...values])
      return { ok: true, query: { vector, ...column } }
    }
    case 'text': {
      const embed = draft.embedText.trim()
      if (embed === '') return wrong('vector', 'Enter a text to make a vector of.')
      const embedder = draft.embedder === '' ? {} : { embedder: draft.embedder }
      return { ok: true, query: { vector: { embed, ...embedder }, ...column } }
    }
  }
}

function dimensionProblem(vectors: readonly (readonly number[])[], target: VectorColumn | undefined): string | null {
  if (vectors.length > 256) return 'At most 256 vectors can be searched at once.'
  const expected = target?.dimension ?? null
  if (expected === null || target === undefined) return null
  const odd = vectors.findIndex((values) => values.length !== expected)
  if (odd < 0) return null
  const which = vectors.length === 1 ? 'The vector' : `Vector ${odd + 1}`
  return `${which} has ${vectors[odd]?.length ?? 0} numbers, “${target.name}” has ${expected}.`
}

function textPart(draft: SearchDraft, { texts }: Capability): Part {
  if (draft.textInput === 'builder') {
    const problem = textProblem(draft.builder)
    return problem === null ? { ok: true, query: { text: draft.builder } } : wrong('text', problem)
  }
  const text = draft.text.trim()
  if (text === '') return wrong('text', 'Enter the words to look for.')
  const known = draft.textColumns.filter((name) => texts.some((column) => column.name === name))
  const fallback = texts.some(({ isIndexed }) => isIndexed) ? [] : texts.slice(0, 1).map(({ name }) => name)
  const textColumns = known.length > 0 ? known : fallback
  return { ok: true, query: { text, ...(textColumns.length === 0 ? {} : { textColumns }) } }
}

function wrong(field: 'vector' | 'text' | 'k', problem: string): DraftResult & { readonly ok: false } {
  return { ok: false, field, problem }
}
