import type { Judgment, RelevanceConfiguration, SavedRelevanceSet } from '#shared/model/relevance.ts'
import type { JudgedAssets } from './assets.ts'
import { embed } from './embed.ts'

const USES = [
  { name: 'Vector', use: 'vector' },
  { name: 'Text', use: 'text' },
  { name: 'Hybrid', use: 'hybrid' },
] as const

/** The relevance set that comes with the sample: questions a person judged by reading all of its documents. */
export function sampleSet({ name, k, keyColumn, filter, questions }: JudgedAssets): SavedRelevanceSet {
  return {
    name,
    k,
    keyColumn,
    queries: questions.map(({ asked, relevant, notRelevant }) => ({
      label: asked,
      vector: [...embed(asked)].map((value) => Number(value.toFixed(5))),
      text: asked,
      textColumns: ['text'],
      judgments: [...judge(relevant, 1), ...judge(notRelevant, 0)],
    })),
    configurations: USES.map((one): RelevanceConfiguration => ({ ...one, filter })),
  }
}

function judge(keys: readonly string[], grade: 0 | 1): readonly Judgment[] {
  return keys.map((key) => ({ key, grade }))
}
