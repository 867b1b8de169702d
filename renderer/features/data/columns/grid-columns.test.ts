import { describe, expect, it } from 'vitest'
import type { SchemaField } from '#shared/model/schema.ts'
import { gridColumnOf } from './grid-columns.ts'

const timestamp = (logicalType: string): SchemaField => ({
  id: 0,
  name: 'at',
  type: 'timestamp',
  logicalType,
  kind: 'timestamp',
  nullable: true,
  metadata: {},
  children: [],
})
const widthOf = (logicalType: string): number => gridColumnOf(timestamp(logicalType)).defaultWidth

describe('the default width of a timestamp', () => {
  it('grows with its digits', () => {
    const widths = ['s', 'ms', 'us', 'ns'].map((unit) => widthOf(`timestamp:${unit}:-`))
    expect(widths).toEqual(widths.toSorted((a, b) => a - b))
  })

  it('leaves room for the name of a zone beside the time, which it would cover otherwise', () => {
    expect(widthOf('timestamp:ms:Europe/Berlin')).toBeGreaterThanOrEqual(widthOf('timestamp:ms:-') + 13 * 6)
    expect(widthOf('timestamp:us:America/Argentina/Buenos_Aires')).toBeGreaterThan(
      widthOf('timestamp:us:Europe/Berlin'),
    )
    expect(widthOf('timestamp:us:UTC')).toBe(widthOf('timestamp:us:-'))
  })
})
