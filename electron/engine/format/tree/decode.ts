import type { MetadataTree } from '#shared/model/metadata.ts'
import { AppError } from '#shared/errors.ts'
import { WireReader } from '../wire.ts'
import { fieldsOf, type FieldSpec, type Scalar, type ValueType } from './field-spec.ts'
import { ANY_NAMES } from './messages.ts'
import { cutText, formatBytes, leftOut, packedWire, readScalar } from './scalars.ts'

/** Entries of one repeated field that are shown. */
const MAX_REPEATED = 1000
/**
 * Values of one tree. Each costs some hundred bytes at most beside the texts it shows, so a tree of whatever bytes stays
 * below 10 MB plus twice its input.
 */
const MAX_VALUES = 50_000
/** Messages nest; deeper ones stay bytes. */
const MAX_DEPTH = 48
const FIRST_OPERATION = 100
const LAST_OPERATION = 199

/** What is left to spend on one tree. */
interface Budget {
  values: number
}

/** Collects what occurs of one field until the message ends. */
interface Slot {
  readonly isList: boolean
  readonly values: MetadataTree[]
  readonly entries: (readonly [string, MetadataTree])[]
  more: number
}

/**
 * A protobuf message as a tree with Lance's own field names; `name` is a key of MESSAGES. Fields this build does not know
 * are kept as `unknown field N`, operations of a newer Lance as `unknown operation N`. Throws `corrupt-manifest`.
 */
export function describeMessage(name: string, source: Uint8Array | WireReader): MetadataTree {
  const fields = fieldsOf(name)
  if (fields === undefined) throw new AppError({ code: 'internal', message: `There is no message ${name}.` })
  const reader = source instanceof WireReader ? source : new WireReader(source)
  return readMessage(reader, { kind: 'message', fields, name }, { values: MAX_VALUES }, 0)
}

function readMessage(
  reader: WireReader,
  { fields, name }: Extract<ValueType, { kind: 'message' }>,
  budget: Budget,
  depth: number,
): MetadataTree {
  const slots = new Map<string, Slot>()
  while (reader.next()) {
    const spec = fields.get(reader.field)
    const key = spec?.name ?? nameUnknown(name, reader.field)
    const slot = slots.get(key) ?? { isList: spec?.isRepeated === true, values: [], entries: [], more: 0 }
    slots.set(key, slot)
    if (spec === undefined) addUnknown(reader, slot, budget)
    else if (spec.key !== undefined) addEntry(reader, spec, spec.key, slot, budget, depth)
    else if (spec.isRepeated) addRepeated(reader, spec.type(), slot, budget, depth)
    else slot.values[0] = spend(budget) ? readValue(reader, spec.type(), budget, depth) : skipped(reader)
  }
  const absent = [...fields.values()].filter((spec) => spec.isAlwaysShown && !slots.has(spec.name))
  return Object.fromEntries([
    ...absent.map((spec) => [spec.name, zeroOf(spec.type())] as const),
    ...[...slots].map(([key, slot]) => [key, finish(slot)] as const),
  ])
}

function zeroOf(type: ValueType): MetadataTree {
  if (type.kind === 'enum') return type.names[0] ?? 0
  return type.kind === 'scalar' && type.scalar === 'u64' ? '0' : 0
}

function nameUnknown(message: string, field: number): string {
  const isOperation = message === 'Transaction' && field >= FIRST_OPERATION && field <= LAST_OPERATION
  return isOperation ? `unknown operation ${field}` : `unknown field ${field}`
}

function finish({ isList, values, entries, more }: Slot): MetadataTree {
  if (entries.length > 0) {
    return Object.fromEntries(more === 0 ? entries : [...entries, ['…', leftOut(more)]])
  }
  const [first] = values
  if (!isList && values.length === 1 && more === 0 && first !== undefined) return first
  return more === 0 ? values : [...values, leftOut(more)]
}

function spend(budget: Budget): boolean {
  if (budget.values <= 0) return false
  budget.values--
  return true
}

