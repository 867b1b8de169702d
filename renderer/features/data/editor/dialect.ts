import { SQLDialect } from '@codemirror/lang-sql'
import { FUNCTIONS } from '../sql/functions.ts'

/** The part of SQL a Lance filter is written in, for highlighting. Completion is our own. */
export const lanceDialect = SQLDialect.define({
  keywords:
    'and or not is null in like ilike between true false cast as date timestamp escape from then else end case when',
  types: 'int bigint smallint tinyint float double string boolean binary decimal unsigned',
  builtin: FUNCTIONS.map((entry) => entry.name).join(' '),
  identifierQuotes: '`"',
  backslashEscapes: false,
  hashComments: false,
})
