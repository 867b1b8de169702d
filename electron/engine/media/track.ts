import type { ImportProblem } from '#shared/model/import/source.ts'
import type { MediaFacts, SourceFile } from '../parsing/index.ts'
import { toPlainRecord } from './plain.ts'

/** Files up to this size are read through when only that tells how long they play. */
const MAX_COUNTED_BYTES = 64 * 1024 * 1024

type Found = Partial<Omit<MediaFacts, 'mimeType' | 'thumbnail'>>

/** Duration, codecs and tags of sound or film. */
export async function readTrack({ path }: SourceFile, mimeType: string, size: number): Promise<Found> {
  const { parseFile } = await import('music-metadata')
  const read = (duration: boolean): ReturnType<typeof parseFile> => parseFile(path, { skipCovers: true, duration })
  try {
    let track = await read(false)
    if (track.format.duration === undefined && size <= MAX_COUNTED_BYTES) track = await read(true)
    const { format, common } = track
    const video = format.trackInfo.find((info) => info.video !== undefined)?.video
    return {
      width: video?.pixelWidth ?? null,
      height: video?.pixelHeight ?? null,
      durationMs: format.duration === undefined ? null : Math.round(format.duration * 1000),
      createdAt: toIso(format.creationTime),
      metadata: toPlainRecord({
        container: format.container,
        codec: format.codec,
        bitrate: format.bitrate,
        sampleRate: format.sampleRate,
        channels: format.numberOfChannels,
        lossless: format.lossless,
        title: common.title,
        artist: common.artist,
        album: common.album,
        year: common.year,
        date: common.date,
        genre: common.genre,
        track: common.track.no ?? undefined,
        comment: common.comment?.map((comment) => comment.text),
        tracks: format.trackInfo.map((info) => ({ codec: info.codecName, language: info.language })),
      }),
      problems:
        format.duration === undefined
          ? [{ severity: 'warning', message: 'How long it plays cannot be told; it may be damaged or incomplete.' }]
          : [],
    }
  } catch (error) {
    const why = error instanceof Error ? `: ${error.message.slice(0, 200)}` : ''
    const problem: ImportProblem = {
      severity: 'warning',
      message: `Its duration and tags cannot be read as ${mimeType}${why}`,
      hint: 'It is imported with its bytes only; it may be damaged.',
    }
    return { problems: [problem] }
  }
}

function toIso(date: Date | undefined): string | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString()
}
