import { useId, useState } from 'react'
import { useRefs, useVersionLog } from '#renderer/features/history/index.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { formatCount } from '#shared/model/format.ts'
import { tagNameProblem } from '#shared/model/ref-name.ts'
import { onPlace } from './on-place.ts'
import { NameField } from './name-field.tsx'
import { useRefusal } from './refusal.ts'
import type { VersionPlace } from './requests.ts'
import { cx } from '#renderer/ui/cx.ts'
import form from '#renderer/ui/form.module.css'
import styles from './dialogs.module.css'
import { useTypedVersion, VersionField, VersionHint } from './version-field.tsx'
import { WriteDialog } from './write-dialog.tsx'
import { createTag, moveTag, placeText } from './writes.ts'

export interface TagDialogProps {
  readonly tab: DatasetTab
  readonly at: VersionPlace
  readonly onClose: () => void
}

/** Names a version. A name that is taken may be moved here instead. */
export function CreateTagDialog({ tab, at, onClose }: TagDialogProps) {
  const { dataset, location } = tab
  const [name, setName] = useState('')
  const id = useId()
  const log = useVersionLog(onPlace(tab, at))
  const taken = useRefs(tab).data?.tags.find((tag) => tag.name === name)
  const isHere = taken?.version === at.version && taken.branch === at.branch
  const problem = tagNameProblem(name)
  const hint =
    taken === undefined
      ? 'Letters A–Z and a–z, digits, dot, underscore, hyphen.'
      : isHere
        ? 'This version has that tag already.'
        : `This tag is at ${placeText(taken)} now and would move here.`
  return (
    <WriteDialog
      title={`Tag version ${formatCount(at.version)}`}
      description="A tag is a name that stays with a version and keeps it from being cleaned up. LanceDB stops cleaning up where it meets an old version with a tag."
      location={location}
      code={{ kind: taken === undefined ? 'create-tag' : 'move-tag', name, at }}
      verb={taken === undefined ? 'Create tag' : 'Move tag here'}
      isReady={problem === undefined && !isHere}
      refusal={useRefusal(tab)}
      write={() => (taken === undefined ? createTag(dataset, name, at) : moveTag(dataset, name, at))}
      failure={taken === undefined ? 'The tag was not created' : 'The tag was not moved'}
      onClose={onClose}
    >
      <NameField value={name} onChange={setName} problem={problem} hint={hint} placeholder="release-1.0" />
      <div className={cx(form.field, styles.field)}>
        <span className={form.label}>At</span>
        <span>{placeText(at)}</span>
        <VersionHint
          id={id}
          entry={log.entries.find((one) => one.version === at.version)}
          isLoading={log.status === 'loading'}
        />
      </div>
    </WriteDialog>
  )
}

export interface MoveTagDialogProps extends TagDialogProps {
  readonly name: string
}

/** Points a tag to another version of the branch it is on. */
export function MoveTagDialog({ tab, at, name, onClose }: MoveTagDialogProps) {
  const [text, setText] = useState(String(at.version))
  const tag = useRefs(tab).data?.tags.find((one) => one.name === name)
  const { entry, isLoading } = useTypedVersion(onPlace(tab, at), text)
  const to: VersionPlace | null = entry === undefined ? null : { ...at, version: entry.version }
  const isSame = to !== null && tag !== undefined && tag.version === to.version && tag.branch === to.branch
  const write = async (): Promise<void> => {
    if (to !== null) await moveTag(tab.dataset, name, to)
  }
  return (
    <WriteDialog
      title={`Move tag ${name}`}
      description={tag === undefined ? undefined : `It is at ${placeText(tag)} now.`}
      location={tab.location}
      code={to === null ? null : { kind: 'move-tag', name, at: to }}
      verb="Move tag"
      isReady={to !== null && !isSame}
      refusal={useRefusal(tab)}
      write={write}
      failure="The tag was not moved"
      onClose={onClose}
    >
      <VersionField value={text} onChange={setText} entry={entry} isLoading={isLoading} />
    </WriteDialog>
  )
}
