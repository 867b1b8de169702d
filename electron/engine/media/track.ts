import { openAsBlob } from 'node:fs'
import type { ImportProblem } from '#shared/model/import/source.ts'
import type { MediaFacts, SourceFile } from '../parsing/index.ts'
import { MP4_TYPES, readMp4 } from './mp4.ts'
import { toPlainRecord } from './plain.ts'

/** Files up to this size are read through when only that tells how long they play. */
const MAX_COUNTED_BYTES = 64 * 1024 * 1024

type Found = Partial<Omit<MediaFacts, 'mimeType' | 'thumbnail'>>

/** Size, duration, codecs and tags of sound or film. */
export async function readTrack({ path }: SourceFile, mimeType: string, size: number): Promise<Found> {
  try {
    const { format, common } = await parseTrack(path, size)
    const video = format.trackInfo.find((info) => info.video !== undefined)?.video
    const film = MP4_TYPES.has(mimeType) ? await readMp4(path, size) : {}
    const durationMs = format.duration === undefined ? film.durationMs : Math.round(format.duration * 1000)
    return {
      width: video?.pixelWidth ?? film.width ?? null,
      height: video?.pixelHeight ?? film.height ?? null,
      durationMs: durationMs ?? null,
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
        durationMs === undefined
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

type Track = Awaited<ReturnType<typeof import('music-metadata').parseFile>>

/** Reads a file as its name says, and as its content says where that tells no duration; at last by counting through it. */
async function parseTrack(path: string, size: number): Promise<Track> {
  const { parseBlob, parseFile } = await import('music-metadata')
  const options = { skipCovers: true, duration: false }
  const named = await parseFile(path, options).catch((error: unknown) => ({ error }))
  if (!('error' in named) && named.format.duration !== undefined) return named
  const told = await parseBlob(await openAsBlob(path), options).catch(() => undefined)
  if (told?.format.duration !== undefined) return told
  if ('error' in named) throw named.error
  return size <= MAX_COUNTED_BYTES ? parseFile(path, { ...options, duration: true }) : named
}

function toIso(date: Date | undefined): string | null {
  return date === undefined || Number.isNaN(date.getTime()) ? null : date.toISOString()
}
