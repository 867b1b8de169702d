import { useMemo, useState } from 'react'
import { vectorToJson, vectorToNumpy } from '#renderer/features/data/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { formatFloat, summarizeVector, type VectorValue } from '#shared/model/arrow/index.ts'
import { formatCount } from '#shared/model/format.ts'
import styles from '../inspector.module.css'
import { barPaths } from './bars.ts'

/** Elements listed at most; the copy has all. */
const LISTED = 2048

/** A vector: its figures, its shape, and ways to take it along. */
export function VectorView({ vector }: { readonly vector: VectorValue }) {
  const [isOpen, setOpen] = useState(false)
  const figures = useMemo(() => summarizeVector(vector.values), [vector])
  const bars = useMemo(() => barPaths(vector.values), [vector])
  return (
    <>
      <div className={styles.chips}>
        <Chip tone="accent">
          {formatCount(figures.dimension)} × {vector.element}
        </Chip>
        <Chip title="Euclidean norm">‖v‖ {figure(figures.norm)}</Chip>
        <Chip>min {figure(figures.min)}</Chip>
        <Chip>max {figure(figures.max)}</Chip>
        <Chip>mean {figure(figures.mean)}</Chip>
        {figures.nanCount > 0 && <Chip tone="warn">{formatCount(figures.nanCount)} NaN</Chip>}
      </div>
      <svg
        className={styles.bars}
        viewBox={`0 0 ${Math.max(1, bars.width)} 1`}
        preserveAspectRatio="none"
        role="img"
        aria-label="Values of the vector as bars"
      >
        <path d={bars.positive} className={styles.positive} />
        <path d={bars.negative} className={styles.negative} />
      </svg>
      <div className={styles.more}>
        <Button kind="link" aria-expanded={isOpen} onClick={() => setOpen(!isOpen)}>
          {isOpen ? 'Hide values' : 'Values'}
        </Button>
        <Button kind="link" onClick={() => void copyText(vectorToJson(vector), 'Vector (JSON)')}>
          Copy JSON
        </Button>
        <Button kind="link" onClick={() => void copyText(vectorToNumpy(vector), 'Vector (NumPy)')}>
          Copy NumPy
        </Button>
      </div>
      {isOpen && <div className={styles.numbers}>{listed(vector)}</div>}
    </>
  )
}

function figure(value: number | null): string {
  return value === null ? 'none' : String(Number(value.toPrecision(5)))
}

function listed({ values, precision }: VectorValue): string {
  const shown = Array.from({ length: Math.min(values.length, LISTED) }, (_, index) => {
    const value = values[index] ?? NaN
    return precision === null ? String(value) : formatFloat(value, precision)
  })
  return `${shown.join(', ')}${values.length > LISTED ? ', …' : ''}`
}
