import { z } from 'zod'
import { call } from './define.ts'

const upload = z.string().min(1).max(64)

/** Files of a browser on their way to the machine the engine runs on. */
export const uploads = {
  'uploads.begin': call<{ readonly upload: string }>()(
    'Begins an upload: relative paths and sizes of its files. Refused when the disk has no room.',
    z.strictObject({
      files: z
        .array(z.strictObject({ path: z.string().min(1).max(4096), bytes: z.int().min(0) }))
        .min(1)
        .max(100_000),
    }),
  ),
  'uploads.write': call<{ readonly received: number }>()(
    'One part of a file; parts of a file come in order. Answers the bytes of the file that have come.',
    z.strictObject({
      upload,
      file: z.int().min(0),
      offset: z.int().min(0),
      bytes: z.instanceof(Uint8Array),
    }),
  ),
  'uploads.finish': call<{ readonly files: number; readonly bytes: number }>()(
    'Says that everything has come; from then on imports can name the upload.',
    z.strictObject({ upload }),
  ),
  'uploads.discard': call<null>()('Removes an upload and what came of it.', z.strictObject({ upload })),
} as const
