import { describe, expect, it, vi } from 'vitest'
import type { CellBytes } from '#shared/contract/rows.ts'
import { type ThumbnailKey, Thumbnails } from './thumbnails.ts'

const key = (rowId: string): ThumbnailKey => ({ rowId, column: 'image' })
const PNG: CellBytes = { id: 'x', size: 3, mediaType: 'image/png' }
const settle = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0))

describe('Thumbnails', () => {
  it('asks for a few cells at a time and each once', async () => {
    const describeCell = vi.fn(async () => PNG)
    const onChange = vi.fn()
    const thumbnails = new Thumbnails(describeCell, onChange)
    const keys = ['1', '2', '3', '4', '5'].map(key)
    thumbnails.want(keys)
    expect(describeCell).toHaveBeenCalledTimes(3)
    await settle()
    expect(describeCell).toHaveBeenCalledTimes(5)
    thumbnails.want(keys)
    await settle()
    expect(describeCell).toHaveBeenCalledTimes(5)
    expect(thumbnails.get('5', 'image')).toBe(PNG)
    expect(onChange).toHaveBeenCalled()
  })
  it('drops cells that left the screen', async () => {
    const signals: AbortSignal[] = []
    const thumbnails = new Thumbnails(
      (_, signal) =>
        new Promise((_resolve, reject) => {
          signals.push(signal)
          signal.addEventListener('abort', () => reject(new Error('aborted')))
        }),
      () => undefined,
    )
    thumbnails.want([key('1')])
    thumbnails.want([])
    await settle()
    expect(signals[0]?.aborted).toBe(true)
    expect(thumbnails.get('1', 'image')).toBeUndefined()
  })
  it('does not ask again after a failure', async () => {
    const describeCell = vi.fn(async () => Promise.reject(new Error('no')))
    const thumbnails = new Thumbnails(describeCell, () => undefined)
    thumbnails.want([key('1')])
    await settle()
    thumbnails.want([key('1')])
    expect(describeCell).toHaveBeenCalledTimes(1)
    expect(thumbnails.get('1', 'image')).toBeNull()
  })
})
