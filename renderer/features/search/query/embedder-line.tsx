import { Pencil, Trash2 } from 'lucide-react'
import { useEffect, useRef, useState } from 'react'
import { getApi } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Chip } from '#renderer/ui/chip.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import { type ErrorValue, toErrorValue } from '#shared/errors.ts'
import { formatNoun, formatShortDuration } from '#shared/model/format.ts'
import type { EmbedderInfo } from '#shared/model/embedder.ts'
import styles from './embedder-dialog.module.css'
import { reloadEmbedders } from './use-embedders.ts'

/** A sentence that says nothing about anybody. */
const TRIAL = 'A quiet field of tall grass in the evening.'

type Trial =
  | { readonly kind: 'none' | 'running' }
  | { readonly kind: 'works'; readonly text: string }
  | { readonly kind: 'failed'; readonly title: string; readonly error: ErrorValue }

/** One embedder, with the means to try, change and remove it. */
export function EmbedderLine({ embedder, onEdit }: { readonly embedder: EmbedderInfo; readonly onEdit: () => void }) {
  const { id, title, kind, model, url, dimension, apiKeyVariable, hasKey, isRemote } = embedder
  const [trial, setTrial] = useState<Trial>({ kind: 'none' })
  const running = useRef<AbortController | null>(null)
  useEffect(() => () => running.current?.abort(), [])
  const attempt = async (): Promise<void> => {
    const controller = new AbortController()
    running.current = controller
    setTrial({ kind: 'running' })
    try {
      const request = { embedder: id, texts: [TRIAL] }
      const answer = await getApi().call('embedders.embed', request, { signal: controller.signal })
      const text = `It works: ${formatNoun(answer.dimension, 'number')} in ${formatShortDuration(answer.elapsedMs)}.`
      setTrial({ kind: 'works', text })
      await reloadEmbedders()
    } catch (thrown) {
      if (!controller.signal.aborted)
        setTrial({ kind: 'failed', title: 'It did not answer', error: toErrorValue(thrown) })
    }
  }
  const remove = async (): Promise<void> => {
    try {
      await getApi().call('embedders.remove', { id })
      await reloadEmbedders()
    } catch (thrown) {
      setTrial({ kind: 'failed', title: 'It was not removed', error: toErrorValue(thrown) })
    }
  }
  return (
    <li className={styles.embedder} aria-label={title}>
      <div className={styles.words}>
        <span className={styles.name}>
          {title} {isRemote && <Chip tone="warn">text leaves this machine</Chip>}
          {apiKeyVariable !== undefined && hasKey === false && <Chip tone="bad">{apiKeyVariable} is not set</Chip>}
        </span>
        <span className={styles.facts}>
          {[model, dimension === null ? 'length not known yet' : formatNoun(dimension, 'number'), url]
            .filter((fact) => fact !== undefined)
            .join(' · ')}
        </span>
        {kind === 'built-in' && (
          <span className={styles.facts}>
            Offline and always the same. It compares words and parts of words, not meaning.
          </span>
        )}
        {trial.kind === 'works' && <span role="status">{trial.text}</span>}
        {trial.kind === 'failed' && <ErrorNotice layout="line" title={trial.title} error={trial.error} />}
      </div>
      <Button aria-label={`Test ${title}`} disabled={trial.kind === 'running'} onClick={() => void attempt()}>
        {trial.kind === 'running' ? 'Testing…' : 'Test'}
      </Button>
      {kind === 'http' && (
        <>
          <IconButton label={`Change ${title}`} onClick={onEdit}>
            <Pencil aria-hidden />
          </IconButton>
          <IconButton label={`Remove ${title}`} onClick={() => void remove()}>
            <Trash2 aria-hidden />
          </IconButton>
        </>
      )}
    </li>
  )
}
