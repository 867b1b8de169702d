import { toErrorValue } from '#shared/errors.ts'
import type { CompareSummary } from '#shared/model/compare.ts'
import { formatCount } from '#shared/model/format.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { ChangeList } from '../details/change-list.tsx'
import { type ChangeText, entryChangeText, schemaChangeText } from '../details/change-text.ts'
import styles from './dialogs.module.css'
import { useRefusal } from './refusal.ts'
import type { VersionPlace } from './requests.ts'
import { previewLines, useRestorePreview } from './restore-preview.ts'
import { WriteDialog } from './write-dialog.tsx'
import { placeText, restoreVersion } from './writes.ts'

export interface RestoreDialogProps {
  readonly tab: DatasetTab
  readonly at: VersionPlace
  readonly onClose: () => void
}

/** What the dataset would become, before it becomes it. */
export function RestoreDialog({ tab, at, onClose }: RestoreDialogProps) {
  const preview = useRestorePreview(tab, at)
  const refusal = useRefusal(tab)
  const isNewest = preview.data !== undefined && preview.data.from.version === at.version
  return (
    <WriteDialog
      title={`Restore version ${formatCount(at.version)}`}
      description={`Commits ${placeText(at)} again as the newest version. Nothing is deleted: every version in between stays, and this can be undone.`}
      location={tab.location}
      code={{ kind: 'restore', at }}
      verb={`Restore version ${formatCount(at.version)}`}
      isReady={!isNewest && !preview.isPending}
      refusal={refusal ?? (isNewest ? 'This is the newest version already.' : undefined)}
      write={() => restoreVersion(tab.dataset, at)}
      failure="The version was not restored"
      onClose={onClose}
    >
      {preview.isError ? (
        <ErrorNotice
          layout="line"
          title="What would change could not be found out"
          error={toErrorValue(preview.error)}
          onRetry={() => void preview.refetch()}
        />
      ) : preview.data === undefined ? (
        <Spinner label="Comparing with the newest version" />
      ) : (
        <Preview summary={preview.data} />
      )}
    </WriteDialog>
  )
}

function Preview({ summary }: { readonly summary: CompareSummary }) {
  const { from, to } = summary
  const changes = previewChanges(summary)
  return (
    <>
      <table className={styles.table} aria-label="What would change">
        <thead>
          <tr>
            <th>
              <span hidden>Figure</span>
            </th>
            <th scope="col">Now, v{from.version}</th>
            <th scope="col">After, like v{to.version}</th>
            <th scope="col">Change</th>
          </tr>
        </thead>
        <tbody>
          {previewLines(summary).map((line) => (
            <tr key={line.name}>
              <th scope="row">{line.name}</th>
              <td>{line.before}</td>
              <td>{line.after}</td>
              <td className={line.sign > 0 ? styles.more : line.sign < 0 ? styles.less : styles.same}>
                {line.delta === '' ? 'same' : line.delta}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      <div>
        <h3 className={styles.heading}>Schema, indices and configuration</h3>
        {changes.length === 0 ? (
          <p className={styles.text}>stay as they are.</p>
        ) : (
          <ChangeList changes={changes} label="Schema, indices and configuration" />
        )}
      </div>
    </>
  )
}

function previewChanges({ schema, config, tableMetadata, indices }: CompareSummary): readonly ChangeText[] {
  return [
    ...schema.map(schemaChangeText),
    ...indices.added.map((index): ChangeText => ({
      tone: 'more',
      name: index.name,
      text: `index on ${index.columns.join(', ')} comes back`,
    })),
    ...indices.removed.map((index): ChangeText => ({
      tone: 'less',
      name: index.name,
      text: `index on ${index.columns.join(', ')} goes away`,
    })),
    ...indices.changed.map((index): ChangeText => ({
      tone: 'other',
      name: index.name,
      text: `index covers ${formatCount(index.coveredRowsAfter)} rows instead of ${formatCount(index.coveredRowsBefore)}`,
    })),
    ...[...config, ...tableMetadata].map(entryChangeText),
  ]
}
