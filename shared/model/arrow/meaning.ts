import type { DataType, Field } from '@uwdata/flechette'
import type { SchemaField } from '../schema.ts'

/**
 * What the bytes of a field mean beyond their Arrow type, told by extension metadata or by the dataset's schema.
 * `children` follow the Arrow type's children.
 */
export interface FieldMeaning {
  readonly name: string
  readonly special: 'json' | 'uuid' | 'bfloat16' | 'blob' | null
  readonly children: readonly FieldMeaning[]
}

/** For values without a field of their own. */
export const NO_MEANING: FieldMeaning = { name: '', special: null, children: [] }

/** The schema field, when given, wins where results lose the extension (legacy blobs arrive as a bare struct). */
export function meaningOf(field: Field, schemaField?: SchemaField): FieldMeaning {
  return {
    name: field.name,
    special: specialOf(field, schemaField),
    children: childrenOf(field.type).map((child, index) =>
      meaningOf(child, matchingChild(schemaField, child.name, index)),
    ),
  }
}

function specialOf(field: Field, schemaField: SchemaField | undefined): FieldMeaning['special'] {
  // A field without metadata decodes to null although the declaration says Map.
  const metadata = field.metadata as ReadonlyMap<string, string> | null
  switch (metadata?.get('ARROW:extension:name')) {
    case 'arrow.json':
    case 'lance.json':
      return 'json'
    case 'arrow.uuid':
      return 'uuid'
    case 'lance.bfloat16':
      return 'bfloat16'
    case 'lance.blob.v2':
      return 'blob'
    default:
      break
  }
  if (metadata?.get('lance-encoding:blob') === 'true') return 'blob'
  switch (schemaField?.kind) {
    case 'json':
    case 'uuid':
    case 'blob':
      return schemaField.kind
    default:
      return isBfloat16(schemaField) ? 'bfloat16' : null
  }
}

/** Lance writes the element type of such lists inside the logical type: `fixed_size_list:lance.bfloat16:768`. */
function isBfloat16(field: SchemaField | undefined): boolean {
  return field?.metadata['ARROW:extension:name'] === 'lance.bfloat16' || field?.logicalType === 'lance.bfloat16'
}

function childrenOf(type: DataType): readonly Field[] {
  if ('dictionary' in type) return childrenOf(type.dictionary)
  return 'children' in type ? type.children : []
}

function matchingChild(parent: SchemaField | undefined, name: string, index: number): SchemaField | undefined {
  return parent?.children.find((child) => child.name === name) ?? parent?.children[index]
}
