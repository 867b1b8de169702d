import { useQuery } from '@tanstack/react-query'
import { isCancelled, toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import { formatAbsoluteTime, formatRelativeTime } from '#shared/model/time.ts'
import type { StreamInfo } from '#shared/model/import/stream.ts'
import { baseName, datasetName, getApi, useNow } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import { othersOf } from './followed.ts'
import { StreamFigures } from './stream-card.tsx'
import styles from './streams.module.css'
import { showTarget, useStreams } from './streams.ts'

const POLL_MS = 2000

/** Streams of the engine that somebody else began: another window, a script, the command line. `location`: only into it. */
export function OtherStreams({ location }: { readonly location?: string | undefined }) {
  const mine = useStreams((state) => state.streams)
  const { data, refetch } = useQuery({
    queryKey: ['import.streams'],
    queryFn: ({ signal }) => getApi().call('import.streams', {}, { signal }),
    staleTime: 0,
    // Asking for good would keep the engine from ever being idle: without a stream, coming back to the window is enough.
    refetchInterval: (query) => ((query.state.data?.length ?? 0) > 0 ? POLL_MS : false),
    refetchOnWindowFocus: 'always',
  })
  const others = othersOf(data ?? [], mine, location)
  if (others.length === 0) return null
  return (
    <ul className={styles.list} aria-label="Streams that were not begun in this window">
      {others.map((info) => (
        <OtherStream key={info.id} info={info} onChanged={() => void refetch()} />
      ))}
    </ul>
  )
}

function OtherStream({ info, onChanged }: { readonly info: StreamInfo; readonly onChanged: () => void }) {
  const now = useNow()
  const { id, file, location, counts, startedAt, version } = info
  const what = file === undefined ? 'Pushed records' : baseName(file)
  const ask = async (name: 'import.flush' | 'import.close'): Promise<void> => {
    try {
      await getApi().call(name, { stream: id })
    } catch (error) {
      if (isCancelled(error)) return
      const title = name === 'import.flush' ? 'The records were not committed' : 'The stream was not stopped'
      showToast({ kind: 'bad', title, text: toErrorValue(error).message })
    } finally {
      onChanged()
    }
  }
  return (
    <li className={styles.card} aria-label={`${what} into ${datasetName(location)}`}>
      <div className={styles.head}>
        <Chip tone="accent">Open elsewhere</Chip>
        <span className={styles.names}>
          <b title={file}>{what}</b> <span className={styles.quiet}>into</span>{' '}
          <b title={location}>{datasetName(location)}</b>
        </span>
        <Button disabled={counts.buffered === 0} onClick={() => void ask('import.flush')}>
          Commit now
        </Button>
        <Button onClick={() => void ask('import.close')}>Stop</Button>
      </div>
      <StreamFigures counts={counts} />
      <p className={styles.commit}>
        <span title={formatAbsoluteTime(startedAt)}>
          Begun {formatRelativeTime(startedAt, now)} by another window or program
          {version === undefined
            ? '. Nothing committed yet.'
            : `. Its newest version is v${version}, with ${formatNoun(counts.persisted, 'record')} in all.`}
        </span>
        {version !== undefined && (
          <Button kind="link" onClick={() => void showTarget(location)}>
            Open {datasetName(location)}
          </Button>
        )}
      </p>
    </li>
  )
}
