import { HighlightStyle } from '@codemirror/language'
import { EditorView } from '@codemirror/view'
import { tags } from '@lezer/highlight'

/** Colours are the page's variables, which reach into the shadow root and follow the theme. */
export const highlightStyle = HighlightStyle.define([
  { tag: tags.keyword, color: 'var(--acc)', fontWeight: '600' },
  { tag: tags.operatorKeyword, color: 'var(--acc)', fontWeight: '600' },
  { tag: tags.bool, color: 'var(--acc)' },
  { tag: tags.null, color: 'var(--acc)', fontWeight: '600' },
  { tag: [tags.string, tags.special(tags.string)], color: 'var(--str)' },
  { tag: tags.number, color: 'var(--num)' },
  { tag: tags.typeName, color: 'var(--vec)' },
  { tag: tags.standard(tags.name), color: 'var(--vec)' },
  { tag: tags.comment, color: 'var(--fg3)', fontStyle: 'italic' },
])

export const editorTheme = EditorView.theme({
  '&': { fontSize: '12px', color: 'var(--fg)', backgroundColor: 'transparent' },
  '&.cm-focused': { outline: 'none' },
  '.cm-scroller': { fontFamily: 'var(--mono)', lineHeight: '18px', maxHeight: '110px', overflow: 'auto' },
  '.cm-content': { padding: '3px 0', caretColor: 'var(--fg)' },
  '.cm-line': { padding: '0 4px' },
  '.cm-cursor': { borderLeftColor: 'var(--fg)' },
  '.cm-selectionBackground, &.cm-focused .cm-selectionBackground': { backgroundColor: 'var(--sel) !important' },
  '.cm-placeholder': {
    maxWidth: '100%',
    overflow: 'hidden',
    color: 'var(--fg3)',
    textOverflow: 'ellipsis',
    whiteSpace: 'nowrap',
  },
  '.cm-lintRange-error': {
    backgroundImage: 'none',
    textDecoration: 'underline wavy var(--bad)',
    textUnderlineOffset: '3px',
    textDecorationSkipInk: 'none',
  },
  '.cm-tooltip': {
    zIndex: '60',
    border: '1px solid var(--line2)',
    borderRadius: '6px',
    backgroundColor: 'var(--bg0)',
    color: 'var(--fg)',
    boxShadow: 'var(--shadow)',
    overflow: 'hidden',
  },
  '.cm-tooltip.cm-tooltip-autocomplete > ul': { fontFamily: 'var(--mono)', fontSize: '11.5px', maxHeight: '260px' },
  '.cm-tooltip.cm-tooltip-autocomplete > ul > li': {
    padding: '2px 8px',
    lineHeight: '18px',
    display: 'flex',
    gap: '12px',
  },
  '.cm-tooltip-autocomplete ul li[aria-selected]': { backgroundColor: 'var(--acc)', color: 'var(--acc-fg)' },
  '.cm-completionDetail': { marginLeft: 'auto', fontStyle: 'normal', color: 'var(--fg3)', fontSize: '10.5px' },
  'li[aria-selected] .cm-completionDetail': { color: 'inherit' },
  '.cm-completionMatchedText': { textDecoration: 'none', fontWeight: '700' },
  '.cm-completionInfo': { maxWidth: '320px', padding: '6px 8px', font: '12px var(--font)' },
  '.cm-diagnostic': { padding: '4px 8px', font: '12px var(--font)', maxWidth: '480px' },
  '.cm-diagnostic-error': { borderLeft: '3px solid var(--bad)' },
})
