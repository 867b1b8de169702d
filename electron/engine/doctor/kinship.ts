import { openContainer } from '../format/container.ts'
import { WireReader } from '../format/wire.ts'

/** Parts of a manifest its neighbours repeat letter for letter, as text of their bytes, by what they are. */
type Parts = ReadonlyMap<string, ReadonlySet<string>>

/** Top-level fields of a manifest that never change by a single byte: schema fields, fragments, data format, base paths. */
const REPEATED: ReadonlyMap<number, string> = new Map([
  [1, 'a column'],
  [2, 'a fragment'],
  [15, 'the data format'],
  [18, 'a base path'],
])

interface Kin {
  readonly path: string
  readonly parts: Parts
}

/** Two neighbours that differ in one byte of something no commit changes so. */
export interface Slip {
  /** The manifest the others speak against, or both when nobody can tell. */
  readonly paths: readonly string[]
  readonly what: string
}

/** Compares manifests of one line with their neighbours; they are to be given from the newest to the oldest. */
export class Kinship {
  readonly #slips: Slip[] = []
  /** The two before, newer ones first. */
  #newer: readonly Kin[] = []
  #open: {
    readonly newer: Kin
    readonly older: Kin
    readonly what: string
    readonly values: { readonly newer: string; readonly older: string }
  }[] = []

  add(path: string, file: Uint8Array): void {
    const kin: Kin = { path, parts: readParts(file) }
    this.#settle(kin)
    const [before, last] = this.#newer.length === 2 ? this.#newer : [undefined, this.#newer[0]]
    if (last !== undefined) {
      for (const [what, inNewer] of last.parts) {
        for (const { newer, older } of findSlips(inNewer, kin.parts.get(what) ?? new Set())) {
          // What the one before says, too, is right.
          if (before?.parts.get(what)?.has(older) === true) this.#slips.push({ paths: [last.path], what })
          else if (before?.parts.get(what)?.has(newer) === true) this.#slips.push({ paths: [kin.path], what })
          else this.#open.push({ newer: last, older: kin, what, values: { newer, older } })
        }
      }
    }
    this.#newer = last === undefined ? [kin] : [last, kin]
  }

  /** All there is to say; the next manifest is of another line. */
  finish(): readonly Slip[] {
    this.#settle(undefined)
    this.#newer = []
    return this.#slips.splice(0)
  }

  #settle(next: Kin | undefined): void {
    for (const { newer, older, what, values } of this.#open) {
      const parts = next?.parts.get(what)
      const isOlderWrong = parts?.has(values.newer) === true
      const isNewerWrong = parts?.has(values.older) === true
      const paths = isOlderWrong ? [older.path] : isNewerWrong ? [newer.path] : [newer.path, older.path]
      this.#slips.push({ paths, what })
    }
    this.#open = []
  }
}

function readParts(file: Uint8Array): Parts {
  const container = openContainer(file)
  const parts = new Map<string, Set<string>>()
  const add = (what: string, bytes: Uint8Array): void => {
    const set = parts.get(what) ?? new Set()
    parts.set(what, set)
    set.add(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'))
  }
  const message = container.manifest()
  let indices: WireReader | undefined
  while (message.next()) {
    const what = REPEATED.get(message.field)
    if (message.field === 6) indices = container.section(message.uint())
    else if (what !== undefined && message.isBytes) add(what, message.bytes())
    else if (message.field === 13 && message.isBytes) add('the writer', readLibrary(message.message()))
    else message.skip()
  }
  while (indices?.next() === true) {
    if (indices.field === 1 && indices.isBytes) add('an index', readLasting(indices.bytes()))
    else indices.skip()
  }
  add('the footer', file.subarray(-8))
  return parts
}

/** An IndexMetadata without what later commits change of it: the version it is up to, and the fragments it covers. */
function readLasting(entry: Uint8Array): Uint8Array {
  const reader = new WireReader(entry)
  const kept: Uint8Array[] = []
  for (let start = reader.offset; reader.next(); start = reader.offset) {
    reader.skip()
    if (reader.field !== 4 && reader.field !== 5) kept.push(entry.subarray(start, reader.offset))
  }
  return Buffer.concat(kept)
}

/** WriterVersion.library; its version changes with every update of Lance. */
function readLibrary(writer: WireReader): Uint8Array {
  let library: Uint8Array = new Uint8Array(0)
  while (writer.next()) {
    if (writer.field === 1) library = writer.bytes()
    else writer.skip()
  }
  return library
}

/** More changed parts than this are a commit that changed much, and comparing each with each is not worth the time. */
const MAX_CHANGED = 64

function findSlips(
  newer: ReadonlySet<string>,
  older: ReadonlySet<string>,
): readonly { readonly newer: string; readonly older: string }[] {
  const added = [...newer].filter((part) => !older.has(part))
  const removed = [...older].filter((part) => !newer.has(part))
  if (added.length > MAX_CHANGED || removed.length > MAX_CHANGED) return []
  return added.flatMap((a) => removed.filter((b) => differInOneByte(a, b)).map((b) => ({ newer: a, older: b })))
}

function differInOneByte(a: string, b: string): boolean {
  if (a.length !== b.length || a.length < 4) return false
  let different = 0
  for (let index = 0; index < a.length; index++) {
    if (a.charCodeAt(index) !== b.charCodeAt(index) && ++different > 1) return false
  }
  return different === 1
}
