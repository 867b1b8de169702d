import { Autocomplete } from '@base-ui/react/autocomplete'
import { useQuery } from '@tanstack/react-query'
import { GitBranch, GitCommitVertical, Search, Tag } from 'lucide-react'
import { useMemo, useState } from 'react'
import { findTab, getApi, useNow } from '#renderer/features/workspace/index.ts'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { Spinner } from '#renderer/ui/spinner.tsx'
import { toErrorValue } from '#shared/errors.ts'
import type { VersionEntry } from '#shared/model/version.ts'
import type { CompareSide } from '../compare-store.ts'
import { DatasetChoice } from './dataset-choice.tsx'
import { type SideOption, sideOptions } from './side-options.ts'
import styles from './side-picker.module.css'

export interface SideListProps {
  readonly side: CompareSide
  readonly onChoose: (side: CompareSide) => void
  /** Another dataset was chosen; the list goes on with its states. */
  readonly onDataset: (side: CompareSide) => void
}

/** States of a dataset to choose from: typed, or by tag, branch and version. */
export function SideList({ side, onChoose, onDataset }: SideListProps) {
  const { dataset, at } = side
  const branch = 'branch' in at ? at.branch : undefined
  const versions = useVersions(dataset, branch)
  const refs = useQuery({
    queryKey: ['refs', dataset, String(findTab(dataset)?.latestVersion ?? '')],
    queryFn: ({ signal }) => getApi().call('versions.refs', { dataset }, { signal }),
    // Tags and branches change without a new version.
    staleTime: 10_000,
  })
  const [text, setText] = useState('')
  const nowMs = useNow()
  const options = useMemo(
    () =>
      sideOptions(text, {
        tags: refs.data?.tags ?? [],
        branches: refs.data?.branches ?? [],
        versions: versions.data ?? [],
        branch,
        nowMs,
      }),
    [text, refs.data, versions.data, branch, nowMs],
  )
  return (
    <>
      <DatasetChoice dataset={dataset} onChoose={onDataset} />
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
        {versions.isError && (
          <ErrorNotice
            layout="line"
            title="The versions could not be read"
            error={toErrorValue(versions.error)}
            onRetry={() => void versions.refetch()}
          />
        )}
        {versions.isPending && <Spinner label="Reading versions" />}
        {options.length === 0 && !versions.isPending && <p className={styles.none}>No state is called “{text}”.</p>}
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
    </>
  )
}

function OptionIcon({ kind }: Pick<SideOption, 'kind'>) {
  if (kind === 'tag') return <Tag aria-hidden />
  return kind === 'branch' ? <GitBranch aria-hidden /> : <GitCommitVertical aria-hidden />
}

function useVersions(dataset: string, branch: string | undefined) {
  const newest = findTab(dataset)?.latestVersion
  return useQuery({
    queryKey: ['version-choices', dataset, branch ?? '', String(newest ?? '')],
    queryFn: async ({ signal }) => {
      const entries: VersionEntry[] = []
      const input = { dataset, ...(branch === undefined ? {} : { branch }) }
      for await (const entry of getApi().stream('versions.list', input, { signal })) entries.push(entry)
      return entries
    },
    structuralSharing: false,
  })
}
