import { ChevronLeft, ChevronRight } from 'lucide-react'
import type { ImportPreview, PreviewedDocument } from '#shared/model/import/preview.ts'
import type { SourceItem } from '#shared/model/import/source.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Choice, FieldNote } from '../review/field.tsx'
import { Problems } from '../review/review-footer.tsx'
import reviewStyles from '../review/review.module.css'
import { isUsable } from '../sources/choose-sources.ts'
import type { Draft } from '../state/draft.ts'
import { editDraft } from '../state/store.ts'
import type { SpecResult } from '../state/to-spec.ts'
import { ChunkList } from './chunk-list.tsx'
import styles from './rows.module.css'

const BY = [
  { id: 'structure', label: 'By structure' },
  { id: 'fixed', label: 'By size' },
] as const
const UNITS = [
  { id: 'tokens', label: 'tokens' },
  { id: 'characters', label: 'characters' },
] as const

export interface DocumentsPartProps {
  readonly draft: Draft
  readonly preview: ImportPreview | undefined
  readonly items: readonly SourceItem[]
  readonly result: SpecResult
  readonly isBusy: boolean
  readonly onShow: (name: string) => void
}

/** How documents are cut into records, seen on one of them. */
export function DocumentsPart({ draft, preview, items, result, isBusy, onShow }: DocumentsPartProps) {
  const document = preview?.document
  return (
    <>
      <header className={reviewStyles.partHead}>
        <span className={reviewStyles.step} aria-hidden>
          2
        </span>
        <h3 className={reviewStyles.partTitle}>Cut into chunks, one a row</h3>
        {isBusy && <span className={styles.busy}>working it out…</span>}
      </header>
      <ChunkingFields draft={draft} result={result} />
      {document === undefined ? (
        isBusy ? (
          <LoadingState label="Reading a document" />
        ) : preview === undefined ? null : (
          <EmptyState title="No document to show">None of the files that are taken could be read.</EmptyState>
        )
      ) : (
        <>
          <DocumentBar
            document={document}
            names={items.filter((item) => isUsable(item) && !draft.excluded.has(item.name)).map(({ name }) => name)}
            onShow={onShow}
          />
          {document.problems.length > 0 && <Problems problems={document.problems} />}
          <ChunkList key={document.name} document={document} />
        </>
      )}
    </>
  )
}

function ChunkingFields({ draft, result }: { readonly draft: Draft; readonly result: SpecResult }) {
  const { chunking } = draft
  const change = (part: Partial<Draft['chunking']>): void =>
    editDraft((now) => ({ chunking: { ...now.chunking, ...part } }))
  return (
    <div className={styles.controls} role="group" aria-label="Chunks">
      <Segmented label="Chunks are cut" options={BY} value={chunking.by} onChange={(by) => change({ by })} />
      <label className={styles.inline}>
        at most
        <TextField
          label="Size of a chunk"
          className={styles.number}
          inputMode="numeric"
          value={chunking.size}
          onChange={(event) => change({ size: event.target.value })}
        />
      </label>
      <Choice label="Unit of size" value={chunking.unit} options={UNITS} onChange={(unit) => change({ unit })} />
      <label className={styles.inline}>
        repeating
        <TextField
          label="Overlap of chunks"
          className={styles.number}
          inputMode="numeric"
          value={chunking.overlap}
          onChange={(event) => change({ overlap: event.target.value })}
        />
        of the one before
      </label>
      <span className={reviewStyles.quiet}>
        {chunking.by === 'structure'
          ? 'Ends at headings, then at paragraphs, then at sentences.'
          : 'Ends at the size, wherever that is.'}
      </span>
      <FieldNote result={result} field="size" />
      <FieldNote result={result} field="overlap" />
    </div>
  )
}

interface DocumentBarProps {
  readonly document: PreviewedDocument
  readonly names: readonly string[]
  readonly onShow: (name: string) => void
}

function DocumentBar({ document, names, onShow }: DocumentBarProps) {
  const index = names.indexOf(document.name)
  const step = (by: number): void => {
    const name = names[index + by]
    if (name !== undefined) onShow(name)
  }
  const tokens = document.chunks.reduce((sum, chunk) => sum + chunk.tokens, 0)
  const facts = [
    document.pages === null ? '' : formatNoun(document.pages, 'page'),
    document.language ?? '',
    formatNoun(document.chunks.length, 'chunk'),
    formatNoun(tokens, 'token'),
  ].filter((fact) => fact !== '')
  return (
    <div className={styles.documentBar}>
      <IconButton label="Previous document" disabled={index <= 0} onClick={() => step(-1)}>
        <ChevronLeft aria-hidden />
      </IconButton>
      <IconButton label="Next document" disabled={index < 0 || index >= names.length - 1} onClick={() => step(1)}>
        <ChevronRight aria-hidden />
      </IconButton>
      <span className={styles.documentName} title={document.name}>
        <b>{document.title ?? document.name}</b>
        {document.title !== null && <span className={reviewStyles.quiet}> {document.name}</span>}
      </span>
      {index >= 0 && names.length > 1 && (
        <span className={reviewStyles.quiet}>
          {formatCount(index + 1)} of {formatCount(names.length)}
        </span>
      )}
      <span role="status" aria-label="Facts of the document" className={reviewStyles.quiet}>
        {facts.join(' · ')}
      </span>
    </div>
  )
}
