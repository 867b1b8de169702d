import type { ImportPreview } from '#shared/model/import/preview.ts'
import { formatCount } from '#shared/model/format.ts'
import { PathBox } from '#renderer/features/datasets/index.ts'
import { useHost, useKnownSummary, useWorkspace, type DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Segmented } from '#renderer/ui/segmented.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Check, Choice, ColumnsChoice, Field, FieldNote, Part } from '../review/field.tsx'
import styles from '../review/review.module.css'
import { rowColumns } from '../review/row-columns.ts'
import type { Draft } from '../state/draft.ts'
import { editTarget } from '../state/store.ts'
import { joinPath, type SpecResult } from '../state/to-spec.ts'
import { MODE_WORDS } from '../words.ts'
import { MappingTable } from './mapping-table.tsx'
import { UpdatePlanList } from './update-plan.tsx'

const KINDS = [
  { id: 'new', label: 'New dataset' },
  { id: 'existing', label: 'Existing dataset' },
] as const
const MODES = [
  { id: 'append', label: 'Append' },
  { id: 'upsert', label: 'Upsert' },
  { id: 'overwrite', label: 'Overwrite' },
] as const
/** Only what keeps its path and hash can tell what changed. */
const MODES_OF_FILES = [...MODES, { id: 'update', label: 'Update' }] as const

export interface TargetPartProps {
  readonly draft: Draft
  readonly preview: ImportPreview | undefined
  readonly result: SpecResult
}

/** Where the rows go, and how they meet what is there. */
export function TargetPart({ draft, preview, result }: TargetPartProps) {
  const { target } = draft
  return (
    <Part step={3} title="Target">
      <Segmented label="Target" options={KINDS} value={target.kind} onChange={(kind) => editTarget({ kind })} />
      {target.kind === 'new' ? <NewTarget target={target} /> : <ExistingTarget draft={draft} preview={preview} />}
      <FieldNote result={result} field="target" />
    </Part>
  )
}

function NewTarget({ target }: { readonly target: Draft['target'] }) {
  const { pickDirectory } = useHost()
  const choose = async (pick: () => Promise<string | null>): Promise<void> => {
    const folder = await pick()
    if (folder !== null) editTarget({ folder })
  }
  return (
    <>
      <Field label="Folder">
        <PathBox
          label="Folder of the new dataset"
          placeholder="/path/to/folder"
          takesFocus={false}
          text={target.folder}
          onChange={(folder) => editTarget({ folder })}
          onOpen={(folder) => editTarget({ folder })}
        />
        {pickDirectory !== null && (
          <Button className={styles.narrow} onClick={() => void choose(pickDirectory)}>
            Choose…
          </Button>
        )}
      </Field>
      <Field label="Name">
        <TextField
          className={styles.wide}
          label="Name of the new dataset"
          mono
          value={target.name}
          onChange={(event) => editTarget({ name: event.target.value })}
        />
      </Field>
      {target.folder !== '' && target.name !== '' && (
        <p className={styles.path} title="Where it will be">
          {joinPath(target.folder, `${target.name.replace(/\.lance$/, '')}.lance`)}
        </p>
      )}
    </>
  )
}

function ExistingTarget({ draft, preview }: Omit<TargetPartProps, 'result'>) {
  const { target } = draft
  const tabs = useWorkspace((state) => state.tabs)
  const tab = tabs.find(({ location }) => location === target.location)
  const columns = preview?.matches?.flatMap((match) => match.target ?? []) ?? []
  const modes = draft.family === 'tables' ? MODES : MODES_OF_FILES
  // Another dataset has other columns.
  const move = (location: string): void => editTarget({ location, mapping: {}, key: [] })
  return (
    <>
      {tabs.length > 0 && (
        <Field label="Open now">
          <Choice
            label="Open dataset"
            className={styles.wide}
            value={tab?.location ?? ''}
            options={[
              { id: '', label: 'by path' },
              ...tabs.map(({ location, name, latestVersion }) => ({
                id: location,
                label: `${name} (v${formatCount(latestVersion)})`,
              })),
            ]}
            onChange={move}
          />
        </Field>
      )}
      <Field label="Path">
        <PathBox label="Path of the dataset" takesFocus={false} text={target.location} onChange={move} onOpen={move} />
      </Field>
      {tab !== undefined && <ReadOnlyNote tab={tab} />}
      <Field label="Mode">
        <Segmented label="Mode" options={modes} value={target.mode} onChange={(mode) => editTarget({ mode })} />
      </Field>
      <p className={target.mode === 'overwrite' ? styles.warn : styles.quiet}>{MODE_WORDS[target.mode]}</p>
      {target.mode === 'upsert' && (
        <ColumnsChoice
          label="Columns that name a row"
          columns={columns}
          chosen={target.key}
          onChange={(key) => editTarget({ key })}
        />
      )}
      {target.mode === 'update' && (
        <>
          {preview?.update !== undefined && <UpdatePlanList plan={preview.update} gone={target.gone} />}
          <Check
            label="Delete rows whose file is gone"
            checked={target.gone === 'delete'}
            onChange={(isDeleted) => editTarget({ gone: isDeleted ? 'delete' : 'keep' })}
          />
        </>
      )}
      {preview?.matches !== undefined && target.mode !== 'overwrite' && (
        <MappingTable matches={preview.matches} mapping={target.mapping} columns={rowColumns(draft, preview.columns)} />
      )}
    </>
  )
}

function ReadOnlyNote({ tab }: { readonly tab: DatasetTab }) {
  const summary = useKnownSummary(tab)
  if (summary?.readOnly !== true) return null
  return (
    <p className={styles.warn} role="note">
      {tab.name} can only be read here: it needs a newer Lance to be written. Choose another dataset or make a new one.
    </p>
  )
}
