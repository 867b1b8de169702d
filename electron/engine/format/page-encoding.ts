import { WireReader } from './wire.ts'

/** How one alternative of an encoding oneof reads: its name for people, and where what it wraps is found. */
interface Step {
  /** Absent for wrappers that say nothing of their own. */
  readonly name?: string
  /** Field with the encoding of the values inside. */
  readonly inner?: number
  /** Messages to step through on the way to `inner`. */
  readonly through?: readonly number[]
  /** Field with a BufferCompression {1 scheme} applied to the buffer. */
  readonly buffer?: number
  /** Field whose presence means the values are looked up in a dictionary. */
  readonly dictionary?: number
}

type Steps = Readonly<Record<number, Step>>

/** CompressiveEncoding of encodings_v2_1.proto; 14 and 15 appear in newer sources. */
const COMPRESSIONS: Steps = {
  1: { name: 'flat', buffer: 2 },
  2: { name: 'variable', buffer: 2 },
  3: { name: 'constant' },
  4: { name: 'bitpacking', inner: 3 },
  5: { name: 'bitpacking', buffer: 2 },
  6: { name: 'fsst', inner: 2 },
  7: { name: 'dictionary', inner: 2 },
  8: { name: 'run-length', inner: 1 },
  9: { name: 'byte-stream-split', inner: 1 },
  10: { inner: 3, buffer: 1 },
  11: { name: 'fixed-size-list', inner: 2 },
  12: { name: 'packed-struct', inner: 2 },
  13: { name: 'packed-struct', inner: 1, through: [1] },
  14: { name: 'range' },
  15: { name: 'delta', inner: 3 },
}

/** PageLayout of encodings_v2_1.proto: layouts are the outermost step, their values a CompressiveEncoding. */
const LAYOUTS: Steps = {
  1: { name: 'mini-block', inner: 3, dictionary: 4 },
  2: { name: 'constant' },
  3: { name: 'full-zip', inner: 7 },
  4: { name: 'blob', inner: 1 },
  5: { name: 'sparse', inner: 1 },
}

/** ArrayEncoding of encodings_v2_0.proto. */
const ARRAYS: Steps = {
  1: { name: 'flat', buffer: 3 },
  2: {},
  3: { name: 'fixed-size-list', inner: 2 },
  4: { name: 'list', inner: 1 },
  5: { name: 'struct' },
  6: { name: 'binary', inner: 2 },
  7: { name: 'dictionary', inner: 2 },
  8: { name: 'fsst', inner: 1 },
  9: { name: 'packed-struct', inner: 1 },
  10: { name: 'bitpacking' },
  11: { name: 'fixed-size-binary', inner: 1 },
  12: { name: 'bitpacking' },
  13: { name: 'constant' },
  14: { name: 'bitpacking' },
  15: { name: 'bitpacking' },
  16: { name: 'variable' },
  17: { name: 'packed-struct', inner: 1 },
  18: { name: 'block', buffer: 1 },
  19: { name: 'run-length' },
  20: { inner: 1, buffer: 2 },
  21: { name: 'byte-stream-split' },
}

const BLOB_LAYOUT = 4
const NULLABLE = 2
const SCHEMES = ['', 'lz4', 'zstd']
/** Encodings wrap each other; deeper than this is no real file. */
const MAX_DEPTH = 24

/**
 * Names of a page's layout and compressions, outermost first, from its encoding as a google.protobuf.Any {1 type_url,
 * 2 value}: a PageLayout (formats 2.1 and newer) or an ArrayEncoding (2.0). An alternative this build does not know is
 * `unknown encoding N`. Throws `corrupt-manifest`.
 */
export function namePageEncoding(any: WireReader): readonly string[] {
  let typeUrl = ''
  let value = new WireReader(new Uint8Array(0))
  while (any.next()) {
    if (any.field === 1) typeUrl = any.text()
    else if (any.field === 2) value = any.message()
    else any.skip()
  }
  const names: string[] = []
  if (typeUrl.endsWith('PageLayout')) addNames(value, LAYOUTS, names, 0)
  else if (typeUrl.endsWith('ArrayEncoding')) addNames(value, ARRAYS, names, 0)
  return names
}

function addNames(oneof: WireReader, steps: Steps, names: string[], depth: number): void {
  if (depth > MAX_DEPTH || !oneof.next()) return
  const { field } = oneof
  const step = steps[field]
  if (step === undefined) {
    names.push(`unknown encoding ${field}`)
    return
  }
  if (steps === ARRAYS && field === NULLABLE) {
    addNullable(oneof.message(), names, depth)
    return
  }
  if (step.name !== undefined) names.push(step.name)
  addInner(oneof.message(), step, stepsInside(steps, field), names, depth)
}

function stepsInside(steps: Steps, field: number): Steps {
  return steps === LAYOUTS && field !== BLOB_LAYOUT ? COMPRESSIONS : steps
}

function addInner(message: WireReader, step: Step, steps: Steps, names: string[], depth: number): void {
  let inner: WireReader | undefined
  while (message.next()) {
    const { field } = message
    const [through, ...further] = step.through ?? []
    if (field === through) addInner(message.message(), { ...step, through: further }, steps, names, depth + 1)
    else if (through === undefined && field === step.inner) inner ??= message.message()
    else if (field === step.buffer) addScheme(message, names)
    else {
      if (field === step.dictionary) names.push('dictionary')
      message.skip()
    }
  }
  if (inner !== undefined) addNames(inner, steps, names, depth + 1)
}

/** Nullable {1 no_nulls {1 values}, 2 some_nulls {1 validity, 2 values}, 3 all_nulls}. */
function addNullable(nullable: WireReader, names: string[], depth: number): void {
  if (!nullable.next()) return
  const { field } = nullable
  if (field === 1) addInner(nullable.message(), { inner: 1 }, ARRAYS, names, depth + 1)
  else if (field === 2) addInner(nullable.message(), { inner: 2 }, ARRAYS, names, depth + 1)
  else names.push('all-null')
}

/** BufferCompression {1 scheme enum} of 2.1, Compression {1 scheme text} of 2.0, or the text itself. */
function addScheme(holder: WireReader, names: string[]): void {
  const compression = holder.message()
  try {
    while (compression.next()) {
      if (compression.field === 1) {
        const scheme = compression.isBytes ? compression.text() : (SCHEMES[compression.uint()] ?? 'unknown compression')
        if (scheme !== '') names.push(scheme)
      } else compression.skip()
    }
  } catch {
    names.push('compressed')
  }
}
