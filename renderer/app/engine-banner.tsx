import { RotateCw, Unplug, X } from 'lucide-react'
import { dismissRestartNotice, useHost, useWorkspace } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { IconButton } from '#renderer/ui/icon-button.tsx'
import styles from './banner.module.css'

/** Says when the engine is away, why, and what goes on. Nothing while all is well. */
export function EngineBanner() {
  const host = useHost()
  const engine = useWorkspace((state) => state.engine)
  const notice = useWorkspace((state) => state.restartNotice)
  if (engine.kind === 'gone') {
    return (
      <div className={styles.bad} role="alert">
        <Unplug aria-hidden />
        <span className={styles.text}>
          <b>{engine.reason}</b> {engine.hint}
        </span>
        <Button kind="primary" onClick={() => host.reconnect()}>
          Reconnect
        </Button>
      </div>
    )
  }
  if (engine.kind === 'restarting') {
    return (
      <div className={styles.warn} role="status">
        <RotateCw aria-hidden className={styles.turning} />
        <span className={styles.text}>
          <b>The engine is starting again.</b> {engine.reason} Open datasets come back by themselves.
        </span>
      </div>
    )
  }
  if (notice === null) return null
  return (
    <div className={styles.warn} role="status">
      <RotateCw aria-hidden />
      <span className={styles.text}>
        <b>The engine was started again.</b> {notice} What was running then was not repeated.
      </span>
      <IconButton label="Dismiss" onClick={dismissRestartNotice}>
        <X aria-hidden />
      </IconButton>
    </div>
  )
}
