import { useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { FollowForm } from './follow-form.tsx'
import { OtherStreams } from './other-streams.tsx'
import { StreamCard } from './stream-card.tsx'
import styles from './streams.module.css'
import { closeFollow, useStreams } from './streams.ts'

/** The streams of this window, those of others, and opening another one. Closing it stops none. */
export function FollowDialog() {
  const streams = useStreams((state) => state.streams)
  const into = useStreams((state) => state.into)
  const isOfDataset = into !== undefined
  const [isAsking, setAsking] = useState(isOfDataset || streams.length === 0)
  return (
    <Dialog isOpen onClose={closeFollow} title="Follow a file" size="large">
      <div className={styles.panel}>
        {streams.length > 0 && (
          <ul className={styles.list} aria-label="Streams of this window">
            {streams.map((stream) => (
              <StreamCard key={stream.key} stream={stream} />
            ))}
          </ul>
        )}
        <OtherStreams />
        {isAsking ? (
          <FollowForm into={into} onStarted={() => setAsking(false)} />
        ) : (
          <div>
            <Button onClick={() => setAsking(true)}>Follow another file…</Button>
          </div>
        )}
        <p className={styles.quiet}>
          A stream lives with this window: it goes on while you look at other things, and when the window is closed or
          loaded again it commits what is buffered and ends. Begun again “where it stopped”, it repeats no record.
        </p>
      </div>
    </Dialog>
  )
}
