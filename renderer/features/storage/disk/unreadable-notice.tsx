import { formatNoun } from '#shared/model/format.ts'
import type { StorageUsage } from '#shared/model/storage.ts'
import styles from './unreadable-notice.module.css'

/** Manifests that could not be read make what only they use look abandoned; that must be said where it is counted. */
export function UnreadableNotice({ unreadable }: Pick<StorageUsage, 'unreadable'>) {
  return (
    <details className={styles.notice} role="alert">
      <summary>
        {formatNoun(unreadable.length, 'manifest')} could not be read: files only{' '}
        {unreadable.length === 1 ? 'it uses' : 'they use'} count as abandoned.
      </summary>
      <ul className={styles.list}>
        {unreadable.map(({ path, error }) => (
          <li key={path}>
            <code>{path}</code> {error.message}
          </li>
        ))}
      </ul>
    </details>
  )
}
