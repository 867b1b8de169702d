import { AppError } from '#shared/errors.ts'
import { unpackZstdStream } from '../../parsing/index.ts'
import { unreadable } from '../errors.ts'

/** Unpacks the bytes of a file of Zstandard frames. */
export async function* unpackZstd(raw: AsyncGenerator<Uint8Array>, name: string): AsyncGenerator<Uint8Array> {
  try {
    yield* unpackZstdStream(raw)
  } catch (cause) {
    if (cause instanceof AppError) throw cause
    const isShort = cause instanceof Error && cause.message.startsWith('Incomplete')
    throw unreadable(
      name,
      isShort ? 'its zstd data ends too early. The file is not complete.' : 'its zstd data is damaged.',
    )
  }
}