function skipped(reader: WireReader): MetadataTree {
  reader.skip()
  return '… left out'
}

/** True when a list may take one more entry. */
function hasRoom(slot: Slot, budget: Budget): boolean {
  if (slot.values.length + slot.entries.length < MAX_REPEATED && spend(budget)) return true
  slot.more++
  return false
}

function addUnknown(reader: WireReader, slot: Slot, budget: Budget): void {
  if (!hasRoom(slot, budget)) reader.skip()
  else if (reader.wire === 0) slot.values.push(reader.big().toString())
  else if (reader.wire === 1) slot.values.push(reader.fixed64().toString())
  else if (reader.wire === 5) slot.values.push(reader.fixed32())
  else slot.values.push(formatBytes(reader.bytes()))
}

function addRepeated(reader: WireReader, type: ValueType, slot: Slot, budget: Budget, depth: number): void {
  const wire = type.kind === 'message' ? 2 : type.kind === 'enum' ? 0 : packedWire(type.scalar)
  if (!reader.isBytes || wire === 2) {
    if (hasRoom(slot, budget)) slot.values.push(readValue(reader, type, budget, depth))
    else reader.skip()
    return
  }
  const packed = reader.packed()
  while (packed.hasMore) {
    packed.asPacked(wire)
    if (hasRoom(slot, budget)) slot.values.push(readValue(packed, type, budget, depth))
    else packed.skip()
  }
}

/** One entry of a map: a message {1 key, 2 value}. */
function addEntry(
  reader: WireReader,
  spec: FieldSpec,
  keyType: Scalar,
  slot: Slot,
  budget: Budget,
  depth: number,
): void {
  if (!hasRoom(slot, budget)) {
    reader.skip()
    return
  }
  const entry = reader.message()
  let key = ''
  let value: MetadataTree = ''
  while (entry.next()) {
    if (entry.field === 1) key = readKey(entry, keyType)
    else if (entry.field === 2) value = readValue(entry, spec.type(), budget, depth)
    else entry.skip()
  }
  slot.entries.push([key, value])
}

function readKey(entry: WireReader, type: Scalar): string {
  if (type === 'text') return cutText(entry.lenientText())
  return type === 'i32' ? String(entry.int32()) : entry.big().toString()
}

function readValue(reader: WireReader, type: ValueType, budget: Budget, depth: number): MetadataTree {
  switch (type.kind) {
    case 'enum': {
      const value = reader.uint()
      return type.names[value] ?? `unknown value ${value}`
    }
    case 'message':
      if (depth >= MAX_DEPTH) return formatBytes(reader.bytes())
      return readMessage(reader.message(), type, budget, depth + 1)
    case 'scalar':
      return type.scalar === 'any' ? readAny(reader.message(), budget, depth) : readScalar(reader, type.scalar)
  }
}

/**
 * google.protobuf.Any {1 type_url, 2 value}: the value by its type URL. A type this build does not know, or whose fields
 * have changed since, stays bytes.
 */
function readAny(any: WireReader, budget: Budget, depth: number): MetadataTree {
  let typeUrl = ''
  let bytes: Uint8Array = new Uint8Array(0)
  while (any.next()) {
    if (any.field === 1) typeUrl = any.lenientText()
    else if (any.field === 2) bytes = any.bytes()
    else any.skip()
  }
  const last = typeUrl.split(/[/.]/).at(-1) ?? ''
  const name = ANY_NAMES[last] ?? last
  const fields = fieldsOf(name)
  const shown = { type_url: cutText(typeUrl) }
  if (fields === undefined || depth >= MAX_DEPTH) return { ...shown, value: formatBytes(bytes) }
  try {
    return { ...shown, value: readMessage(new WireReader(bytes), { kind: 'message', fields, name }, budget, depth + 1) }
  } catch (error) {
    if (!(error instanceof AppError)) throw error
    return { ...shown, value: formatBytes(bytes) }
  }
}
