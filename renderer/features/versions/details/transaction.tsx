import { useMemo, useState } from 'react'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { cx } from '#renderer/ui/cx.ts'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { toTreeValue } from '#renderer/ui/tree/metadata-value.ts'
import { TreeView } from '#renderer/ui/tree/tree-view.tsx'
import type { VersionDetails } from '#shared/model/version-details.ts'
import { Section } from './section.tsx'
import styles from './sections.module.css'

/** Characters of raw JSON shown; copying takes all of it. */
const SHOWN_CHARACTERS = 200_000

/** The commit's own record, as a tree and as it is. */
export function Transaction({ details: { transaction } }: { readonly details: VersionDetails }) {
  const [form, setForm] = useState<'tree' | 'json'>('tree')
  const json = useMemo(() => JSON.stringify(transaction?.tree ?? null, null, 2), [transaction])
  const root = useMemo(() => toTreeValue(transaction?.tree ?? null), [transaction])
  if (transaction === null) {
    return (
      <Section title="Transaction">
        <p className={styles.quiet}>
          The record of this commit is gone: it was in a file of its own and was cleaned up.
        </p>
      </Section>
    )
  }
  return (
    <Section
      title="Transaction"
      action={
        <>
          <Segmented
            label="Form of the transaction"
            options={[
              { id: 'tree', label: 'Tree' },
              { id: 'json', label: 'JSON' },
            ]}
            value={form}
            onChange={setForm}
          />
          <Button kind="link" onClick={() => void copyText(json, 'Transaction')}>
            Copy
          </Button>
        </>
      }
    >
      {form === 'tree' ? (
        <TreeView root={root} label="Transaction" search="" />
      ) : (
        <pre className={cx(styles.code, styles.json)}>
          {json.slice(0, SHOWN_CHARACTERS)}
          {json.length > SHOWN_CHARACTERS ? '\n… copy takes the rest' : ''}
        </pre>
      )}
      <p className={styles.quiet}>
        {transaction.source === 'manifest' ? 'Kept inside the manifest.' : 'Kept in a file of its own.'}
      </p>
    </Section>
  )
}
