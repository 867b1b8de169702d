import { ArrowDown, ArrowUp } from 'lucide-react'
import { cx } from '../cx.ts'
import styles from './table.module.css'

export interface TableColumn<Id extends string> {
  readonly id: Id
  readonly title: string
  /** Figures stand at the right. */
  readonly isNumber?: boolean
  readonly help?: string
  /** The title is for screen readers only. */
  readonly isTitleHidden?: boolean
}

export interface TableSort<Id extends string> {
  readonly column: Id
  readonly descending: boolean
}

export interface TableHeaderProps<Id extends string> {
  readonly columns: readonly TableColumn<Id>[]
}

/** Titles of the columns of a `ListTable`. */
export function TableHeader<Id extends string>({ columns }: TableHeaderProps<Id>) {
  return (
    <div role="row" aria-rowindex={1} className={styles.header}>
      {columns.map(({ id, title, isNumber, help, isTitleHidden }) => (
        <span
          key={id}
          role="columnheader"
          title={help}
          className={cx(styles.title, isNumber === true && styles.number)}
          aria-label={isTitleHidden === true ? title : undefined}
        >
          {isTitleHidden === true ? '' : title}
        </span>
      ))}
    </div>
  )
}

export interface SortHeaderProps<Id extends string> extends TableHeaderProps<Id> {
  readonly sort: TableSort<Id>
  readonly onSort: (column: Id) => void
}

/** Titles that sort. */
export function SortHeader<Id extends string>({ columns, sort, onSort }: SortHeaderProps<Id>) {
  const order = sort.descending ? 'descending' : 'ascending'
  const Arrow = sort.descending ? ArrowDown : ArrowUp
  return (
    <div role="row" aria-rowindex={1} className={styles.header}>
      {columns.map(({ id, title, isNumber, help }) => (
        <span key={id} role="columnheader" aria-sort={id === sort.column ? order : 'none'}>
          <button
            type="button"
            title={help}
            className={cx(styles.sorter, isNumber === true && styles.number)}
            onClick={() => onSort(id)}
          >
            {title}
            {id === sort.column && <Arrow aria-hidden />}
          </button>
        </span>
      ))}
    </div>
  )
}
