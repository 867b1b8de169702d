import { useEffect } from 'react'
import { KindIcon } from '#renderer/features/data/index.ts'
import type { RowAt } from '#renderer/features/workspace/index.ts'
import { cx } from '#renderer/ui/cx.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import type { SchemaField } from '#shared/model/schema.ts'
import { BytesView } from '../bytes/bytes-view.tsx'
import inspectorStyles from '../inspector.module.css'
import { useInSight } from '../use-in-sight.ts'
import { ValueView } from '../value-view.tsx'
import styles from './change-inspector.module.css'
import type { FieldPair } from './field-pairs.ts'
import { useSideValue } from './use-side.ts'

export interface ChangeFieldProps {
  readonly pair: FieldPair
  readonly from: RowAt | null
  readonly to: RowAt | null
  readonly schemas: { readonly from: readonly SchemaField[]; readonly to: readonly SchemaField[] }
  readonly isChanged: boolean
  readonly isFocused: boolean
}

/** One field as it was and as it is; a field that did not change is told once. */
export function ChangeField({ pair, from, to, schemas, isChanged, isFocused }: ChangeFieldProps) {
  const { ref, element, isInSight } = useInSight()
  useEffect(() => {
    if (isFocused) element.current?.scrollIntoView({ block: 'nearest' })
  }, [isFocused, element])
  const shown = pair.to ?? pair.from
  if (shown === null) return null
  const hasBefore = from !== null && pair.from !== null && (isChanged || to === null || pair.to === null)
  return (
    <article
      ref={ref}
      className={cx(inspectorStyles.field, isFocused && inspectorStyles.focused)}
      aria-label={pair.name}
    >
      <header className={inspectorStyles.name}>
        <span className={inspectorStyles.fold}>
          <KindIcon kind={shown.kind} className={inspectorStyles.icon} />
          <span className={inspectorStyles.label}>{pair.name}</span>
          <span className={inspectorStyles.type}>{typeText(pair)}</span>
        </span>
      </header>
      {isInSight && hasBefore && pair.from !== null && (
        <SideValue row={from} field={pair.from} schema={schemas.from} side="before" />
      )}
      {isInSight && to !== null && pair.to !== null && (
        <SideValue row={to} field={pair.to} schema={schemas.to} side={isChanged || from === null ? 'after' : 'same'} />
      )}
    </article>
  )
}

function typeText({ from, to }: FieldPair): string {
  const types = [...new Set([from?.type, to?.type].filter((type) => type !== undefined))]
  return types.join(' → ')
}

interface SideValueProps {
  readonly row: RowAt
  readonly field: SchemaField
  readonly schema: readonly SchemaField[]
  readonly side: 'before' | 'after' | 'same'
}

function SideValue({ row, field, schema, side }: SideValueProps) {
  const state = useSideValue(row, field, schema)
  return (
    <div className={cx(styles.value, styles[side])} role="group" aria-label={side === 'same' ? 'unchanged' : side}>
      {state.kind === 'waiting' && <span className={inspectorStyles.waiting}>…</span>}
      {state.kind === 'failed' && <ErrorNotice layout="line" error={state.error} onRetry={() => state.retry()} />}
      {state.kind === 'ready' && state.whole.kind === 'bytes' && (
        <BytesView bytes={state.whole.bytes} name={field.name} />
      )}
      {state.kind === 'ready' && state.whole.kind === 'value' && (
        <ValueView
          value={state.whole.value}
          label={field.name}
          place={{ tab: row, rowId: row.rowId, rowNumber: null }}
          search=""
        />
      )}
    </div>
  )
}
