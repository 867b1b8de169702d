import { corrupt } from './corrupt.ts'

/** https://github.com/RoaringBitmap/RoaringFormatSpec */
const COOKIE_WITHOUT_RUNS = 12346
const COOKIE_WITH_RUNS = 12347
const OFFSETS_FROM_CONTAINERS = 4
const ARRAY_MAX = 4096
const BITSET_BYTES = 8192

interface Container {
  /** High 16 bits of every value in it. */
  readonly key: number
  readonly cardinality: number
  readonly kind: 'array' | 'bitset' | 'runs'
  readonly at: number
  /** Entries: values of an array, runs of a run container. */
  readonly entries: number
}

/**
 * Reads a portable 32-bit Roaring bitmap as a set. Values stay packed and are looked up in place, so a few bytes that
 * name billions of values cost nothing. Throws `corrupt-manifest`.
 */
export function readRoaring(bytes: Uint8Array): ReadonlySet<number> {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  return new PackedSet(view, readContainers(view))
}

/**
 * All values of a portable 32-bit Roaring bitmap, ascending as it stores them; refuses more than `maxValues`, so that no
 * more than four bytes a value are allocated. Throws `corrupt-manifest`.
 */
export function readRoaringValues(bytes: Uint8Array, maxValues: number): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const containers = readContainers(view)
  const size = containers.reduce((sum, container) => sum + container.cardinality, 0)
  if (size > maxValues) throw corrupt(`it lists ${size} rows, more than there can be`)
  const values = new Uint32Array(size)
  let filled = 0
  for (const container of containers) {
    const end = filled + container.cardinality
    filled = fillFrom(view, container, values, filled, end)
    if (filled !== end) throw corrupt('a bitmap has another number of values than it says')
  }
  return values
}

/** Writes a container's values from `at` on, never past `end`; returns where it would have ended. */
function fillFrom(view: DataView, container: Container, values: Uint32Array, at: number, end: number): number {
  const { kind, entries } = container
  const base = container.key * 65_536
  let next = at
  const add = (low: number): void => {
    if (next < end) values[next] = base + low
    next++
  }
  if (kind === 'array') {
    for (let entry = 0; entry < entries; entry++) add(view.getUint16(container.at + entry * 2, true))
  } else if (kind === 'bitset') {
    for (let byte = 0; byte < BITSET_BYTES; byte++) {
      for (let bits = view.getUint8(container.at + byte), low = byte * 8; bits > 0; bits >>= 1, low++) {
        if ((bits & 1) === 1) add(low)
      }
    }
  } else {
    for (let run = 0; run < entries; run++) {
      if (next > end) return next
      const start = view.getUint16(container.at + run * 4, true)
      const length = view.getUint16(container.at + run * 4 + 2, true)
      for (let low = start; low <= Math.min(start + length, 65_535); low++) add(low)
    }
  }
  return next
}

/**
 * The values of a portable 32-bit Roaring bitmap as runs of neighbours, both ends inclusive, at most `maxRuns` of them.
 * Runs are never spelt out, so time and memory follow the bytes, not the values. Throws `corrupt-manifest`.
 */
export function readRoaringRuns(
  bytes: Uint8Array,
  maxRuns: number,
): {
  readonly size: number
  readonly runs: readonly (readonly [first: number, last: number])[]
  readonly isCut: boolean
} {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const containers = readContainers(view)
  const size = containers.reduce((sum, container) => sum + container.cardinality, 0)
  const runs: [number, number][] = []
  const add = (first: number, last: number): boolean => {
    const previous = runs.at(-1)
    if (previous !== undefined && previous[1] === first - 1) previous[1] = last
    else runs.push([first, last])
    return runs.length <= maxRuns
  }
  const isCut = !containers.every((container) => addRuns(view, container, add))
  return { size, runs: runs.slice(0, maxRuns), isCut }
}

/** False as soon as `add` wants no more. */
function addRuns(view: DataView, container: Container, add: (first: number, last: number) => boolean): boolean {
  const base = container.key * 65_536
  if (container.kind === 'bitset') {
    for (let low = 0; low < 65_536; low++) {
      const isSet = ((view.getUint8(container.at + (low >> 3)) >> (low & 7)) & 1) === 1
      if (isSet && !add(base + low, base + low)) return false
    }
    return true
  }
  const stride = container.kind === 'runs' ? 4 : 2
  for (let entry = 0; entry < container.entries; entry++) {
    const first = view.getUint16(container.at + entry * stride, true)
    const length = stride === 4 ? view.getUint16(container.at + entry * 4 + 2, true) : 0
    if (!add(base + first, base + Math.min(first + length, 65_535))) return false
  }
  return true
}

