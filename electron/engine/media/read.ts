import { stat } from 'node:fs/promises'
import type { MediaKind } from '#shared/model/import/source.ts'
import { readRange, toReadError, type MediaFacts, type SourceFile } from '../parsing/index.ts'
import { readMimeType } from './mime.ts'

const HEAD_BYTES = 64 * 1024

/**
 * Facts of a media file, and a thumbnail where asked for and possible. What cannot be told is null, and said in `problems`;
 * only a file that cannot be opened fails, with `not-found`, `permission-denied` or `unreadable-source`.
 */
export async function readMedia({
  kind,
  thumbnail,
  ...file
}: SourceFile & { readonly kind: MediaKind; readonly thumbnail: boolean }): Promise<MediaFacts> {
  try {
    const { size } = await stat(file.path)
    const mimeType = await readMimeType(await readRange(file.path, 0, Math.min(size, HEAD_BYTES)), file.name)
    const facts: MediaFacts = {
      mimeType,
      width: null,
      height: null,
      durationMs: null,
      createdAt: null,
      metadata: {},
      thumbnail: null,
      problems: [],
    }
    switch (kind) {
      case 'image': {
        const { readImage } = await import('./image.ts')
        return { ...facts, ...(await readImage(file, mimeType, size, thumbnail)) }
      }
      case 'audio':
      case 'video': {
        const { readTrack } = await import('./track.ts')
        return { ...facts, ...(await readTrack(file, mimeType, size)) }
      }
      case 'binary':
        return facts
    }
  } catch (error) {
    throw toReadError(error, file.name, 'media')
  }
}
