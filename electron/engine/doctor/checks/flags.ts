import { describeFlags } from '../../format/flags.ts'
import { toFinding } from '../finding.ts'
import { nameLine } from '../survey.ts'
import type { Check } from './check.ts'

/** The newest versions use no feature this build cannot read or must not write. */
export const checkFlags: Check = ({ survey: { newest, versions } }) => {
  const findings = [...newest].flatMap(([line, manifest]) => {
    const unread = describeFlags(manifest.readerFlags, 0).unknownReaderBits
    const unwritten = describeFlags(manifest.writerFlags, 0).unknownReaderBits
    if (unread.length + unwritten.length === 0) return []
    const writer =
      manifest.writer === null ? 'an unknown writer' : `${manifest.writer.library} ${manifest.writer.version}`
    const path = versions.find((it) => it.line === line && it.isNewest)?.path
    return [
      toFinding('flags', unread.length > 0 ? 'fail' : 'warn', {
        title: `The newest version of ${nameLine(line)} uses features this build ${unread.length > 0 ? 'cannot read' : 'must not write'}.`,
        evidence: [`Feature bits ${(unread.length > 0 ? unread : unwritten).join(', ')}; written by ${writer}.`],
        remedy: 'Use a newer build, or the tool that wrote it.',
        paths: path === undefined ? [] : [path],
      }),
    ]
  })
  if (findings.length > 0) return findings
  return [toFinding('flags', 'pass', { title: 'No version needs a feature this build does not know.' })]
}