function readContainers(view: DataView): readonly Container[] {
  const need = (at: number, length: number): void => {
    if (at + length > view.byteLength) throw corrupt('a bitmap is cut off')
  }
  need(0, 4)
  const cookie = view.getUint32(0, true)
  const hasRuns = (cookie & 0xffff) === COOKIE_WITH_RUNS
  if (!hasRuns && cookie !== COOKIE_WITHOUT_RUNS) throw corrupt('a bitmap is not one')
  if (!hasRuns) need(4, 4)
  const count = hasRuns ? (cookie >>> 16) + 1 : view.getUint32(4, true)
  if (count > 65_536) throw corrupt('a bitmap is too large')
  const flagsAt = 4
  const headersAt = hasRuns ? flagsAt + Math.ceil(count / 8) : 8
  need(headersAt, count * 4)
  let at = headersAt + count * 4
  if (!hasRuns || count >= OFFSETS_FROM_CONTAINERS) at += count * 4

  const containers: Container[] = []
  for (let index = 0; index < count; index++) {
    const key = view.getUint16(headersAt + index * 4, true)
    const cardinality = view.getUint16(headersAt + index * 4 + 2, true) + 1
    if (key <= (containers.at(-1)?.key ?? -1)) throw corrupt('a bitmap is not sorted')
    if (hasRuns && ((view.getUint8(flagsAt + (index >> 3)) >> (index & 7)) & 1) === 1) {
      need(at, 2)
      const runs = view.getUint16(at, true)
      need(at + 2, runs * 4)
      containers.push({ key, cardinality, kind: 'runs', at: at + 2, entries: runs })
      at += 2 + runs * 4
    } else if (cardinality <= ARRAY_MAX) {
      need(at, cardinality * 2)
      containers.push({ key, cardinality, kind: 'array', at, entries: cardinality })
      at += cardinality * 2
    } else {
      need(at, BITSET_BYTES)
      containers.push({ key, cardinality, kind: 'bitset', at, entries: cardinality })
      at += BITSET_BYTES
    }
  }
  return containers
}

class PackedSet implements ReadonlySet<number> {
  readonly size: number
  readonly #view: DataView
  readonly #containers: readonly Container[]

  constructor(view: DataView, containers: readonly Container[]) {
    this.#view = view
    this.#containers = containers
    this.size = containers.reduce((sum, container) => sum + container.cardinality, 0)
  }

  has(value: number): boolean {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) return false
    const key = Math.floor(value / 65_536)
    const low = value % 65_536
    const index = lastAtMost(this.#containers.length, key, (at) => this.#containers[at]?.key ?? 0)
    const container = this.#containers[index]
    return container !== undefined && container.key === key && this.#contains(container, low)
  }

  #contains({ kind, at, entries }: Container, low: number): boolean {
    const view = this.#view
    if (kind === 'bitset') return ((view.getUint8(at + (low >> 3)) >> (low & 7)) & 1) === 1
    const stride = kind === 'runs' ? 4 : 2
    const index = lastAtMost(entries, low, (entry) => view.getUint16(at + entry * stride, true))
    if (index < 0) return false
    const start = view.getUint16(at + index * stride, true)
    return kind === 'runs' ? low - start <= view.getUint16(at + index * 4 + 2, true) : low === start
  }

  *values(): SetIterator<number> {
    for (const container of this.#containers) {
      const base = container.key * 65_536
      if (container.kind === 'runs') yield* this.#runs(container, base)
      else if (container.kind === 'array') {
        for (let entry = 0; entry < container.entries; entry++) {
          yield base + this.#view.getUint16(container.at + entry * 2, true)
        }
      } else {
        for (let low = 0; low < 65_536; low++) if (this.#contains(container, low)) yield base + low
      }
    }
  }

  *#runs({ at, entries }: Container, base: number): SetIterator<number> {
    for (let entry = 0; entry < entries; entry++) {
      const start = this.#view.getUint16(at + entry * 4, true)
      const length = this.#view.getUint16(at + entry * 4 + 2, true)
      for (let low = start; low <= Math.min(start + length, 65_535); low++) yield base + low
    }
  }

  keys(): SetIterator<number> {
    return this.values()
  }

  *entries(): SetIterator<[number, number]> {
    for (const value of this.values()) yield [value, value]
  }

  forEach(callback: (value: number, key: number, set: ReadonlySet<number>) => void, thisArg?: unknown): void {
    for (const value of this.values()) callback.call(thisArg, value, value, this)
  }

  [Symbol.iterator](): SetIterator<number> {
    return this.values()
  }
}

/** Index of the last of `count` ascending values that is at most `target`; -1 when none is. */
function lastAtMost(count: number, target: number, valueAt: (index: number) => number): number {
  let low = 0
  let high = count
  while (low < high) {
    const middle = (low + high) >>> 1
    if (valueAt(middle) <= target) low = middle + 1
    else high = middle
  }
  return low - 1
}
