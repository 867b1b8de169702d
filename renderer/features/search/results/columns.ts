import { gridColumnOf } from '#renderer/features/data/index.ts'
import type { GridColumn } from '#renderer/grid/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import type { SearchResult } from '#shared/model/search.ts'
import { type Figure, FIGURES } from './result-source.ts'

const TITLES: Readonly<Record<Figure, readonly [title: string, subtitle: string, description: string]>> = {
  query: ['query', 'number', 'Which of the query vectors found the row'],
  rank: ['rank', 'place', 'Place in the result, best first'],
  distance: ['distance', 'to the vector', 'Distance to the query vector; less is nearer'],
  score: ['score', 'BM25', 'How well the words match; more is better'],
  relevance: ['fused', 'RRF score', 'Both ranks joined by reciprocal rank fusion; more is better'],
  vectorRank: ['by vector', 'rank', 'Place in the vector search; – when it did not find the row'],
  textRank: ['by text', 'rank', 'Place in the text search; – when it did not find the row'],
}

/** Figures of the search first, then the columns of the dataset, vectors last: they say least. */
export function resultColumns(result: SearchResult, schema: readonly SchemaField[]): readonly GridColumn[] {
  const isHybrid = result.hits.some(({ relevance }) => relevance !== undefined)
  const hasDistance = result.vectorColumn !== undefined
  const hasScore = result.textColumns !== undefined
  const isShown: Readonly<Record<Figure, boolean>> = {
    query: result.hits.some(({ query }) => query > 0),
    rank: true,
    relevance: isHybrid,
    vectorRank: isHybrid,
    distance: hasDistance,
    textRank: isHybrid,
    score: hasScore,
  }
  const order: readonly Figure[] = ['query', 'rank', 'relevance', 'vectorRank', 'distance', 'textRank', 'score']
  const figures = order.filter((figure) => isShown[figure]).map(toColumn)
  const searched = new Set(result.textColumns)
  const weight = ({ name, kind }: SchemaField): number => (searched.has(name) ? 0 : kind === 'vector' ? 2 : 1)
  const fields = schema.toSorted((a, b) => weight(a) - weight(b))
  return [...figures, ...fields.map((field) => ({ ...gridColumnOf(field), sortable: false }))]
}

function toColumn(figure: Figure): GridColumn {
  const [title, subtitle, description] = TITLES[figure]
  const isShort = figure === 'rank' || figure === 'query'
  const defaultWidth = isShort ? 64 : 96
  return { id: FIGURES[figure], title, subtitle, description, align: 'end', defaultWidth, sortable: false }
}
