import styles from './spinner.module.css'

/** A quiet sign of work; appears after a moment so that fast answers do not flicker. */
export function Spinner({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <span className={styles.spinner} role="status">
      <span className={styles.ring} aria-hidden />
      <span className={styles.label}>{label}</span>
    </span>
  )
}

/** A spinner in the middle of an otherwise empty place. */
export function LoadingState({ label = 'Loading' }: { readonly label?: string }) {
  return (
    <div className={styles.place}>
      <Spinner label={label} />
    </div>
  )
}

export interface ProgressBarProps {
  readonly label: string
  /** 0 to 1; absent when the end is not known. */
  readonly value?: number
}

export function ProgressBar({ label, value }: ProgressBarProps) {
  return <progress className={styles.progress} aria-label={label} max={1} {...(value === undefined ? {} : { value })} />
}
