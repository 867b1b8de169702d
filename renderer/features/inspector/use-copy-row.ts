import { useCallback } from 'react'
import { fetchWholeValue, type WholeValue } from '#renderer/features/data/index.ts'
import { refOf, useApi } from '#renderer/features/workspace/index.ts'
import { copyText } from '#renderer/ui/clipboard.ts'
import { showToast } from '#renderer/ui/toasts.ts'
import { toErrorValue } from '#shared/errors.ts'
import { type JsonValue, toJsonValue } from '#shared/model/arrow/index.ts'
import type { SchemaField } from '#shared/model/schema.ts'
import { pageValue, type RowPlace, useRowsOf } from './use-field.ts'

/** Fields fetched at the same time. */
const IN_FLIGHT = 6

/** Copies the whole row as one JSON object; bytes that stay in the dataset are named by type and size. */
export function useCopyRow(place: RowPlace, schema: readonly SchemaField[]): () => void {
  const api = useApi()
  const rows = useRowsOf(place)
  return useCallback(() => {
    const { tab, rowId, rowNumber } = place
    const { signal } = new AbortController()
    const read = async (field: SchemaField): Promise<readonly [string, JsonValue]> => {
      const known = pageValue(rows, rowId, rowNumber, field.name)
      const whole =
        known ??
        (await fetchWholeValue(
          api,
          { dataset: tab.dataset, at: refOf(tab), rowId, column: field.name },
          schema,
          signal,
        ))
      return [field.name, toJson(whole)]
    }
    const copy = async (): Promise<void> => {
      const entries: (readonly [string, JsonValue])[] = []
      const failed: string[] = []
      for (let start = 0; start < schema.length; start += IN_FLIGHT) {
        const fields = schema.slice(start, start + IN_FLIGHT)
        const answers = await Promise.allSettled(fields.map(read))
        answers.forEach((answer, index) => {
          if (answer.status === 'fulfilled') entries.push(answer.value)
          else failed.push(fields[index]?.name ?? '')
        })
      }
      await copyText(JSON.stringify(Object.fromEntries(entries), null, 2), 'Row')
      if (failed.length > 0)
        showToast({
          kind: 'bad',
          title: 'Not all of the row was copied',
          text: `Could not be read: ${failed.join(', ')}`,
        })
    }
    copy().catch((error: unknown) =>
      showToast({ kind: 'bad', title: 'The row could not be copied', text: toErrorValue(error).message }),
    )
  }, [api, place, rows, schema])
}

function toJson(whole: WholeValue): JsonValue {
  if (whole.kind === 'value') return toJsonValue(whole.value)
  const { size, mediaType } = whole.bytes
  return size === null ? null : { mediaType, size }
}
