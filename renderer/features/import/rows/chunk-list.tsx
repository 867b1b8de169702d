import { useMemo, useState } from 'react'
import type { DocumentBlock } from '#shared/model/import/documents.ts'
import type { PreviewedDocument } from '#shared/model/import/preview.ts'
import { formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import { headingPieces, showChunks, type ShownChunk } from './chunks.ts'
import styles from './rows.module.css'

/** Chunks shown at first, and more at each press: a book has thousands. */
const STEP = 120

/** The text of a document as the records it becomes, with what each of them stands under. */
export function ChunkList({ document }: { readonly document: PreviewedDocument }) {
  const [limit, setLimit] = useState(STEP)
  const { text, chunks, blocks } = document
  const shown = useMemo(() => showChunks(chunks, limit), [chunks, limit])
  const headings = useMemo(() => blocks.filter(({ kind }) => kind === 'heading'), [blocks])
  return (
    <div className={styles.chunks} role="list" aria-label={`Chunks of ${document.name}`} tabIndex={0}>
      {shown.map((chunk) => (
        <ChunkRow key={chunk.index} chunk={chunk} text={text} headings={headings} />
      ))}
      {chunks.length > limit && (
        <div className={styles.more}>
          <Button onClick={() => setLimit(limit + STEP)}>
            Show more of {formatNoun(chunks.length - limit, 'other chunk')}
          </Button>
        </div>
      )}
    </div>
  )
}

interface ChunkRowProps {
  readonly chunk: ShownChunk
  readonly text: string
  readonly headings: readonly DocumentBlock[]
}

function ChunkRow({ chunk, text, headings }: ChunkRowProps) {
  const { index, page, isNewPage, isNewHeading, tokens, characters, start, ownStart, end } = chunk
  return (
    <div className={styles.chunk} role="listitem" data-tone={index % 3}>
      <div className={styles.gutter}>
        <span className={styles.ordinal}>{formatCount(index + 1)}</span>
        {page !== null && <span data-new={isNewPage}>p. {formatCount(page)}</span>}
        <span title={formatNoun(characters, 'character')}>{formatCount(tokens)} tok</span>
      </div>
      <div className={styles.chunkBody}>
        {isNewHeading && <p className={styles.crumbs}>{chunk.headings.join(' › ')}</p>}
        <p className={styles.chunkText}>
          {ownStart > start && (
            <span className={styles.repeated} title="Repeated from the chunk before">
              {text.slice(start, ownStart)}
            </span>
          )}
          {headingPieces(text, [ownStart, end], headings).map((piece, at) =>
            piece.isHeading ? (
              // Pieces have no names; their order is theirs for good.
              // oxlint-disable-next-line react/no-array-index-key
              <b key={at}>{piece.text}</b>
            ) : (
              piece.text
            ),
          )}
        </p>
      </div>
    </div>
  )
}
