import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useMemo, useState } from 'react'
import { toErrorValue } from '#shared/errors.ts'
import { formatNoun } from '#shared/model/format.ts'
import { formatRef, type Ref } from '#shared/model/ref.ts'
import type { DatasetSummary } from '#shared/model/dataset.ts'
import type { Tokenized } from '#shared/model/search.ts'
import { type DatasetTab, useApi } from '#renderer/features/workspace/index.ts'
import { EmptyState } from '#renderer/ui/empty-state.tsx'
import { ErrorNotice } from '#renderer/ui/error-notice.tsx'
import { LoadingState } from '#renderer/ui/spinner.tsx'
import { TextField } from '#renderer/ui/text-field.tsx'
import { Picker } from '../query/picker.tsx'
import { choiceFor, type TokenizerChoice, tokenizerChoices } from './choices.ts'
import { ColouredText } from './coloured-text.tsx'
import { TokenText } from './token-text.tsx'
import styles from './tokens.module.css'

export interface TokensPaneProps {
  readonly tab: Pick<DatasetTab, 'dataset'>
  readonly at: Ref
  readonly summary: Pick<DatasetSummary, 'schema' | 'indices'>
  readonly initialText?: string
  /** Column whose tokenizer is shown at first. */
  readonly column?: string | undefined
  /** A text of several lines, shown as it stands with its tokens' spans; else a few words of a query. */
  readonly isText?: boolean
}

/** Characters shown at once; a token takes some fifty bytes of the page. */
const MAX_CHARACTERS = 20_000

/** What a tokenizer makes of a text: the words a search compares. */
export function TokensPane({ tab, at, summary, initialText = '', column, isText = false }: TokensPaneProps) {
  const choices = useMemo(() => tokenizerChoices(summary.schema, summary.indices), [summary])
  const [text, setText] = useState(initialText.slice(0, MAX_CHARACTERS))
  const [chosenId, setChosenId] = useState(choiceFor(choices, column)?.id)
  const chosen = choices.find(({ id }) => id === chosenId)
  const asked = useDeferredValue(text)
  const tokens = useTokens(tab.dataset, at, asked, chosen)
  if (chosen === undefined) {
    return <EmptyState title="No column holds text">Words are only looked up in columns of text.</EmptyState>
  }
  return (
    <div className={styles.pane}>
      <div className={styles.bar}>
        <TextInput text={text} isText={isText} onChange={setText} />
        <Picker label="Index whose tokenizer is used" value={chosen.id} options={choices} onChange={setChosenId} />
      </div>
      {tokens.isError && (
        <ErrorNotice
          title="The text could not be taken apart"
          error={toErrorValue(tokens.error)}
          onRetry={() => void tokens.refetch()}
        />
      )}
      {tokens.isPending && <LoadingState label="Taking the text apart" />}
      {tokens.data !== undefined && !tokens.isError && (
        <div className={styles.answer}>
          <p role="status" className={styles.summary}>
            {summaryOf(tokens.data.tokenized, chosen.column)}
          </p>
          {isText && <ColouredText text={tokens.data.text} tokenized={tokens.data.tokenized} />}
          <TokenText text={tokens.data.text} tokenized={tokens.data.tokenized} />
          {initialText.length > MAX_CHARACTERS && (
            <p className={styles.summary}>Only the beginning of the text is shown.</p>
          )}
          <Settings tokenizer={tokens.data.tokenized.tokenizer} />
        </div>
      )}
    </div>
  )
}

interface TextInputProps {
  readonly text: string
  readonly isText: boolean
  readonly onChange: (text: string) => void
}

function TextInput({ text, isText, onChange }: TextInputProps) {
  const rest = { value: text, maxLength: MAX_CHARACTERS, placeholder: 'Text to take apart' }
  return isText ? (
    <textarea
      {...rest}
      aria-label="Text to take apart"
      className={styles.area}
      rows={3}
      onChange={(event) => onChange(event.target.value)}
    />
  ) : (
    <TextField
      {...rest}
      label="Text to take apart"
      className={styles.field}
      onChange={(event) => onChange(event.target.value)}
    />
  )
}

/** The tokens with the text they are of: while the next are on their way, both stay as they were. */
function useTokens(dataset: string, at: Ref, text: string, choice: TokenizerChoice | undefined) {
  const api = useApi()
  return useQuery({
    queryKey: ['search.tokenize', dataset, formatRef(at), choice?.id ?? '', text],
    queryFn: async ({ signal }) => {
      const { column, index } = choice ?? {}
      const tokenized = await api.call('search.tokenize', { dataset, ref: at, text, column, index }, { signal })
      return { text, tokenized }
    },
    enabled: choice !== undefined,
    placeholderData: keepPreviousData,
    gcTime: 30_000,
  })
}

function summaryOf({ tokens, dropped, index }: Tokenized, column: string): string {
  const found =
    tokens.length === 0 ? 'No token: a search for this text finds nothing' : formatNoun(tokens.length, 'token')
  const left = dropped.length === 0 ? '' : `, ${formatNoun(dropped.length, 'word')} left out`
  const by =
    index === undefined
      ? `The column ${column} has no full-text index: words are compared as they stand.`
      : `By the index ${index}.`
  return `${found}${left}. ${by}`
}

function Settings({ tokenizer }: Pick<Tokenized, 'tokenizer'>) {
  return (
    <dl className={styles.settings} aria-label="Settings of the tokenizer">
      {Object.entries(tokenizer).map(([name, value]) => (
        <div key={name}>
          <dt>{name}</dt>
          <dd>{String(value)}</dd>
        </div>
      ))}
    </dl>
  )
}
