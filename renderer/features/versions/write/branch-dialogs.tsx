import { useState } from 'react'
import { useRefs } from '#renderer/features/history/index.ts'
import { type DatasetTab, findTab } from '#renderer/features/workspace/index.ts'
import { TextField } from '#renderer/ui/text-field.tsx'
import { branchNameProblem } from '#shared/model/ref-name.ts'
import type { Ref } from '#shared/model/ref.ts'
import { startAsCode, startOptions, startRef, startValue, VERSION_START } from './branch-start.ts'
import { branchTies } from './branch-ties.ts'
import { cx } from '#renderer/ui/cx.ts'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'
import { NameField } from './name-field.tsx'
import { onPlace } from './on-place.ts'
import { useRefusal } from './refusal.ts'
import { useTypedVersion, VersionField } from './version-field.tsx'
import { WriteDialog } from './write-dialog.tsx'
import { createBranch, deleteBranch } from './writes.ts'

export interface CreateBranchDialogProps {
  readonly tab: DatasetTab
  readonly from: Ref
  readonly onClose: () => void
}

/** Starts a branch at a version, a tag or a branch. */
export function CreateBranchDialog({ tab, from, onClose }: CreateBranchDialogProps) {
  const [name, setName] = useState('')
  const [start, setStart] = useState(startValue(from))
  const branch = 'branch' in from ? from.branch : undefined
  const [text, setText] = useState(String(('version' in from ? from.version : undefined) ?? tab.version))
  const refs = useRefs(tab).data
  const { entry, isLoading } = useTypedVersion(onPlace(tab, branch === undefined ? {} : { branch }), text)
  const chosen = startRef(start, entry?.version, branch)
  const isTaken = refs?.branches.some((one) => one.name === name) === true
  const problem = branchNameProblem(name) ?? (isTaken ? 'There is a branch of that name already.' : undefined)
  const codeStart = chosen === null ? null : startAsCode(chosen.ref, refs)
  const write = async (): Promise<void> => {
    // The newest version of main is what a branch starts from unless told otherwise.
    if (chosen !== null) await createBranch(tab.dataset, name, chosen.ref)
  }
  return (
    <WriteDialog
      title="New branch"
      description="A branch has versions of its own from where it starts. It shares the files of that version, so nothing is copied."
      location={tab.location}
      code={codeStart === null ? null : { kind: 'create-branch', name, from: codeStart }}
      verb="Create branch"
      isReady={problem === undefined && chosen !== null}
      refusal={useRefusal(tab)}
      write={write}
      failure="The branch was not created"
      onClose={onClose}
    >
      <NameField
        value={name}
        onChange={setName}
        problem={problem}
        hint="Letters A–Z and a–z, digits, dot, underscore, hyphen; slashes make groups."
        placeholder="experiments/shorter-texts"
      />
      <label className={cx(form.field, styles.field)}>
        <span className={form.label}>From</span>
        <select
          className={cx(form.select, styles.select)}
          value={start}
          onChange={(event) => setStart(event.target.value)}
        >
          {startOptions(refs, branch).map((option) => (
            <option key={option.value} value={option.value}>
              {option.label}
            </option>
          ))}
        </select>
      </label>
      {start === VERSION_START && <VersionField value={text} onChange={setText} entry={entry} isLoading={isLoading} />}
    </WriteDialog>
  )
}

export interface DeleteBranchDialogProps {
  readonly tab: DatasetTab
  readonly name: string
  readonly onClose: () => void
}

/** Deletes a branch once its name is typed; says first why it may not be. */
export function DeleteBranchDialog({ tab, name, onClose }: DeleteBranchDialogProps) {
  const [typed, setTyped] = useState('')
  const refs = useRefs(tab).data
  const ties = refs === undefined ? [] : branchTies(refs, name)
  const isShown = findTab(tab.dataset)?.branch === name
  return (
    <WriteDialog
      title={`Delete branch ${name}`}
      location={tab.location}
      code={{ kind: 'delete-branch', name }}
      verb="Delete branch"
      danger
      isReady={typed === name && ties.length === 0}
      refusal={useRefusal(tab)}
      write={() => deleteBranch(tab.dataset, name)}
      failure="The branch was not deleted"
      onClose={onClose}
    >
      {ties.length > 0 ? (
        <div className={styles.text}>
          This branch cannot be deleted now:
          <ul className={styles.reasons}>
            {ties.map((tie) => (
              <li key={tie}>{tie}</li>
            ))}
          </ul>
        </div>
      ) : (
        <>
          <p className={styles.text}>
            <b>This cannot be undone.</b> The versions of the branch are deleted, and every file only they use. What the
            branch shares with where it started stays.
            {isShown && ' The tab goes back to main.'}
          </p>
          <label className={cx(form.field, styles.field)}>
            <span className={form.label}>Name</span>
            <TextField
              mono
              autoFocus
              label={`Type ${name} to confirm`}
              placeholder={name}
              value={typed}
              onChange={(event) => setTyped(event.target.value)}
            />
            <span className={cx(form.hint, styles.hint)}>Type the name of the branch to confirm.</span>
          </label>
        </>
      )}
    </WriteDialog>
  )
}
