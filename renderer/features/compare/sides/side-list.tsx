import { Autocomplete } from '@base-ui/react/autocomplete'
import { GitBranch, GitCommitVertical, Search, Tag } from 'lucide-react'
import { useMemo, useState } from 'react'
import { reloadVersionLog, useRefs, useVersionLog } from '#renderer/features/history/index.ts'
import { type DatasetTab, useNow, useTab } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import type { CompareSide } from '../compare-store.ts'
import { DatasetChoice } from './dataset-choice.tsx'
import { type SideOption, sideOptions } from './side-options.ts'
import styles from './side-picker.module.css'

export interface SideListProps {
  readonly side: CompareSide
  readonly isOneDataset: boolean
  readonly onChoose: (side: CompareSide) => void
  /** Another dataset was chosen; the list goes on with its states. */
  readonly onDataset: (side: CompareSide) => void
}

/** States to choose from: those of the side's dataset, or another dataset first. */
export function SideList(props: SideListProps) {
  const { side, isOneDataset, onDataset } = props
  const tab = useTab(side.dataset)
  return (
    <>
      {!isOneDataset && <DatasetChoice dataset={side.dataset} onChoose={onDataset} />}
      {tab === undefined ? (
        <p className={styles.none}>This dataset was closed. Choose another one.</p>
      ) : (
        <StateList key={tab.dataset} {...props} tab={tab} />
      )}
    </>
  )
}

/** Tags, branches and versions of one dataset; typing narrows them down or spells one out. */
function StateList({ side, tab, onChoose }: SideListProps & { readonly tab: DatasetTab }) {
  const { dataset, at } = side
  const branch = 'branch' in at ? at.branch : undefined
  const log = useVersionLog(onBranch(tab, branch))
  const refs = useRefs(tab)
  const [text, setText] = useState('')
  const nowMs = useNow()
  const options = useMemo(
    () =>
      sideOptions(text, {
        tags: refs.data?.tags ?? [],
        branches: refs.data?.branches ?? [],
        versions: log.entries,
        branch,
        nowMs,
      }),
    [text, refs.data, log.entries, branch, nowMs],
  )
  return (
    <Autocomplete.Root
      inline
      open
      mode="none"
      items={options}
      value={text}
      onValueChange={setText}
      itemToStringValue={(option: SideOption) => option.label}
      autoHighlight="always"
      keepHighlight
    >
      <div className={styles.search}>
        <Search aria-hidden />
        <Autocomplete.Input
          className={styles.input}
          autoFocus
          placeholder="Version, tag or branch"
          aria-label="Search states"
          spellCheck={false}
        />
      </div>
      {log.error !== undefined && (
        <ErrorNotice
          layout="line"
          title="The versions could not be read"
          error={log.error}
          onRetry={() => reloadVersionLog(dataset, branch)}
        />
      )}
      {log.status === 'loading' && <Spinner label="Reading versions" />}
      {options.length === 0 && log.status !== 'loading' && <p className={styles.none}>No state is called “{text}”.</p>}
      <Autocomplete.List className={styles.list}>
        {(option: SideOption) => (
          <Autocomplete.Item
            key={option.id}
            value={option}
            className={styles.item}
            onClick={() => onChoose({ dataset, at: option.at })}
          >
            <OptionIcon kind={option.kind} />
            <span className={styles.label}>{option.label}</span>
            <span className={styles.note}>{option.note}</span>
          </Autocomplete.Item>
        )}
      </Autocomplete.List>
    </Autocomplete.Root>
  )
}

function OptionIcon({ kind }: Pick<SideOption, 'kind'>) {
  if (kind === 'tag') return <Tag aria-hidden />
  return kind === 'branch' ? <GitBranch aria-hidden /> : <GitCommitVertical aria-hidden />
}

/** The tab as if it showed that branch, whose newest version its log finds out. */
function onBranch(tab: DatasetTab, branch: string | undefined): DatasetTab {
  if (branch === tab.branch) return tab
  const { branch: _shown, ...rest } = tab
  return { ...rest, ...(branch === undefined ? {} : { branch }), latestVersion: 0 }
}
