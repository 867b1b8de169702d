import type { FieldKind, SchemaField } from '#shared/model/schema.ts'

let nextId = 0

/** A schema field for tests; everything not given takes the commonest value. */
export function makeField(
  name: string,
  logicalType: string,
  kind: FieldKind,
  more: Partial<Pick<SchemaField, 'children' | 'nullable' | 'dimension' | 'metadata'>> = {},
): SchemaField {
  return {
    id: nextId++,
    name,
    type: logicalType,
    logicalType,
    kind,
    nullable: true,
    metadata: {},
    children: [],
    ...more,
  }
}

export const SCHEMA: readonly SchemaField[] = [
  makeField('id', 'int64', 'integer', { nullable: false }),
  makeField('score', 'float', 'float'),
  makeField('title', 'string', 'string'),
  makeField('Odd Name', 'string', 'string'),
  makeField('tags', 'list', 'list', { children: [makeField('item', 'string', 'string')] }),
  makeField('meta', 'struct', 'struct', {
    children: [
      makeField('lang', 'string', 'string'),
      makeField('in', 'struct', 'struct', { children: [makeField('a b', 'int32', 'integer')] }),
    ],
  }),
  makeField('created_at', 'timestamp:us:-', 'timestamp'),
  makeField('embedding', 'fixed_size_list:float:4', 'vector', { dimension: 4 }),
]
