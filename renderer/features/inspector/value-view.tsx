import { useQuery } from '@tanstack/react-query'
import { refOf, useApi, versionKey } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { toErrorValue } from '#shared/errors.ts'
import { type ExactValue, formatCell } from '#shared/model/arrow/index.ts'
import { BytesView } from './bytes/bytes-view.tsx'
import tones from '#renderer/ui/value-tones.module.css'
import styles from './inspector.module.css'
import { LongText } from './text/long-text.tsx'
import { parseJsonValue } from '#renderer/ui/tree/json-value.ts'
import { childCount } from '#renderer/ui/tree/model.ts'
import { TreeView } from '#renderer/ui/tree/tree-view.tsx'
import type { Marks } from './text/marked-text.tsx'
import type { RowPlace } from './use-field.ts'
import { VectorView } from './vector/vector-view.tsx'

export interface ValueViewProps {
  readonly value: ExactValue
  readonly label: string
  readonly place: RowPlace
  readonly search: string
  /** Stretches of a text to be marked. */
  readonly marks?: Marks | undefined
}

/** A whole value, shown as what it is. */
export function ValueView({ value, label, place, search, marks }: ValueViewProps) {
  switch (value.kind) {
    case 'null':
      return <span className={styles.null}>NULL</span>
    case 'string':
      return value.value === '' ? (
        <span className={styles.null}>empty text</span>
      ) : (
        <LongText key={marks?.[0]?.[0]} text={value.value} marks={marks} />
      )
    case 'json': {
      const tree = parseJsonValue(value.text)
      if (tree === undefined || childCount(tree) === 0) return <LongText text={value.text} />
      return <TreeView root={tree} label={label} search={search} />
    }
    case 'vector':
      return <VectorView vector={value} />
    case 'list':
    case 'struct':
    case 'map':
      return childCount(value) === 0 ? (
        <span className={styles.null}>empty</span>
      ) : (
        <TreeView root={value} label={label} search={search} />
      )
    case 'binary':
    case 'blob':
      return <CellBytesView place={place} column={label} />
    default: {
      const { text, tone, note } = formatCell(value, 2000)
      return (
        <span className={tones[tone]}>
          {text}
          {note !== undefined && <span className={styles.note}>{note}</span>}
        </span>
      )
    }
  }
}

/** Bytes that came with the value still get their preview by address, for ranges and media types. */
function CellBytesView({ place, column }: { readonly place: RowPlace; readonly column: string }) {
  const api = useApi()
  const { tab, rowId } = place
  const query = useQuery({
    queryKey: [...versionKey('bytes', tab), rowId, column],
    queryFn: ({ signal }) =>
      api.call('cells.describe', { dataset: tab.dataset, ref: refOf(tab), rowId, column }, { signal }),
  })
  if (query.isError)
    return <ErrorNotice layout="line" error={toErrorValue(query.error)} onRetry={() => void query.refetch()} />
  return query.data === undefined ? (
    <span className={styles.waiting}>…</span>
  ) : (
    <BytesView bytes={query.data} name={column} />
  )
}
