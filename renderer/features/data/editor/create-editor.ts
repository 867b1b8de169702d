import {
  acceptCompletion,
  autocompletion,
  closeBrackets,
  closeCompletion,
  completionKeymap,
  completionStatus,
  selectedCompletion,
  selectedCompletionIndex,
} from '@codemirror/autocomplete'
import { defaultKeymap, history, historyKeymap } from '@codemirror/commands'
import { sql } from '@codemirror/lang-sql'
import { bracketMatching, syntaxHighlighting } from '@codemirror/language'
import { linter } from '@codemirror/lint'
import { Annotation, EditorState, Prec } from '@codemirror/state'
import { drawSelection, EditorView, keymap, placeholder, tooltips } from '@codemirror/view'
import type { FilterProblem } from '../sql/lint.ts'
import { type CompletionData, completionSource } from './completion-source.ts'
import { lanceDialect } from './dialect.ts'
import { editorTheme, highlightStyle } from './theme.ts'

/** Wait after the last keystroke before the engine is asked. */
const VALIDATE_DELAY_MS = 350

/** What the editor asks of its owner. Functions are read at the time they are needed. */
export interface EditorOptions extends CompletionData {
  readonly text: string
  readonly label: string
  readonly placeholder: string
  /** Problems of a text, none when it is valid. */
  validate(text: string): Promise<readonly FilterProblem[]>
  onProblems(problems: readonly FilterProblem[]): void
  onChange(text: string): void
  /** Enter. */
  onSubmit(text: string): void
  /** Escape with no list open; false leaves the key to whoever else listens. */
  onRevert(): boolean
}

export interface FilterEditor {
  text(): string
  /** Replaces the text without telling `onChange`. */
  setText(text: string): void
  focus(): void
  destroy(): void
}

/** Marks changes the owner made itself. */
const fromOwner = Annotation.define<boolean>()

/**
 * A SQL filter editor inside a shadow root of `host`: there CodeMirror puts its styles into adopted style sheets, which
 * a strict content security policy allows.
 */
export function createFilterEditor(host: HTMLElement, options: EditorOptions): FilterEditor {
  const root = host.shadowRoot ?? host.attachShadow({ mode: 'open' })
  const parent = document.createElement('div')
  root.append(parent)
  const view = new EditorView({
    parent,
    root,
    state: EditorState.create({ doc: options.text, extensions: extensionsFor(options) }),
  })
  return {
    text: () => view.state.doc.toString(),
    setText: (text) => {
      if (text === view.state.doc.toString()) return
      view.dispatch({
        changes: { from: 0, to: view.state.doc.length, insert: text },
        selection: { anchor: text.length },
        annotations: fromOwner.of(true),
      })
    },
    focus: () => view.focus(),
    destroy: () => {
      view.destroy()
      parent.remove()
    },
  }
}

function extensionsFor(options: EditorOptions) {
  return [
    Prec.high(ownKeys(options)),
    keymap.of([...completionKeymap, ...historyKeymap, ...defaultKeymap]),
    history(),
    drawSelection(),
    bracketMatching(),
    closeBrackets(),
    sql({ dialect: lanceDialect }),
    syntaxHighlighting(highlightStyle),
    autocompletion({ override: [completionSource(options)], icons: false, interactionDelay: 0 }),
    linter((view) => lint(view, options), { delay: VALIDATE_DELAY_MS }),
    tooltips({ position: 'fixed' }),
    placeholder(options.placeholder),
    EditorView.lineWrapping,
    EditorView.contentAttributes.of({ 'aria-label': options.label, spellcheck: 'false', autocapitalize: 'off' }),
    EditorView.updateListener.of((update) => {
      const isOwn = update.transactions.some((transaction) => transaction.annotation(fromOwner) === true)
      if (update.docChanged && !isOwn) options.onChange(update.state.doc.toString())
    }),
    editorTheme,
  ]
}

/** Enter runs, or takes the completion chosen, Shift+Enter breaks the line, Tab takes a completion or moves on, Escape reverts. */
function ownKeys(options: EditorOptions) {
  const submit = (view: EditorView): boolean => {
    // The list would hide what came of it.
    closeCompletion(view)
    options.onSubmit(view.state.doc.toString())
    return true
  }
  return keymap.of([
    {
      key: 'Enter',
      run: (view) => {
        if (isCompletionMeant(view.state) && acceptCompletion(view)) return true
        return submit(view)
      },
    },
    { key: 'Mod-Enter', run: submit },
    { key: 'Tab', run: acceptCompletion },
    {
      key: 'Escape',
      run: (view) => {
        if (completionStatus(view.state) !== null) return false
        return options.onRevert()
      },
    },
  ])
}

/** True when Enter is to take the chosen completion. What is complete as it stands is run: `id > 5` never becomes 57. */
function isCompletionMeant(state: EditorState): boolean {
  const chosen = selectedCompletion(state)
  if (completionStatus(state) !== 'active' || chosen === null) return false
  const typed = state.sliceDoc(0, state.selection.main.head)
  const isThere = typed.endsWith(typeof chosen.apply === 'string' ? chosen.apply : chosen.label)
  const isNumber = /(^|[^\w'])[\d.]+$/.test(typed) && selectedCompletionIndex(state) === 0
  return !isThere && !isNumber
}

async function lint(view: EditorView, options: EditorOptions) {
  const text = view.state.doc.toString()
  const problems = await options.validate(text)
  if (text === view.state.doc.toString()) options.onProblems(problems)
  return problems.map((problem) => ({
    from: Math.min(problem.start, text.length),
    to: Math.min(problem.end, text.length),
    severity: 'error' as const,
    message: problem.message,
  }))
}
