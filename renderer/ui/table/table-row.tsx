import type { HTMLAttributes } from 'react'
import { cx } from '../cx.ts'
import styles from './table.module.css'

/** Where a row stands in its table. */
export interface RowPlace {
  /** Element id, by which the table names its active row. */
  readonly id: string
  /** 0-based. */
  readonly index: number
  /** px from the top of the first row. */
  readonly top: number
  readonly height: number
  readonly isActive: boolean
}

export interface TableRowProps extends Omit<HTMLAttributes<HTMLDivElement>, 'id' | 'role' | 'style'> {
  readonly place: RowPlace
}

/** A row of a `ListTable`; its children have the role gridcell. */
export function TableRow({ place, className, ...rest }: TableRowProps) {
  return (
    <div
      {...rest}
      id={place.id}
      role="row"
      aria-rowindex={place.index + 2}
      data-index={place.index}
      data-active={place.isActive}
      className={cx(styles.row, className)}
      style={{ transform: `translateY(${place.top}px)`, height: place.height }}
    />
  )
}
