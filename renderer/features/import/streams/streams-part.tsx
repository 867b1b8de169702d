import { Button } from '#renderer/ui/button.tsx'
import { locationOf } from './followed.ts'
import { OtherStreams } from './other-streams.tsx'
import { StreamCard } from './stream-card.tsx'
import styles from './streams.module.css'
import { openFollow, useStreams } from './streams.ts'

export interface StreamsPartProps {
  /** The dataset whose streams are shown. */
  readonly location: string
  readonly isReadOnly: boolean
}

/** Files that are followed into one dataset, and what others stream into it. */
export function StreamsPart({ location, isReadOnly }: StreamsPartProps) {
  const all = useStreams((state) => state.streams)
  const mine = all.filter((stream) => locationOf(stream) === location)
  const others = all.length - mine.length
  return (
    <section className={styles.part} aria-label="Files that are followed">
      <h3 className={styles.title}>Follow a file</h3>
      <p className={styles.text}>
        A JSON Lines file that grows, such as a log or what a training run writes: its records are added as they come,
        and committed by number or by time.
      </p>
      {mine.length > 0 && (
        <ul className={styles.list} aria-label="Streams into this dataset">
          {mine.map((stream) => (
            <StreamCard key={stream.key} stream={stream} />
          ))}
        </ul>
      )}
      <OtherStreams location={location} />
      <div className={styles.buttons}>
        <Button disabled={isReadOnly} onClick={() => openFollow(location)}>
          Follow a file…
        </Button>
        {others > 0 && (
          <Button kind="link" onClick={() => openFollow()}>
            {others} into other datasets
          </Button>
        )}
      </div>
    </section>
  )
}
