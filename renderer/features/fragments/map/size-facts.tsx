import { useMemo } from 'react'
import { formatBytes, formatCompact, formatCount, formatNoun } from '#shared/model/format.ts'
import type { FragmentEntry } from '#shared/model/fragment.ts'
import { fittingScale, toBins } from '#renderer/ui/histogram-bins.ts'
import { Histogram, type HistogramBin } from '#renderer/ui/histogram.tsx'
import { SMALL_ROWS, TARGET_ROWS } from '../lance-sizes.ts'
import { countSizes, skewWords, toSkew } from '../skew.ts'
import styles from './fragment-map.module.css'

export interface SizeFactsProps {
  readonly fragments: readonly FragmentEntry[]
  readonly by: 'bytes' | 'rows'
}

const MOST_BINS = 24

/** How large the fragments are, how unequal, and how many LanceDB would call small. */
export function SizeFacts({ fragments, by }: SizeFactsProps) {
  const sizes = useMemo(() => sizesOf(fragments, by), [fragments, by])
  const bins = useMemo(() => toBins(sizes, fittingScale(sizes), MOST_BINS), [sizes])
  const skew = useMemo(() => toSkew(sizes), [sizes])
  const { small, belowTarget } = useMemo(
    () => countSizes(fragments.map(({ physicalRows }) => physicalRows)),
    [fragments],
  )
  if (skew.count === 0) return <p className={styles.note}>No manifest says how many bytes these fragments have.</p>
  const format = by === 'bytes' ? formatBytes : formatCount
  return (
    <>
      <div className={styles.histogram}>
        <Histogram
          label={`Fragments by ${by}`}
          bins={bins}
          format={by === 'bytes' ? formatBytes : formatCompact}
          describe={(bin) => describeBin(bin, by)}
          caption={by}
          markers={skew.count < 3 ? [] : [{ value: skew.median, label: 'median' }]}
        />
      </div>
      <dl className={styles.figures}>
        <Figure name="Smallest" value={format(skew.min)} />
        <Figure name="Median" value={format(skew.median)} />
        <Figure name="95% are below" value={format(skew.p95)} />
        <Figure name="Largest" value={format(skew.max)} />
        <Figure name="Skew" value={skew.gini.toFixed(2)} />
      </dl>
      <p
        className={styles.note}
        title="Gini coefficient of the sizes: 0 when all fragments are alike, towards 1 when one of them has everything."
      >
        {`Sizes are ${skewWords(skew)}.`}
      </p>
      <p className={styles.note}>
        {small === 0
          ? `No fragment is small (under ${formatCount(SMALL_ROWS)} rows).`
          : `${formatNoun(small, 'fragment is', 'fragments are')} small: under ${formatCount(SMALL_ROWS)} rows.`}{' '}
        {belowTarget === 0
          ? `All reach the ${formatCount(TARGET_ROWS)} rows compaction aims at.`
          : `${formatCount(belowTarget)} below the ${formatCount(TARGET_ROWS)} rows compaction aims at.`}
      </p>
    </>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  )
}

function sizesOf(fragments: readonly FragmentEntry[], by: 'bytes' | 'rows'): readonly number[] {
  return by === 'rows'
    ? fragments.map(({ physicalRows }) => physicalRows)
    : fragments.flatMap(({ bytes }) => bytes ?? [])
}

function describeBin({ count, from, to }: HistogramBin, by: 'bytes' | 'rows'): string {
  const format = by === 'bytes' ? formatBytes : formatCount
  const unit = by === 'bytes' ? '' : ' rows'
  const range = from === to ? `${format(from)}${unit}` : `${format(from)} to ${format(to)}${unit}`
  return `${formatNoun(count, 'fragment')} of ${range}`
}
