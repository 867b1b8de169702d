import { formatCount, formatNoun } from '#shared/model/format.ts'
import type { StreamCounts } from '#shared/model/import/stream.ts'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import { baseName, datasetName, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip, type ChipProps } from '#renderer/ui/chip.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { type FollowedStream, isLive, locationOf, MOST_REFUSED, stateText, waysOn } from './followed.ts'
import styles from './streams.module.css'
import { commitNow, forgetStream, goOn, showTarget, stopStream } from './streams.ts'

const TONES: Readonly<Record<FollowedStream['state'], NonNullable<ChipProps['tone']>>> = {
  opening: 'accent',
  open: 'accent',
  closing: 'accent',
  closed: 'quiet',
  failed: 'bad',
}

/** One stream of this window: how far it is, what it refused, and what can be done with it. */
export function StreamCard({ stream }: { readonly stream: FollowedStream }) {
  const { input, info, error } = stream
  const location = locationOf(stream)
  const file = info?.file ?? input.file?.path ?? ''
  const counts = info?.counts
  return (
    <li className={styles.card} aria-label={`${baseName(file)} into ${datasetName(location)}`}>
      <div className={styles.head}>
        <Chip tone={TONES[stream.state]}>{stateText(stream)}</Chip>
        <span className={styles.names}>
          <b title={file}>{baseName(file)}</b> <span className={styles.quiet}>into</span>{' '}
          <b title={location}>{datasetName(location)}</b>
        </span>
        <Buttons stream={stream} />
      </div>
      <StreamFigures counts={counts} />
      <LastCommit stream={stream} />
      {error !== undefined && (
        <ErrorNotice
          layout="line"
          title={info === undefined ? 'The file is not followed' : 'The file is not followed any more'}
          error={error}
        />
      )}
      <Refused stream={stream} />
    </li>
  )
}

/** Where a stream's records are. */
export function StreamFigures({ counts }: { readonly counts: StreamCounts | undefined }) {
  return (
    <dl className={styles.figures} aria-label="Records">
      <Figure name="total" value={counts?.total} />
      <Figure name="buffered" value={counts?.buffered} />
      <Figure name="persisted" value={counts?.persisted} />
      <Figure name="refused" value={counts?.refused} />
    </dl>
  )
}

function Figure({ name, value }: { readonly name: string; readonly value: number | undefined }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value === undefined ? '–' : formatCount(value)}</dd>
    </div>
  )
}

function Buttons({ stream }: { readonly stream: FollowedStream }) {
  const { key, state, info, error } = stream
  if (isLive(stream)) {
    return (
      <>
        <Button
          disabled={state !== 'open' || (info?.counts.buffered ?? 0) === 0}
          onClick={() => void commitNow(stream)}
        >
          Commit now
        </Button>
        <Button disabled={state === 'closing'} onClick={() => void stopStream(stream)}>
          Stop
        </Button>
      </>
    )
  }
  return (
    <>
      {waysOn(error?.code).map((way) => (
        <Button key={way.label} onClick={() => goOn(stream, way)}>
          {way.label}
        </Button>
      ))}
      <Button kind="ghost" title="Takes it off this list. What it wrote stays." onClick={() => forgetStream(key)}>
        Forget
      </Button>
    </>
  )
}

function LastCommit({ stream }: { readonly stream: FollowedStream }) {
  const now = useNow()
  const { lastCommit, info } = stream
  const location = locationOf(stream)
  if (lastCommit === undefined) {
    return <p className={styles.quiet}>{isLive(stream) ? 'Nothing committed yet.' : 'Nothing was committed.'}</p>
  }
  return (
    <p className={styles.commit}>
      <span>
        Last commit: v{lastCommit.version}, {formatNoun(lastCommit.rows, 'row')},{' '}
        <span title={formatAbsoluteTime(lastCommit.at)}>{formatRelativeTime(lastCommit.at, now)}</span>
      </span>
      <Button kind="link" onClick={() => void showTarget(location)}>
        Open {datasetName(location)}
      </Button>
      {/* An open stream has one entry in Activity, which is undone as one once it has ended. */}
      {!isLive(stream) && info !== undefined && (
        <Button kind="link" onClick={() => void showTarget(location, 'activity')}>
          Undo in Activity…
        </Button>
      )}
    </p>
  )
}

function Refused({ stream }: { readonly stream: FollowedStream }) {
  const { refused, info } = stream
  const count = info?.counts.refused ?? 0
  const rejectFile = info?.rejectFile
  if (refused.length === 0) return null
  return (
    <details className={styles.refusedPart}>
      <summary>
        {formatNoun(count, 'record')} refused
        {count > MOST_REFUSED && `, the newest ${MOST_REFUSED} of them`}
      </summary>
      {rejectFile !== undefined && (
        <p className={styles.reject}>
          Kept in <code>{rejectFile}</code>
          <Button kind="link" onClick={() => void copyText(rejectFile, 'Path')}>
            Copy path
          </Button>
        </p>
      )}
      <ul className={styles.refused} aria-label="Records that do not fit">
        {refused.map(({ line, reason, record }) => (
          <li key={line}>
            <span className={styles.line}>line {formatCount(line)}</span> {reason}
            <code title={record}>{record}</code>
          </li>
        ))}
      </ul>
    </details>
  )
}
