import styles from './kbd.module.css'
import { formatShortcut, isMacPlatform } from './shortcut.ts'

/** A shortcut as keys, written for this platform. */
export function Kbd({ shortcut }: { readonly shortcut: string }) {
  return <kbd className={styles.kbd}>{formatShortcut(shortcut, isMacPlatform())}</kbd>
}
