import { toErrorValue } from '#shared/errors.ts'
import { DOCUMENT_COLUMNS } from '#shared/model/import/documents.ts'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { DetectedColumn } from '#shared/model/import/tables.ts'
import { formatNoun } from '#shared/model/format.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import type { Draft } from '../state/draft.ts'
import { useEmbedders } from '../state/queries.ts'
import { editDraft } from '../state/store.ts'
import type { SpecResult } from '../state/to-spec.ts'
import { Check, Choice, Field, FieldNote, Part } from './field.tsx'
import { nameOfColumn, textColumns } from './row-columns.ts'
import styles from './review.module.css'

export interface EmbedPartProps {
  readonly draft: Draft
  readonly preview: ImportPreview | undefined
  readonly result: SpecResult
  readonly detected: readonly DetectedColumn[] | undefined
}

/** Vectors of a text column, so that rows can be found by meaning. */
export function EmbedPart({ draft, preview, result, detected }: EmbedPartProps) {
  const { embed } = draft
  const change = (part: Partial<Draft['embed']>): void => editDraft((now) => ({ embed: { ...now.embed, ...part } }))
  const embedders = useEmbedders()
  const chosen = embedders.data?.find(({ id }) => id === embed.embedder)
  const columns = draft.family === 'documents' ? ['content', 'title'] : textColumns(draft, detected)
  const toggle = (isOn: boolean): void =>
    change({ isOn, source: embed.source === '' ? (columns[0] ?? '') : embed.source })
  if (draft.family === 'media') return null
  return (
    <Part step={draft.family === 'tables' ? 4 : 5} title="Embedding">
      <Check label="Make vectors of a text column" checked={embed.isOn} onChange={toggle} />
      {embed.isOn && (
        <>
          <Field label="Of column">
            <Choice
              label="Text column"
              value={embed.source}
              options={[...new Set([embed.source, ...columns])].map((id) => ({
                id,
                label: id === '' ? 'choose…' : id,
              }))}
              onChange={(source) => change({ source })}
            />
          </Field>
          <Field label="With">
            <Choice
              label="Embedder"
              value={embed.embedder}
              options={(embedders.data ?? [{ id: embed.embedder, title: embed.embedder }]).map(({ id, title }) => ({
                id,
                label: title,
              }))}
              onChange={(embedder) => change({ embedder })}
            />
          </Field>
          <Field label="Into column">
            <TextField
              label="Vector column"
              mono
              value={embed.target}
              onChange={(event) => change({ target: event.target.value })}
            />
          </Field>
          <FieldNote result={result} field="embed" />
          {embedders.isError && <p className={styles.wrong}>{toErrorValue(embedders.error).message}</p>}
          {chosen !== undefined && <EmbedderNote {...chosen} preview={preview} />}
          {isReplaced(draft, detected) && (
            <p className={styles.warn}>“{embed.target}” is a column of the rows already; its vectors are replaced.</p>
          )}
        </>
      )}
    </Part>
  )
}

interface EmbedderNoteProps {
  readonly isRemote: boolean
  readonly kind: 'built-in' | 'http'
  readonly url?: string
  readonly model: string
  readonly hasKey?: boolean
  readonly preview: ImportPreview | undefined
}

function EmbedderNote({ isRemote, kind, url, model, preview }: EmbedderNoteProps) {
  const estimate = preview?.estimate.embedder
  const amount =
    estimate === undefined
      ? ''
      : ` ${formatNoun(estimate.texts, 'text')}, about ${formatNoun(estimate.tokens, 'token')}.`
  if (isRemote) {
    return (
      <p className={styles.warn} role="note">
        The text of every row leaves this machine: it is sent to {url ?? 'the endpoint'} for {model}.{amount}
      </p>
    )
  }
  return (
    <p className={styles.quiet}>
      {kind === 'built-in'
        ? 'Made on this machine, by words and pieces of words; nothing is sent.'
        : `Sent to ${url ?? ''}, which is this machine.`}
      {amount}
    </p>
  )
}

function isReplaced({ family, embed, columns }: Draft, detected: readonly DetectedColumn[] | undefined): boolean {
  if (family === 'documents')
    return embed.target !== 'vector' && (DOCUMENT_COLUMNS as readonly string[]).includes(embed.target)
  return detected?.some(({ source }) => nameOfColumn(source, columns[source]) === embed.target) === true
}
