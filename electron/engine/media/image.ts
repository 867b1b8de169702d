import { readRange, type MediaFacts, type SourceFile } from '../parsing/index.ts'
import type { ImportProblem } from '#shared/model/import/source.ts'
import { exifTimestamp, readExif } from './exif.ts'

/** Files up to this size are read whole; of larger ones the beginning has to tell. */
const MAX_WHOLE_BYTES = 64 * 1024 * 1024
const HEAD_BYTES = 2 * 1024 * 1024

type Found = Partial<Omit<MediaFacts, 'mimeType' | 'durationMs'>>

/** Size, EXIF and thumbnail of an image. Width and height are as it is shown, turned the way its EXIF says. */
export async function readImage(
  file: SourceFile,
  mimeType: string,
  size: number,
  wantsThumbnail: boolean,
): Promise<Found> {
  const isWhole = size <= MAX_WHOLE_BYTES
  const bytes = await readRange(file.path, 0, isWhole ? size : HEAD_BYTES)
  const problems: ImportProblem[] = []
  const dimensions = await readDimensions(bytes)
  if (dimensions === undefined) {
    problems.push({ severity: 'warning', message: 'Its width and height cannot be told; it may be damaged.' })
  }
  const exif = await readExif(bytes)
  const thumbnail = wantsThumbnail ? await makeThumbnail(bytes, mimeType, isWhole, dimensions, problems) : null
  return {
    width: dimensions?.width ?? null,
    height: dimensions?.height ?? null,
    createdAt: exifTimestamp(exif),
    metadata: exif,
    thumbnail,
    problems,
  }
}

async function readDimensions(
  bytes: Uint8Array,
): Promise<{ readonly width: number; readonly height: number } | undefined> {
  const { imageSize } = await import('image-size')
  try {
    const { width, height, orientation = 1 } = imageSize(bytes)
    if (!(width > 0) || !(height > 0)) return undefined
    const isTurned = orientation >= 5
    return { width: Math.round(isTurned ? height : width), height: Math.round(isTurned ? width : height) }
  } catch {
    return undefined
  }
}

async function makeThumbnail(
  bytes: Uint8Array,
  mimeType: string,
  isWhole: boolean,
  dimensions: { readonly width: number; readonly height: number } | undefined,
  problems: ImportProblem[],
): Promise<Uint8Array | null> {
  const { createThumbnail, MAX_PIXELS, THUMBNAIL_TYPES } = await import('./thumbnail.ts')
  if (!THUMBNAIL_TYPES.has(mimeType)) {
    problems.push({ severity: 'note', message: `No thumbnail: images of type ${mimeType} are not decoded.` })
    return null
  }
  if (dimensions === undefined) return null
  if (!isWhole || dimensions.width * dimensions.height > MAX_PIXELS) {
    problems.push({ severity: 'note', message: 'No thumbnail: the image is too large to be decoded.' })
    return null
  }
  try {
    return await createThumbnail(bytes, mimeType)
  } catch {
    problems.push({ severity: 'warning', message: 'No thumbnail: the image is damaged or incomplete.' })
    return null
  }
}
