import { File, FileAudio, FileImage, FileVideo } from 'lucide-react'
import { useMemo, useState } from 'react'
import type { ImportPreview } from '#shared/model/import/preview.ts'
import type { SourceItem } from '#shared/model/import/source.ts'
import { formatBytes, formatCount, formatNoun } from '#shared/model/format.ts'
import { Button } from '#renderer/ui/button.tsx'
import reviewStyles from '../review/review.module.css'
import { isUsable } from '../sources/choose-sources.ts'
import type { Draft } from '../state/draft.ts'
import cardStyles from './media-part.module.css'
import styles from './rows.module.css'
import { type MediaCard, readMedia } from './sample-cells.ts'

/** Cards shown at first, and more at each press. */
const STEP = 120

export interface MediaPartProps {
  readonly draft: Draft
  readonly preview: ImportPreview | undefined
  readonly items: readonly SourceItem[]
  readonly isBusy: boolean
}

/** The media that become rows, with what was read of the first of them. */
export function MediaPart({ draft, preview, items, isBusy }: MediaPartProps) {
  const [limit, setLimit] = useState(STEP)
  const sample = preview?.sample ?? null
  const cards = useMemo(() => new Map(readMedia(sample).map((card) => [card.name, card])), [sample])
  const taken = items.filter((item) => isUsable(item) && !draft.excluded.has(item.name))
  return (
    <>
      <header className={reviewStyles.partHead}>
        <span className={reviewStyles.step} aria-hidden>
          2
        </span>
        <h3 className={reviewStyles.partTitle}>One row a file</h3>
        {isBusy && <span className={styles.busy}>working it out…</span>}
      </header>
      <p className={styles.intro}>
        Bytes are kept as blobs beside facts such as size, format and place of capture, and are read only when asked
        for.
        {cards.size > 0 && ` Facts and pictures of the first ${formatNoun(cards.size, 'file')} are shown.`}
      </p>
      <ul className={cardStyles.cards} aria-label="Media">
        {taken.slice(0, limit).map((item) => (
          <Card key={item.name} item={item} card={cards.get(item.name)} />
        ))}
      </ul>
      {taken.length > limit && (
        <div className={styles.more}>
          <Button onClick={() => setLimit(limit + STEP)}>
            Show more of {formatCount(taken.length - limit)} others
          </Button>
        </div>
      )}
    </>
  )
}

const ICONS = { image: FileImage, audio: FileAudio, video: FileVideo } as const

function Card({ item, card }: { readonly item: SourceItem; readonly card: MediaCard | undefined }) {
  const Icon = item.kind in ICONS ? ICONS[item.kind as keyof typeof ICONS] : File
  const facts = card?.facts.slice(0, 5) ?? []
  return (
    <li className={cardStyles.card} title={item.path}>
      <div className={cardStyles.thumb}>
        {card?.thumbnail === null || card === undefined ? <Icon aria-hidden /> : <img src={card.thumbnail} alt="" />}
      </div>
      <span className={cardStyles.cardName}>{item.name.split('/').at(-1)}</span>
      <span className={cardStyles.cardFacts}>
        {item.kind} · {formatBytes(item.bytes)}
      </span>
      {facts.map(([name, value]) => (
        <span key={name} className={cardStyles.cardFacts}>
          {name} {value}
        </span>
      ))}
    </li>
  )
}
