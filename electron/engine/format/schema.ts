import type { SchemaField } from '#shared/model/schema.ts'
import { corrupt } from './corrupt.ts'
import { describeType } from './logical-type.ts'
import { readTextEntry, type WireReader } from './wire.ts'

/** lance.file.Field as it lies in the manifest: flat, depth first, parents before children. */
export interface RawField {
  readonly id: number
  /** -1 = top level. */
  readonly parentId: number
  readonly name: string
  readonly logicalType: string
  readonly nullable: boolean
  readonly metadata: Readonly<Record<string, string>>
}

/** Nesting deeper than this is no real schema, and recursion over it must stay safe. */
const MAX_NESTING = 100

/** Reads one Field message. The `type` enum (field 1) is always 0 on disk and says nothing. */
export function readField(message: WireReader): RawField {
  let id = 0
  let parentId = 0
  let name = ''
  let logicalType = ''
  let nullable = false
  let extension: string | undefined
  const metadata: (readonly [string, string])[] = []
  while (message.next()) {
    switch (message.field) {
      case 2:
        name = message.text()
        break
      case 3:
        id = message.int32()
        break
      case 4:
        parentId = message.int32()
        break
      case 5:
        logicalType = message.text()
        break
      case 6:
        nullable = message.bool()
        break
      case 9:
        extension = message.text()
        break
      case 10:
        metadata.push(readTextEntry(message.message()))
        break
      default:
        message.skip()
    }
  }
  if (extension !== undefined && extension !== '') metadata.unshift(['ARROW:extension:name', extension])
  return { id, parentId, name, logicalType, nullable, metadata: Object.fromEntries(metadata) }
}

/** Builds the tree. A field whose parent does not come before it, or an id used twice, is damage. */
export function buildSchema(fields: readonly RawField[]): readonly SchemaField[] {
  const childrenOf = new Map<number, RawField[]>()
  const depthOf = new Map<number, number>([[-1, -1]])
  for (const field of fields) {
    const parentDepth = depthOf.get(field.parentId)
    if (parentDepth === undefined) throw corrupt(`column field ${field.id} has no parent`)
    if (depthOf.has(field.id)) throw corrupt(`column field ${field.id} appears twice`)
    if (parentDepth >= MAX_NESTING) throw corrupt('its columns nest too deeply')
    depthOf.set(field.id, parentDepth + 1)
    const siblings = childrenOf.get(field.parentId)
    if (siblings === undefined) childrenOf.set(field.parentId, [field])
    else siblings.push(field)
  }
  const build = (field: RawField): SchemaField => {
    const children = (childrenOf.get(field.id) ?? []).map(build)
    const { id, name, logicalType, nullable, metadata } = field
    return { id, name, logicalType, nullable, metadata, children, ...describeType(logicalType, metadata, children) }
  }
  return (childrenOf.get(-1) ?? []).map(build)
}

/** Dotted path of every field by id, nested ones as `a.b`. */
export function fieldPaths(schema: readonly SchemaField[]): ReadonlyMap<number, string> {
  const paths = new Map<number, string>()
  const visit = (fields: readonly SchemaField[], prefix: string): void => {
    for (const field of fields) {
      const path = prefix === '' ? field.name : `${prefix}.${field.name}`
      paths.set(field.id, path)
      visit(field.children, path)
    }
  }
  visit(schema, '')
  return paths
}
