import { CircleAlert } from 'lucide-react'
import type { ErrorValue } from '#shared/errors.ts'
import { Button } from './button.tsx'
import styles from './error-notice.module.css'
import { isCheckable, offerFor, type Offer } from './error-offer.ts'

export interface ErrorNoticeProps {
  readonly error: ErrorValue
  /** What was attempted, such as `The versions could not be read`. */
  readonly title?: string
  /** The means at hand; the error's code decides which is offered. */
  readonly onRetry?: (() => void) | undefined
  readonly onOpenOther?: (() => void) | undefined
  readonly onLatest?: (() => void) | undefined
  readonly onReconnect?: (() => void) | undefined
  /** Another way that helps with this failure, named by the view. */
  readonly otherWay?: { readonly label: string; readonly run: () => void } | undefined
  /** Finds out what is broken; offered beside the others where given and the code tells of something broken. */
  readonly onCheck?: (() => void) | undefined
  /** `block` fills its place; `line` sits inside a list or form. */
  readonly layout?: 'block' | 'line'
}

/** A failure where it happened: the sentence, what to do, and the evidence for the curious. */
export function ErrorNotice(props: ErrorNoticeProps) {
  const { error, title, layout = 'block', otherWay } = props
  const onCheck = isCheckable(error.code) ? props.onCheck : undefined
  if (error.code === 'cancelled') return null
  const action = actionFor(offerFor(error.code), props)
  return (
    <div className={layout === 'block' ? styles.block : styles.line} role="alert">
      <CircleAlert className={styles.icon} aria-hidden />
      <div className={styles.texts}>
        {title !== undefined && <p className={styles.title}>{title}</p>}
        <p className={title === undefined ? styles.title : undefined}>{error.message}</p>
        {error.hint !== undefined && <p className={styles.hint}>{error.hint}</p>}
        {error.detail !== undefined && (
          <details className={styles.details}>
            <summary>Details ({error.code})</summary>
            <pre>{detailText(error.detail)}</pre>
          </details>
        )}
        {(action !== undefined || otherWay !== undefined || onCheck !== undefined) && (
          <div className={styles.actions}>
            {otherWay !== undefined && <Button onClick={otherWay.run}>{otherWay.label}</Button>}
            {onCheck !== undefined && <Button onClick={onCheck}>Check it…</Button>}
            {action !== undefined && <Button onClick={action.run}>{action.label}</Button>}
          </div>
        )}
      </div>
    </div>
  )
}

function actionFor(
  offer: Offer,
  props: ErrorNoticeProps,
): { readonly label: string; readonly run: () => void } | undefined {
  const run = {
    retry: props.onRetry,
    'open-other': props.onOpenOther,
    latest: props.onLatest,
    reconnect: props.onReconnect,
    none: undefined,
  }[offer]
  if (run !== undefined) return { label: LABELS[offer], run }
  // A failure that will likely repeat still deserves a way to ask again once the cause is mended.
  return props.onRetry === undefined || offer === 'none' ? undefined : { label: LABELS.retry, run: props.onRetry }
}

const LABELS: Readonly<Record<Offer, string>> = {
  retry: 'Try again',
  'open-other': 'Open another…',
  latest: 'Back to latest',
  reconnect: 'Reconnect',
  none: '',
}

function detailText(detail: unknown): string {
  return typeof detail === 'string' ? detail : JSON.stringify(detail, null, 2)
}
