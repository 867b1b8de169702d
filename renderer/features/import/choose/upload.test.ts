import { expect, it, vi } from 'vitest'
import type { Api } from '#renderer/bridge/index.ts'
import { AppError } from '#shared/errors.ts'
import { PART_BYTES, uploadFiles, type UploadProgress } from './upload.ts'

type Write = { readonly file: number; readonly offset: number; readonly bytes: Uint8Array }

function fakeApi(onWrite: (part: Write) => unknown = () => undefined) {
  const asked: string[] = []
  const parts: Write[] = []
  const call = async (name: string, input: unknown): Promise<unknown> => {
    asked.push(name)
    if (name === 'uploads.begin') return { upload: 'u' }
    if (name !== 'uploads.write') return null
    parts.push(input as Write)
    await onWrite(input as Write)
    return { received: 0 }
  }
  return { api: { call } as unknown as Api, asked, parts }
}

const files = [
  { file: new File([new Uint8Array(PART_BYTES * 2 + 5)], 'a'), path: 'a' },
  { file: new File([], 'empty'), path: 'empty' },
  { file: new File(['xyz'], 'b'), path: 'b' },
]
const start = (
  api: Api,
  controller = new AbortController(),
  onProgress: (progress: UploadProgress) => void = () => undefined,
) => uploadFiles(api, files, { signal: controller.signal, onProgress })

it('sends every byte in order and says how far it is', async () => {
  const { api, asked, parts } = fakeApi()
  const progress: UploadProgress[] = []
  expect(await start(api, undefined, (one) => progress.push(one))).toBe('u')
  expect(parts.map(({ file, offset, bytes }) => [file, offset, bytes.byteLength])).toEqual([
    [0, 0, PART_BYTES],
    [0, PART_BYTES, PART_BYTES],
    [0, PART_BYTES * 2, 5],
    [2, 0, 3],
  ])
  expect(asked.at(-1)).toBe('uploads.finish')
  expect(progress.at(-1)).toMatchObject({ bytes: PART_BYTES * 2 + 8, totalBytes: PART_BYTES * 2 + 8, files: 3 })
})

it('removes what came when a part is refused', async () => {
  const refused = new AppError({ code: 'disk-full', message: 'full' })
  const { api, asked } = fakeApi(({ offset }) => {
    if (offset === PART_BYTES) throw refused
  })
  await expect(start(api)).rejects.toBe(refused)
  expect(asked.at(-1)).toBe('uploads.discard')
  expect(asked).not.toContain('uploads.finish')
})

it('removes what came when it is cancelled', async () => {
  const controller = new AbortController()
  const { api, asked } = fakeApi(() => controller.abort())
  await expect(start(api, controller)).rejects.toMatchObject({ code: 'cancelled' })
  expect(asked.at(-1)).toBe('uploads.discard')
})

it('says which file the browser could not read', async () => {
  const { api } = fakeApi()
  const lost = new File(['x'], 'lost')
  vi.spyOn(lost, 'slice').mockImplementation(() => {
    throw new Error('NotReadableError')
  })
  const upload = uploadFiles(api, [{ file: lost, path: 'docs/lost' }], {
    signal: new AbortController().signal,
    onProgress: () => undefined,
  })
  await expect(upload).rejects.toMatchObject({
    code: 'unreadable-source',
    message: expect.stringContaining('docs/lost'),
  })
})
