import { describe, expect, it } from 'vitest'
import { datasetName, queuePlace } from './dataset-name.ts'

describe('queuePlace', () => {
  it('knows a bucket by its path', () => {
    expect(queuePlace('/q/orders/bucket_12/data.lance')).toEqual({ topic: '/q/orders', queue: '/q' })
    expect(queuePlace('C:\\q\\orders\\bucket_0\\data.lance')).toEqual({ topic: 'C:\\q\\orders', queue: 'C:\\q' })
  })
  it.each(['/q/orders/bucket_1/other.lance', '/q/orders/bucket_x/data.lance', '/bucket_1/data.lance', 'data.lance'])(
    'takes %s for no bucket',
    (location) => expect(queuePlace(location)).toBeNull(),
  )
})

it.each([
  ['/q/orders/bucket_12/data.lance', 'orders/bucket_12'],
  ['C:\\q\\orders\\bucket_0\\data.lance', 'orders/bucket_0'],
  ['/data/things.lance', 'things'],
  ['/data/things', 'things'],
  ['/bucket_1/data.lance', 'data'],
])('names %s %s', (location, name) => expect(datasetName(location)).toBe(name))
