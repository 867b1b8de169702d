import { useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { SourceItem } from '#shared/model/import/source.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { DocumentsPart } from '../rows/documents-part.tsx'
import { MediaPart } from '../rows/media-part.tsx'
import { TablesPart } from '../rows/tables-part.tsx'
import { isUsable } from '../sources/choose-sources.ts'
import { SourcesPart } from '../sources/sources-part.tsx'
import type { Draft } from '../state/draft.ts'
import { usePreview, useSettled } from '../state/queries.ts'
import { type Review } from '../state/store.ts'
import { toSpec } from '../state/to-spec.ts'
import { wantedTypes } from '../state/wanted-types.ts'
import { TargetPart } from '../target/target-part.tsx'
import { DuplicatesPart } from './duplicates-part.tsx'
import { EmbedPart } from './embed-part.tsx'
import { FieldsPart } from './fields-part.tsx'
import { ReviewBar } from './review-bar.tsx'
import { ReviewFooter } from './review-footer.tsx'
import styles from './review.module.css'

/** Everything there is to decide about an import, on one screen. Nothing is written before its button is pressed. */
export function ReviewPanel({ review }: { readonly review: Review }) {
  const { draft, items } = review
  const [file, setFile] = useState<string | undefined>(undefined)

  const bare = useMemo(() => (draft.family === 'tables' ? specOf(toSpec(bareOf(draft))) : undefined), [draft])
  const plain = usePreview(useSettled(bare)).data
  const detected = plain?.columns
  const wanted = useMemo(() => wantedTypes(draft, plain?.matches), [draft, plain])
  const result = useMemo(() => toSpec(draft, detected, wanted), [draft, detected, wanted])
  const spec = specOf(result)
  const settled = useSettled(spec)
  const preview = usePreview(settled, file)
  const family = useFamily(items, draft, preview.data)
  const isCurrent = settled === spec && !preview.isPlaceholderData && !preview.isFetching
  const shared = { draft, preview: preview.data }
  const isBusy = !isCurrent && spec !== undefined && !preview.isError
  return (
    <div className={styles.review}>
      <ReviewBar review={review} spec={spec} />
      <div className={styles.columns}>
        <SourcesPart
          draft={draft}
          items={family}
          review={review}
          shown={preview.data?.document?.name}
          onShow={setFile}
        />
        <section className={styles.middle} aria-label="Rows" aria-busy={!isCurrent}>
          {preview.isError && (
            <div className={styles.notice}>
              <ErrorNotice
                layout="line"
                title="What it would do could not be worked out"
                error={toErrorValue(preview.error)}
                onRetry={() => void preview.refetch()}
              />
            </div>
          )}
          {draft.family === 'documents' && (
            <DocumentsPart {...shared} items={family} result={result} isBusy={isBusy} onShow={setFile} />
          )}
          {draft.family === 'tables' && (
            <TablesPart
              {...shared}
              items={family}
              detected={detected}
              wanted={wanted}
              result={result}
              isBusy={isBusy}
            />
          )}
          {draft.family === 'media' && <MediaPart {...shared} items={family} isBusy={isBusy} />}
        </section>
        <div className={styles.side}>
          <TargetPart {...shared} result={result} />
          {draft.family !== 'tables' && <FieldsPart draft={draft} result={result} />}
          <EmbedPart {...shared} result={result} detected={detected} />
          <DuplicatesPart {...shared} result={result} detected={detected} />
        </div>
      </div>
      <ReviewFooter
        draft={draft}
        result={result}
        preview={preview.data}
        isCurrent={isCurrent}
        hasFailed={preview.isError}
        included={family.filter((item) => isUsable(item) && !draft.excluded.has(item.name)).length}
      />
    </div>
  )
}

/**
 * The draft before anything was changed, for the types as they are found. Without what is yet to be chosen among the
 * columns: who asks for vectors before the columns are there would never see any.
 */
function bareOf(draft: Draft): Draft {
  const { embed, duplicates } = draft
  return { ...draft, columns: {}, embed: { ...embed, isOn: false }, duplicates: { ...duplicates, isOn: false } }
}

/** The files of the family, with what only the look into them told. */
function useFamily(
  items: readonly SourceItem[],
  { family }: Draft,
  preview: ImportPreview | undefined,
): readonly SourceItem[] {
  const leftOut = preview?.leftOut
  return useMemo(() => {
    const told = new Map(leftOut?.filter((item) => item.family === family).map((item) => [item.name, item]))
    return items.filter((item) => item.family === family).map((item) => told.get(item.name) ?? item)
  }, [items, family, leftOut])
}

function specOf(result: ReturnType<typeof toSpec>) {
  return result.kind === 'spec' ? result.spec : undefined
}
