import fs from 'node:fs'
import path from 'node:path'

/*
 * A dataset of any number of fragments from one of a single fragment: its newest manifest with that fragment repeated, each
 * time with an id and a data file name of its own. Making it by appends would write gigabytes of manifests. Only its
 * metadata is real; the data files are not there.
 */

const FOOTER_BYTES = 16
const BYTES = 2

interface Field {
  readonly number: number
  readonly raw: Buffer
  /** Empty for plain numbers. */
  readonly body: Buffer
}

/** Adds a version of `count` fragments to a dataset of one fragment. */
export function addManyFragments(location: string, count: number): void {
  const versions = path.join(location, '_versions')
  const [newest] = fs
    .readdirSync(versions)
    .filter((name) => name.endsWith('.manifest'))
    .sort()
  const version = 2n ** 64n - 1n - BigInt(path.basename(newest!, '.manifest')) + 1n
  const file = fs.readFileSync(path.join(versions, newest!))
  const position = Number(file.readBigUInt64LE(file.length - FOOTER_BYTES))
  const message = file.subarray(position + 4, file.length - FOOTER_BYTES)
  const manifest = Buffer.concat(readFields(message).flatMap((field) => replace(field, Number(version), count)))
  const length = Buffer.alloc(4)
  length.writeUInt32LE(manifest.length)
  fs.writeFileSync(
    path.join(versions, `${2n ** 64n - 1n - version}.manifest`),
    Buffer.concat([file.subarray(0, position), length, manifest, file.subarray(file.length - FOOTER_BYTES)]),
  )
}

/** Manifest {2 fragments, 3 version, 11 max_fragment_id}. */
function replace({ number, raw, body }: Field, version: number, count: number): readonly Buffer[] {
  if (number === 2) return Array.from({ length: count }, (_, id) => message(2, makeFragment(readFields(body), id)))
  if (number === 3) return [numeric(3, version)]
  return [number === 11 ? numeric(11, count - 1) : raw]
}

/** DataFragment {1 id, 2 files}. */
function makeFragment(like: readonly Field[], id: number): Buffer {
  const rest = like.filter(({ number }) => number !== 1)
  return Buffer.concat([
    numeric(1, id),
    ...rest.map(({ number, raw, body }) => (number === 2 ? message(2, renameFile(readFields(body), id)) : raw)),
  ])
}

/** DataFile {1 path}, in the length real names have. */
function renameFile(like: readonly Field[], id: number): Buffer {
  const name = `${id.toString(2).padStart(24, '0')}${id.toString(16).padStart(26, '0')}.lance`
  return Buffer.concat(like.map(({ number, raw }) => (number === 1 ? message(1, Buffer.from(name)) : raw)))
}

function readFields(bytes: Buffer): readonly Field[] {
  const fields: Field[] = []
  for (let at = 0; at < bytes.length;) {
    const start = at
    const tag = readVarint(bytes, at)
    const value = readVarint(bytes, tag.end)
    const hasBody = tag.value % 8 === BYTES
    at = hasBody ? value.end + value.value : value.end
    fields.push({
      number: Math.floor(tag.value / 8),
      raw: bytes.subarray(start, at),
      body: hasBody ? bytes.subarray(value.end, at) : Buffer.alloc(0),
    })
  }
  return fields
}

function readVarint(bytes: Buffer, from: number): { readonly value: number; readonly end: number } {
  let value = 0
  for (let at = from, scale = 1; ; at++, scale *= 128) {
    const byte = bytes[at]!
    value += (byte & 127) * scale
    if (byte < 128) return { value, end: at + 1 }
  }
}

function varint(value: number): Buffer {
  const bytes: number[] = []
  let rest = value
  for (; rest > 127; rest = Math.floor(rest / 128)) bytes.push((rest % 128) | 128)
  return Buffer.from([...bytes, rest])
}

const numeric = (field: number, value: number): Buffer => Buffer.concat([varint(field * 8), varint(value)])
const message = (field: number, body: Buffer): Buffer =>
  Buffer.concat([varint(field * 8 + BYTES), varint(body.length), body])
