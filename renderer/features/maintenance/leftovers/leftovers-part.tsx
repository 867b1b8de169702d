import { useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatBytes, formatExactBytes, formatNoun } from '#shared/model/format.ts'
import type { Leftover } from '#shared/model/maintenance.ts'
import { formatAbsoluteTime } from '#shared/model/time.ts'
import { WriteButton } from '#renderer/features/versions/index.ts'
import { type DatasetTab, getApi } from '#renderer/features/workspace/index.ts'
import { Chip } from '#renderer/ui/chip.tsx'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { showToast } from '#renderer/ui/toasts.ts'
import styles from '../maintenance.module.css'
import { TypedConfirm } from '../operations/typed-confirm.tsx'
import { readAgain, useLeftovers } from '../queries.ts'

export interface LeftoversPartProps {
  readonly tab: DatasetTab
  readonly refusal: string | undefined
}

/** Files no version uses, to be chosen and removed for good. */
export function LeftoversPart({ tab, refusal }: LeftoversPartProps) {
  const leftovers = useLeftovers(tab)
  if (leftovers.isError) {
    return (
      <ErrorNotice
        title="The leftovers could not be listed"
        error={toErrorValue(leftovers.error)}
        onRetry={() => void leftovers.refetch()}
      />
    )
  }
  if (leftovers.data === undefined) return <LoadingState label="Looking for files no version uses" />
  if (leftovers.data.length === 0) {
    return (
      <EmptyState title="No leftovers">
        Every file in the directory is used by some version. What stopped or failed writes leave behind is listed here.
      </EmptyState>
    )
  }
  return <Loaded tab={tab} refusal={refusal} files={leftovers.data} />
}

const SHOWN = 500

function Loaded({ tab, refusal, files }: LeftoversPartProps & { readonly files: readonly Leftover[] }) {
  // Recent ones may be of a write going on: they are chosen one by one.
  const [chosen, setChosen] = useState<ReadonlySet<string>>(
    () => new Set(files.filter(({ isRecent }) => !isRecent).map(({ path }) => path)),
  )
  const [isAsking, setAsking] = useState(false)
  const going = files.filter(({ path }) => chosen.has(path))
  const bytes = going.reduce((sum, file) => sum + file.bytes, 0)
  const hasRecent = going.some(({ isRecent }) => isRecent)
  const toggle = (path: string, isOn: boolean): void =>
    setChosen((old) => new Set(isOn ? [...old, path] : [...old].filter((one) => one !== path)))
  return (
    <div className={styles.part}>
      <div className={styles.actions}>
        <span className={styles.quiet}>
          {formatNoun(files.length, 'file')} no version uses,{' '}
          {formatBytes(files.reduce((sum, file) => sum + file.bytes, 0))}. Chosen: {going.length},{' '}
          <span title={formatExactBytes(bytes)}>{formatBytes(bytes)}</span>.
        </span>
        <WriteButton
          kind="danger"
          refusal={refusal ?? (going.length === 0 ? 'Choose files first.' : undefined)}
          onClick={() => setAsking(true)}
        >
          Remove chosen…
        </WriteButton>
      </div>
      <FileTable files={files} chosen={chosen} onToggle={toggle} />
      {isAsking && (
        <TypedConfirm
          title="Remove leftovers"
          word={tab.name}
          confirmLabel="Remove for good"
          onConfirm={() => void remove(tab.dataset, [...chosen])}
          onClose={() => setAsking(false)}
        >
          <p>
            {formatNoun(going.length, 'file')}, {formatExactBytes(bytes)}. Each is checked again before it goes.
          </p>
          {hasRecent && (
            <p className={styles.refusal} role="note">
              Some are younger than seven days: they may belong to a write going on, which then fails.
            </p>
          )}
        </TypedConfirm>
      )}
    </div>
  )
}

interface FileTableProps {
  readonly files: readonly Leftover[]
  readonly chosen: ReadonlySet<string>
  readonly onToggle: (path: string, isOn: boolean) => void
}

function FileTable({ files, chosen, onToggle }: FileTableProps) {
  return (
    <table className={styles.table} aria-label="Leftovers">
      <thead>
        <tr>
          <th scope="col">File</th>
          <th scope="col" className={styles.number}>
            Bytes
          </th>
          <th scope="col">Changed</th>
          <th scope="col">Why</th>
        </tr>
      </thead>
      <tbody>
        {files.slice(0, SHOWN).map(({ path, bytes, modifiedAt, why, isRecent }) => (
          <tr key={path}>
            <th scope="row">
              <label className={styles.check}>
                <input
                  type="checkbox"
                  checked={chosen.has(path)}
                  onChange={(event) => onToggle(path, event.target.checked)}
                />
                {path}
              </label>
            </th>
            <td className={styles.number} title={formatExactBytes(bytes)}>
              {formatBytes(bytes)}
            </td>
            <td>{formatAbsoluteTime(modifiedAt)}</td>
            <td>
              {why === 'temporary' ? 'temporary file' : 'no version uses it'}{' '}
              {isRecent && <Chip tone="warn">recent</Chip>}
            </td>
          </tr>
        ))}
        {files.length > SHOWN && (
          <tr>
            <td colSpan={4}>and {formatNoun(files.length - SHOWN, 'more file')}</td>
          </tr>
        )}
      </tbody>
    </table>
  )
}

async function remove(dataset: string, paths: readonly string[]): Promise<void> {
  try {
    const { files, bytes } = await getApi().call('maintenance.removeLeftovers', { dataset, paths: [...paths] })
    showToast({ kind: 'ok', title: `${formatNoun(files, 'leftover')} removed`, text: `${formatBytes(bytes)} freed.` })
  } catch (error) {
    const { message, hint } = toErrorValue(error)
    const text = hint === undefined ? message : `${message} ${hint}`
    showToast({ kind: 'bad', title: 'The leftovers could not be removed', text })
  }
  await readAgain(dataset)
}
