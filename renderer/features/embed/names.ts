import type { SchemaField } from '#shared/model/schema.ts'

type Names = readonly Pick<SchemaField, 'name'>[]

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
