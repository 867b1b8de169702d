import type { IndexSummary } from '#shared/model/dataset.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { textFields } from '../query/columns.ts'

/** A way to take a text apart: by a full-text index, or by the words of a column that has none. */
export interface TokenizerChoice {
  readonly id: string
  readonly label: string
  readonly column: string
  readonly index?: string
}

/** Full-text indices first, then the columns of text without one. */
export function tokenizerChoices(
  schema: readonly SchemaField[],
  indices: readonly IndexSummary[],
): readonly TokenizerChoice[] {
  const texts = indices.filter(({ type }) => type === 'Inverted')
  const covered = new Set(texts.flatMap(({ columns }) => columns))
  return [
    ...texts.flatMap(({ name, columns: [column] }) =>
      column === undefined ? [] : [{ id: `index ${name}`, label: `${name} (${column})`, column, index: name }],
    ),
    ...textFields(schema)
      .filter(({ name }) => !covered.has(name))
      .map(({ name }) => ({ id: `column ${name}`, label: `${name}: no index`, column: name })),
  ]
}

/** The choice for a column, or the first there is. */
export function choiceFor(choices: readonly TokenizerChoice[], column?: string): TokenizerChoice | undefined {
  return choices.find((choice) => choice.column === column) ?? choices[0]
}
