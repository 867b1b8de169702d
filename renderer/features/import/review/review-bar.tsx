import { ChevronDown, Code } from 'lucide-react'
import { useRef } from 'react'
import { formatCount } from '#shared/model/format.ts'
import type { ImportSpec } from '#shared/model/import/spec.ts'
import { Button } from '#renderer/ui/button.tsx'
import { copyText } from '#renderer/ui/clipboard.ts'
import { downloadText } from '#renderer/ui/download.ts'
import { Menu } from '#renderer/ui/menu.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import { startOver } from '../state/begin.ts'
import { draftOf, withFamily } from '../state/draft.ts'
import { readSpec, specCommand, specFile } from '../state/spec-file.ts'
import { editDraft, type Review } from '../state/store.ts'
import { FAMILY_TITLES, familyCounts } from '../words.ts'
import styles from './review.module.css'

/** Which of the families of a mixed drop is imported, and the import as a file or a command. */
export function ReviewBar({ review, spec }: { readonly review: Review; readonly spec: ImportSpec | undefined }) {
  const { draft, items } = review
  const families = familyCounts(items)
  return (
    <div className={styles.bar}>
      {families.length > 1 ? (
        <>
          <span className={styles.quiet}>Files of several kinds make rows of several shapes, one import each:</span>
          <Segmented
            label="What is imported"
            options={families.map(({ family, count }) => ({
              id: family,
              label: FAMILY_TITLES[family],
              badge: formatCount(count),
            }))}
            value={draft.family}
            onChange={(family) => editDraft((current) => withFamily(current, family, items))}
          />
        </>
      ) : (
        <span className={styles.quiet}>
          {FAMILY_TITLES[draft.family]}. Drop more files on this window to add them. Nothing is written before you press
          Import.
        </span>
      )}
      <span className={styles.grow} />
      <SpecMenu spec={spec} review={review} />
      <Button onClick={startOver}>Start over</Button>
    </div>
  )
}

function SpecMenu({ spec, review }: { readonly spec: ImportSpec | undefined; readonly review: Review }) {
  const input = useRef<HTMLInputElement>(null)
  const load = async (file: File): Promise<void> => {
    const read = readSpec(await file.text())
    if (read.kind === 'problem')
      return showToast({ kind: 'bad', title: `${file.name} is no import`, text: read.problem })
    const { sources } = review.draft
    // A spec is made for files like these as often as for the very files it names: what was dropped stays.
    editDraft((draft) => ({ ...draftOf(read.spec, draft), sources, excluded: draft.excluded }))
    showToast({ title: `Set as ${file.name} says`, text: 'What is imported is still what was dropped.' })
  }
  const isReady = spec !== undefined
  const needsOne = { disabled: !isReady }
  return (
    <>
      <Menu
        align="end"
        items={[
          {
            id: 'command',
            label: 'Copy as command',
            note: spec?.sources.uploads === undefined ? 'npm run call -- import.run' : 'while the upload is kept',
            ...needsOne,
            run: () => spec !== undefined && void copyText(specCommand(spec), 'Command'),
          },
          {
            id: 'save',
            label: 'Save as a file…',
            note: 'npm run call -- import.run @import.json',
            ...needsOne,
            run: () => spec !== undefined && downloadText(specFile(spec), 'import.json', 'application/json'),
          },
          { id: 'load', label: 'Set as a saved file says…', run: () => input.current?.click() },
        ]}
        trigger={
          <Button>
            <Code aria-hidden />
            Spec
            <ChevronDown aria-hidden />
          </Button>
        }
      />
      <input
        ref={input}
        type="file"
        accept=".json,application/json"
        hidden
        aria-label="Saved import"
        onChange={(event) => {
          const [file] = event.target.files ?? []
          if (file !== undefined) void load(file)
          event.target.value = ''
        }}
      />
    </>
  )
}
