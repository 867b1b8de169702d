import { PathBox } from '#renderer/features/datasets/index.ts'
import { useHost, useWorkspace } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Choice, Field } from '../review/field.tsx'
import type { FollowDraft } from './follow-draft.ts'
import styles from './streams.module.css'

const TARGETS = [
  { id: 'new', label: 'New dataset' },
  { id: 'existing', label: 'Existing dataset' },
] as const

export interface FollowTargetProps {
  readonly draft: FollowDraft
  readonly onChange: (change: Partial<FollowDraft>) => void
}

/** Where the records go. */
export function FollowTarget({ draft, onChange }: FollowTargetProps) {
  return (
    <Field label="Into">
      <Segmented label="Into" options={TARGETS} value={draft.target} onChange={(target) => onChange({ target })} />
      {draft.target === 'new' ? <NewPlace {...{ draft, onChange }} /> : <ExistingPlace {...{ draft, onChange }} />}
    </Field>
  )
}

function NewPlace({ draft, onChange }: FollowTargetProps) {
  const { pickDirectory } = useHost()
  const choose = async (pick: () => Promise<string | null>): Promise<void> => {
    const folder = await pick()
    if (folder !== null) onChange({ folder })
  }
  const setFolder = (folder: string): void => onChange({ folder })
  return (
    <>
      <div className={styles.place}>
        <PathBox
          label="Folder of the new dataset"
          placeholder="/path/to/folder"
          takesFocus={false}
          text={draft.folder}
          onChange={setFolder}
          onOpen={setFolder}
        />
        {pickDirectory !== null && <Button onClick={() => void choose(pickDirectory)}>Choose…</Button>}
        <TextField
          className={styles.name}
          label="Name of the new dataset"
          placeholder="name"
          mono
          value={draft.name}
          onChange={(event) => onChange({ name: event.target.value })}
        />
      </div>
      <p className={styles.quiet}>
        Made with the first record, which fixes its columns. One that is there by then is added to.
      </p>
    </>
  )
}

function ExistingPlace({ draft, onChange }: FollowTargetProps) {
  const tabs = useWorkspace((state) => state.tabs)
  const move = (location: string): void => onChange({ location })
  const isOpen = tabs.some(({ location }) => location === draft.location)
  return (
    <>
      <div className={styles.place}>
        {tabs.length > 0 && (
          <Choice
            label="Open dataset"
            className={styles.name}
            value={isOpen ? draft.location : ''}
            options={[
              { id: '', label: 'by path' },
              ...tabs.map(({ location, name }) => ({ id: location, label: name })),
            ]}
            onChange={move}
          />
        )}
        <PathBox label="Path of the dataset" takesFocus={false} text={draft.location} onChange={move} onOpen={move} />
      </div>
      <p className={styles.quiet}>Records are added to main; what is there stays as it is.</p>
    </>
  )
}
