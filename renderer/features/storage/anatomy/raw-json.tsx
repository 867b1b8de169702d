import { Copy } from 'lucide-react'
import { useMemo } from 'react'
import { formatBytes } from '#shared/model/format.ts'
import type { MetadataTree } from '#shared/model/metadata.ts'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import styles from './file-pane.module.css'

/** Characters shown; all of it can be copied. More text than this makes scrolling stutter. */
const SHOWN_MAX = 200_000

/** Decoded metadata as indented JSON. */
export function RawJson({ tree }: { readonly tree: MetadataTree }) {
  const text = useMemo(() => JSON.stringify(tree, null, 2), [tree])
  const isCut = text.length > SHOWN_MAX
  return (
    <div className={styles.json}>
      <div className={styles.tools}>
        <span className={styles.range}>
          {isCut ? `The first ${formatBytes(SHOWN_MAX)} of ${formatBytes(text.length)}` : formatBytes(text.length)}
        </span>
        <Button onClick={() => void copyText(text, 'JSON')}>
          <Copy aria-hidden />
          Copy JSON
        </Button>
      </div>
      <pre className={styles.jsonText} tabIndex={0} aria-label="Decoded contents as JSON">
        {isCut ? `${text.slice(0, SHOWN_MAX)}…` : text}
      </pre>
    </div>
  )
}
