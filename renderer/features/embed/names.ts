import type { SchemaField } from '#shared/model/schema.ts'

type Names = readonly Pick<SchemaField, 'name'>[]

/** Names that say a column is the text itself, the likeliest first. */
const TEXT_NAMES = ['text', 'content', 'body', 'chunk', 'passage', 'document', 'abstract', 'description', 'caption']

/** The column one would embed: by its name, else the first. */
export function likelyText(columns: readonly string[]): string | undefined {
  const named = TEXT_NAMES.map((name) => columns.find((column) => column.toLowerCase() === name))
  return named.find((column) => column !== undefined) ?? columns[0]
}

/** A name for the vectors of a text column that no column has. */
export function nameForVectors(source: string, schema: Names): string {
  return isTaken('vector', schema) ? freeName(`${source.replaceAll('.', '_')}_vector`, schema) : 'vector'
}

/** The name, with a number where it is taken. */
export function freeName(name: string, schema: Names): string {
  if (!isTaken(name, schema)) return name
  let number = 2
  while (isTaken(`${name}_${number}`, schema)) number++
  return `${name}_${number}`
}

/** Lance tells names apart by case, people and SQL do not. */
function isTaken(name: string, schema: Names): boolean {
  return schema.some((field) => field.name.toLowerCase() === name.toLowerCase())
}
