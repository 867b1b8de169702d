import { open, type FileHandle } from 'node:fs/promises'

/** Films of the MP4 family, whose pictures the reader of sounds tells nothing of. */
export const MP4_TYPES: ReadonlySet<string> = new Set(['video/mp4', 'video/quicktime', 'video/x-m4v', 'video/3gpp'])

export interface Mp4Facts {
  /** Of the largest picture, as it is shown; undefined when there is none. */
  readonly width?: number
  readonly height?: number
  readonly durationMs?: number
}

/** Most bytes of a description of tracks that is read; those of long films have a few megabytes. */
const MAX_MOOV_BYTES = 64 * 1024 * 1024
/** Boxes looked at on the outermost level. */
const MAX_BOXES = 10_000

/** Size and duration by the description of the tracks of a film. Empty when there is none, or it is damaged. */
export async function readMp4(path: string, size: number): Promise<Mp4Facts> {
  const file = await open(path)
  try {
    const moov = await findMoov(file, size)
    return moov === undefined ? {} : factsOf(moov)
  } finally {
    await file.close()
  }
}

async function findMoov(file: FileHandle, size: number): Promise<Buffer | undefined> {
  let position = 0
  for (let boxes = 0; boxes < MAX_BOXES && position + 8 <= size; boxes++) {
    const head = await readAt(file, position, 16)
    const box = boxAt(head, 0, size - position)
    if (box === undefined) return undefined
    if (box.type === 'moov') {
      const length = box.end - box.start
      return length > MAX_MOOV_BYTES ? undefined : readAt(file, position + box.start, length)
    }
    position += box.end
  }
  return undefined
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { bytesRead, buffer } = await file.read(Buffer.alloc(length), 0, length, position)
  return buffer.subarray(0, bytesRead)
}

interface Box {
  readonly type: string
  /** Of what is in it. */
  readonly start: number
  readonly end: number
}

/** The box at a position that ends at `limit` at the latest; undefined where there cannot be one. */
function boxAt(bytes: Buffer, at: number, limit: number): Box | undefined {
  if (at + 8 > bytes.length) return undefined
  const type = bytes.toString('latin1', at + 4, at + 8)
  const short = bytes.readUInt32BE(at)
  if (short === 1 && at + 16 > bytes.length) return undefined
  const [head, length] = short === 1 ? [16, Number(bytes.readBigUInt64BE(at + 8))] : [8, short]
  const end = length === 0 ? limit : at + length
  return end < at + head || end > limit ? undefined : { type, start: at + head, end }
}

function* boxesIn(bytes: Buffer, from: number, end: number): Generator<Box> {
  for (let at = from; at < end;) {
    const box = boxAt(bytes, at, end)
    if (box === undefined) return
    yield box
    at = box.end
  }
}

function factsOf(moov: Buffer): Mp4Facts {
  let facts: Mp4Facts = {}
  for (const box of boxesIn(moov, 0, moov.length)) {
    if (box.type === 'mvhd') facts = { ...facts, ...durationOf(moov.subarray(box.start, box.end)) }
    if (box.type !== 'trak') continue
    for (const { type, start, end } of boxesIn(moov, box.start, box.end)) {
      const size = type === 'tkhd' ? sizeOf(moov.subarray(start, end)) : undefined
      if (size !== undefined && size.width * size.height > (facts.width ?? 0) * (facts.height ?? 0)) {
        facts = { ...facts, ...size }
      }
    }
  }
  return facts
}

function durationOf(mvhd: Buffer): Mp4Facts {
  const isLong = mvhd[0] === 1
  if (mvhd.length < (isLong ? 32 : 20)) return {}
  const scale = mvhd.readUInt32BE(isLong ? 20 : 12)
  const units = isLong ? Number(mvhd.readBigUInt64BE(24)) : mvhd.readUInt32BE(16)
  // All ones stand for what is not known.
  const isKnown = units > 0 && units < (isLong ? Number.MAX_SAFE_INTEGER : 0xff_ff_ff_ff)
  return scale > 0 && isKnown ? { durationMs: Math.round((units / scale) * 1000) } : {}
}

const FIXED_POINT = 65_536

function sizeOf(tkhd: Buffer): { readonly width: number; readonly height: number } | undefined {
  const matrix = tkhd[0] === 1 ? 52 : 40
  if (tkhd.length < matrix + 44) return undefined
  const [width, height] = [36, 40].map((at) => Math.round(tkhd.readUInt32BE(matrix + at) / FIXED_POINT)) as [
    number,
    number,
  ]
  if (width === 0 || height === 0) return undefined
  // Turned by a quarter: the first row of the matrix points along the other axis.
  const isTurned = tkhd.readInt32BE(matrix) === 0 && tkhd.readInt32BE(matrix + 4) !== 0
  return isTurned ? { width: height, height: width } : { width, height }
}
