import { describe, expect, it, vi } from 'vitest'
import type { Api } from '#renderer/bridge/host.ts'
import { AppError } from '#shared/errors.ts'
import { BucketHandles } from './bucket-handles.ts'

const GONE = new AppError({ code: 'unknown-dataset', message: 'This dataset is not open.' })

function handles() {
  const call = vi.fn(async () => ({ dataset: `handle ${call.mock.calls.length}` }))
  return { call, handles: new BucketHandles({ call } as unknown as Api) }
}

describe('BucketHandles', () => {
  it('opens a bucket once, whoever asks', async () => {
    const { call, handles: open } = handles()
    const got = await Promise.all([1, 2, 3].map(() => open.use('/q', async (dataset) => dataset)))
    expect(got).toEqual(['handle 1', 'handle 1', 'handle 1'])
    expect(call).toHaveBeenCalledTimes(1)
  })
  it('opens one again that was let go meanwhile, once for all who met it', async () => {
    const { call, handles: open } = handles()
    const read = async (dataset: string): Promise<string> => {
      if (dataset === 'handle 1') throw GONE
      return dataset
    }
    expect(await Promise.all([open.use('/q', read), open.use('/q', read)])).toEqual(['handle 2', 'handle 2'])
    expect(call).toHaveBeenCalledTimes(2)
  })
  it('gives up when it is gone again', async () => {
    const { call, handles: open } = handles()
    await expect(open.use('/q', () => Promise.reject(GONE))).rejects.toBe(GONE)
    expect(call).toHaveBeenCalledTimes(2)
  })
  it('asks again after a bucket could not be opened', async () => {
    const { call, handles: open } = handles()
    call.mockRejectedValueOnce(new AppError({ code: 'not-found', message: 'There is nothing.' }))
    await expect(open.use('/q', async (dataset) => dataset)).rejects.toMatchObject({ code: 'not-found' })
    await expect(open.use('/q', async (dataset) => dataset)).resolves.toBe('handle 2')
  })
})
