import { useState } from 'react'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { IndexEntry, IndexParams, IndexProposal } from '#shared/model/index-entry.ts'
import type { DatasetTab } from '#renderer/features/workspace/index.ts'
import { Button } from '#renderer/ui/button.tsx'
import { Caution } from '#renderer/ui/caution.tsx'
import { Dialog } from '#renderer/ui/dialog.tsx'
import { useProposals } from '../state/queries.ts'
import { createIndex } from '../write/steps.ts'
import { useIndexRefusal } from '../write/refusal.ts'
import { ColumnPicker } from './column-picker.tsx'
import form from '#renderer/ui/form.module.css'
import { NameFields } from './name-fields.tsx'
import { columnChoices, defaultName, dimensionOf, nameState } from './naming.ts'
import { ParamForm } from './param-form.tsx'
import { paramsOf, paramsProblem } from './params.ts'
import { ProposalCards } from './proposal-cards.tsx'

export interface CreateDialogProps {
  readonly tab: DatasetTab
  readonly summary: DatasetSummary
  readonly indices: readonly IndexEntry[]
  /** Column to begin with. */
  readonly column: string | undefined
  readonly onClose: () => void
}

/** What a person changed in the form of one type; the rest comes from its proposal. */
interface Choice {
  readonly proposal: IndexProposal
  readonly params: IndexParams
}

/** Chooses a column, a type proposed for it, its settings and a name, and starts the build. */
export function CreateDialog({ tab, summary, indices, column: wanted, onClose }: CreateDialogProps) {
  const columns = columnChoices(summary.schema)
  const [column, setColumn] = useState(wanted ?? '')
  const proposals = useProposals(tab, column)
  const [made, setChoice] = useState<Choice | null>(null)
  const recommended = proposals.data?.proposals.find((one) => one.recommended && one.refused === undefined)
  const choice = made ?? (recommended === undefined ? null : { proposal: recommended, params: recommended.params })
  const [typedName, setName] = useState<string | null>(null)
  const [isReplacing, setReplacing] = useState(false)
  const refusal = useIndexRefusal(tab)
  const name = typedName ?? defaultName(column)
  const state = nameState(name, column, indices)
  const field = columns.find(({ path }) => path === column)?.field
  const dimension = field === undefined ? undefined : dimensionOf(field)
  const problem = choice === null ? undefined : paramsProblem(choice.proposal.type, choice.params, dimension)
  const isNameGood = state.kind === 'free' || (state.kind === 'taken' && isReplacing)
  const isReady = choice !== null && problem === undefined && isNameGood && refusal === undefined
  const build = (): void => {
    if (!isReady) return
    const { proposal, params } = choice
    createIndex({
      dataset: tab.dataset,
      column,
      type: proposal.type,
      name: name.trim(),
      params: paramsOf(proposal.type, params),
      ...(state.kind === 'taken' ? { replace: true } : {}),
    })
    onClose()
  }
  return (
    <Dialog
      isOpen
      onClose={onClose}
      size="large"
      title="New index"
      description="It is built beside the data in a process of its own and can be cancelled; afterwards one query is run with and without it."
      actions={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button kind="primary" disabled={!isReady} onClick={build}>
            Build
          </Button>
        </>
      }
    >
      <form
        className={form.form}
        aria-label="New index"
        onSubmit={(event) => {
          event.preventDefault()
          build()
        }}
      >
        <ColumnPicker
          columns={columns}
          indices={indices}
          value={column}
          onChange={(path) => {
            setColumn(path)
            setChoice(null)
            setReplacing(false)
          }}
        />
        {column !== '' && (
          <NameFields
            name={name}
            state={state}
            isReplacing={isReplacing}
            onName={(next) => {
              setName(next)
              setReplacing(false)
            }}
            onReplacing={setReplacing}
          />
        )}
        {column !== '' && (
          <ProposalCards
            proposals={proposals}
            chosen={choice?.proposal.type}
            onChoose={(proposal) => setChoice({ proposal, params: proposal.params })}
          />
        )}
        {choice !== null && (
          <ParamForm
            key={`${column} ${choice.proposal.type}`}
            type={choice.proposal.type}
            params={choice.params}
            problem={problem}
            onChange={(params) => setChoice({ ...choice, params })}
          />
        )}
        {refusal !== undefined && <Caution>{refusal}</Caution>}
        <button type="submit" hidden />
      </form>
    </Dialog>
  )
}
