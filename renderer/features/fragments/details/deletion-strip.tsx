import { type PointerEvent, useCallback, useMemo, useRef, useState } from 'react'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { useSize } from '#renderer/ui/treemap-size.ts'
import { type CanvasScene, useCanvas } from '#renderer/ui/use-canvas.ts'
import { bucketStart, countDeleted, deletedShares } from './deletion-bits.ts'
import styles from './deletions.module.css'

export interface DeletionStripProps {
  readonly bitmap: Uint8Array
  readonly rows: number
  readonly deletedRows: number
}

/** Upper ends of the shares a colour stands for; the same steps as the map's. */
const STEPS: readonly (readonly [upTo: number, token: string])[] = [
  [0, '--warm-0'],
  [0.01, '--warm-1'],
  [0.1, '--warm-2'],
  [0.3, '--warm-3'],
  [0.6, '--warm-4'],
  [1, '--warm-5'],
]

/** The rows of a fragment from left to right, the deleted ones coloured: by share where a pixel is several rows. */
export function DeletionStrip({ bitmap, rows, deletedRows }: DeletionStripProps) {
  const place = useRef<HTMLDivElement>(null)
  const canvas = useRef<HTMLCanvasElement>(null)
  const { width } = useSize(place)
  const [pointed, setPointed] = useState<number | undefined>(undefined)
  // Fewer rows than pixels are drawn as they are, each several pixels wide.
  const buckets = Math.max(1, Math.min(width, rows))
  const shares = useMemo(() => deletedShares(bitmap, rows, buckets), [bitmap, rows, buckets])
  useCanvas(
    canvas,
    useCallback((scene: CanvasScene) => paintShares(scene, shares), [shares]),
  )
  const handleMove = (event: PointerEvent): void => {
    const box = event.currentTarget.getBoundingClientRect()
    setPointed(Math.min(buckets - 1, Math.max(0, Math.floor(((event.clientX - box.left) / box.width) * buckets))))
  }
  return (
    <>
      <div
        ref={place}
        className={styles.strip}
        role="img"
        aria-label={`${formatCount(deletedRows)} of ${formatNoun(rows, 'row')} deleted; the list below has the runs`}
        onPointerMove={handleMove}
        onPointerLeave={() => setPointed(undefined)}
      >
        <canvas ref={canvas} className={styles.canvas} aria-hidden />
      </div>
      <p className={styles.said}>
        {pointed === undefined
          ? `${formatCount(deletedRows)} of ${formatNoun(rows, 'row')}`
          : bucketSentence(bitmap, bucketStart(pointed, buckets, rows), bucketStart(pointed + 1, buckets, rows))}
      </p>
    </>
  )
}

function bucketSentence(bitmap: Uint8Array, from: number, to: number): string {
  const deleted = countDeleted(bitmap, from, to)
  if (to - from === 1) return `Row ${formatCount(from)}: ${deleted === 1 ? 'deleted' : 'live'}`
  return `Rows ${formatCount(from)} – ${formatCount(to - 1)}: ${formatCount(deleted)} deleted`
}

function paintShares({ context, width, height, token }: CanvasScene, shares: Float32Array): void {
  const step = width / shares.length
  context.fillStyle = token('--warm-0')
  context.fillRect(0, 0, width, height)
  for (const [index, [upTo, name]] of STEPS.entries()) {
    if (index === 0) continue
    const above = STEPS[index - 1]?.[0] ?? 0
    context.fillStyle = token(name)
    shares.forEach((share, at) => {
      // A hair wider than its place, so that neighbours leave no seam.
      if (share > above && share <= upTo) context.fillRect(at * step, 0, step + 0.4, height)
    })
  }
}
