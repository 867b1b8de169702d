import type { FieldKind, SchemaField } from '#shared/model/schema.ts'

/** What a field's logical type and metadata say about showing it. */
export interface TypeDescription {
  readonly kind: FieldKind
  /** For people: `timestamp[us, UTC]`. */
  readonly type: string
  /** Values per row of a fixed-size list. */
  readonly dimension?: number
}

type Children = readonly Pick<SchemaField, 'type' | 'name' | 'children'>[]

const SIMPLE_KINDS: Readonly<Record<string, FieldKind>> = {
  null: 'null',
  bool: 'boolean',
  int8: 'integer',
  int16: 'integer',
  int32: 'integer',
  int64: 'integer',
  uint8: 'integer',
  uint16: 'integer',
  uint32: 'integer',
  uint64: 'integer',
  halffloat: 'float',
  float: 'float',
  double: 'float',
  string: 'string',
  large_string: 'string',
  binary: 'binary',
  large_binary: 'binary',
  json: 'json',
}
/** Element types that make a fixed-size list a vector: what vector search accepts. */
const VECTOR_ELEMENTS: ReadonlySet<string> = new Set([
  'halffloat',
  'float',
  'double',
  'lance.bfloat16',
  'int8',
  'uint8',
])
/** Types inside type strings nest; deeper than this is no real data. */
const MAX_DEPTH = 16

/**
 * Describes a field by its logical type (lance-core `LogicalType`), its extension metadata and its children.
 * A type this build does not know keeps its own name and the kind `unknown`.
 */
export function describeType(
  logicalType: string,
  metadata: Readonly<Record<string, string>>,
  children: Children,
): TypeDescription {
  const plain = describePlain(logicalType, children, 0)
  const extension = metadata['ARROW:extension:name']
  if (extension === 'lance.blob.v2') return { kind: 'blob', type: 'blob' }
  if (metadata['lance-encoding:blob'] === 'true') return { kind: 'blob', type: `blob<${plain.type}>` }
  if (extension === 'lance.json' || extension === 'arrow.json') return { kind: 'json', type: 'json' }
  if (extension === 'arrow.uuid' && logicalType === 'fixed_size_binary:16') return { kind: 'uuid', type: 'uuid' }
  return plain
}

function describePlain(logicalType: string, children: Children, depth: number): TypeDescription {
  const simple = Object.hasOwn(SIMPLE_KINDS, logicalType) ? SIMPLE_KINDS[logicalType] : undefined
  if (simple !== undefined) return { kind: simple, type: logicalType }
  const [name = '', ...parts] = logicalType.split(':', 2)
  const rest = parts[0] === undefined ? '' : logicalType.slice(name.length + 1)
  switch (name) {
    case 'struct':
      return { kind: 'struct', type: `struct{${children.length}}` }
    case 'list':
    case 'list.struct':
      return { kind: 'list', type: `list<${children[0]?.type ?? '?'}>` }
    case 'large_list':
    case 'large_list.struct':
      return { kind: 'list', type: `large_list<${children[0]?.type ?? '?'}>` }
    case 'map':
      return describeMap(children)
    case 'fixed_size_list':
      return describeFixedSizeList(rest, children, depth)
    case 'dict':
      return describeDictionary(rest, depth)
    default:
      return describeParametric(name, rest) ?? { kind: 'unknown', type: logicalType }
  }
}

function describeParametric(name: string, rest: string): TypeDescription | undefined {
  switch (name) {
    case 'fixed_size_binary':
      return { kind: 'binary', type: `fixed_size_binary[${rest}]` }
    case 'date32':
    case 'date64':
      return { kind: 'date', type: name }
    case 'time32':
    case 'time64':
      return { kind: 'time', type: `${name}[${rest}]` }
    case 'duration':
      return { kind: 'duration', type: `duration[${rest}]` }
    case 'timestamp':
      return describeTimestamp(rest)
    case 'decimal': {
      const [bits = '', precision = '', scale = ''] = rest.split(':')
      return { kind: 'decimal', type: `decimal${bits}(${precision}, ${scale})` }
    }
    default:
      return undefined
  }
}

/** `{unit}:{zone or -}`; a zone may hold colons itself (`+05:30`). */
function describeTimestamp(rest: string): TypeDescription {
  const colon = rest.indexOf(':')
  const unit = colon === -1 ? rest : rest.slice(0, colon)
  const zone = colon === -1 ? '-' : rest.slice(colon + 1)
  return { kind: 'timestamp', type: zone === '-' ? `timestamp[${unit}]` : `timestamp[${unit}, ${zone}]` }
}

function describeMap(children: Children): TypeDescription {
  const [key, value] = children[0]?.children ?? []
  return { kind: 'map', type: `map<${key?.type ?? '?'}, ${value?.type ?? '?'}>` }
}

/** `{element}:{size}`; the size is the last part, the element may hold colons. */
function describeFixedSizeList(rest: string, children: Children, depth: number): TypeDescription {
  const colon = rest.lastIndexOf(':')
  const element = rest.slice(0, Math.max(0, colon))
  const dimension = Number(rest.slice(colon + 1))
  if (!Number.isSafeInteger(dimension) || dimension < 0 || depth >= MAX_DEPTH) {
    return { kind: 'unknown', type: `fixed_size_list:${rest}` }
  }
  const inner = element === 'struct' ? children[0]?.type : describePlain(element, [], depth + 1).type
  return {
    kind: VECTOR_ELEMENTS.has(element) ? 'vector' : 'list',
    type: `fixed_size_list<${inner ?? '?'}>[${dimension}]`,
    dimension,
  }
}

/** `{value}:{index}:{ordered}`; only the value may hold colons. */
function describeDictionary(rest: string, depth: number): TypeDescription {
  const parts = rest.split(':')
  const index = parts.at(-2)
  const value = parts.slice(0, -2).join(':')
  if (index === undefined || depth >= MAX_DEPTH) return { kind: 'unknown', type: `dict:${rest}` }
  return { kind: 'dictionary', type: `dictionary<${describePlain(value, [], depth + 1).type}, ${index}>` }
}
