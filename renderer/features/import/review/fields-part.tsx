import { TextField } from '#renderer/ui/text-field.tsx'
import type { Draft } from '../state/draft.ts'
import { editDraft } from '../state/store.ts'
import type { SpecResult } from '../state/to-spec.ts'
import { Check, Field, FieldNote, Part } from './field.tsx'
import styles from './review.module.css'

/** What every row of a document or a media file gets besides its own. */
export function FieldsPart({ draft, result }: { readonly draft: Draft; readonly result: SpecResult }) {
  const isDocuments = draft.family === 'documents'
  return (
    <Part step={4} title="Written with every row">
      <Field label="Tags">
        <TextField
          className={styles.wide}
          label="Tags"
          placeholder="comma-separated"
          value={draft.tags}
          onChange={(event) => editDraft(() => ({ tags: event.target.value }))}
        />
      </Field>
      <Field label="Metadata">
        <textarea
          className={styles.area}
          aria-label="Metadata (JSON)"
          rows={Math.min(8, Math.max(2, draft.metadata.split('\n').length))}
          spellCheck={false}
          placeholder='{"team": "search"}'
          value={draft.metadata}
          onChange={(event) => editDraft(() => ({ metadata: event.target.value }))}
        />
      </Field>
      <FieldNote result={result} field="metadata" />
      {isDocuments ? (
        <Check
          label="Keep each file’s bytes with its first chunk"
          checked={draft.keepRaw}
          onChange={(keepRaw) => editDraft(() => ({ keepRaw }))}
        />
      ) : (
        <Check
          label="Make thumbnails of at most 256 × 256"
          checked={draft.thumbnails}
          onChange={(thumbnails) => editDraft(() => ({ thumbnails }))}
        />
      )}
    </Part>
  )
}
