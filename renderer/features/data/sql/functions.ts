/** A function or operator completion offers. All were run against Lance 12; what Lance refuses is not listed. */
export interface SqlFunction {
  readonly name: string
  readonly signature: string
  readonly doc: string
}

const list = (rows: readonly (readonly [string, string])[]): readonly SqlFunction[] =>
  rows.map(([signature, doc]) => ({ name: signature.slice(0, signature.indexOf('(')), signature, doc }))

export const FUNCTIONS: readonly SqlFunction[] = list([
  ['contains(text, part)', 'True when the text holds the part; case matters.'],
  ['starts_with(text, prefix)', 'True when the text begins with the prefix.'],
  ['ends_with(text, suffix)', 'True when the text ends with the suffix.'],
  ['regexp_like(text, pattern)', 'True when the text matches the regular expression.'],
  ['contains_tokens(text, words)', 'True when the text holds all the words.'],
  ['lower(text)', 'The text in lower case.'],
  ['upper(text)', 'The text in upper case.'],
  ['length(text)', 'Number of characters.'],
  ['char_length(text)', 'Number of characters.'],
  ['octet_length(text)', 'Number of bytes of a text.'],
  ['btrim(text)', 'The text without spaces at both ends.'],
  ['left(text, count)', 'The first characters.'],
  ['right(text, count)', 'The last characters.'],
  ['split_part(text, separator, index)', 'One part of a separated text; the first part is 1.'],
  ['replace(text, from, to)', 'The text with every occurrence replaced.'],
  ['concat(a, b)', 'Texts joined.'],
  ['strpos(text, part)', 'Position of the part, from 1; 0 when absent.'],
  ['levenshtein(a, b)', 'Edit distance of two texts.'],
  ['encode(bytes, format)', "Bytes as text; format is 'hex' or 'base64'."],
  ['md5(value)', 'MD5 digest as hexadecimal text.'],
  ['array_has(list, value)', 'True when the list holds the value.'],
  ['array_has_any(list, list)', 'True when the lists share a value.'],
  ['array_has_all(list, list)', 'True when the first list holds every value of the second.'],
  ['array_length(list)', 'Number of items.'],
  ['array_position(list, value)', 'Position of the value, from 1; null when absent.'],
  ['array_to_string(list, separator)', 'The items joined to one text.'],
  ['cardinality(list)', 'Number of items.'],
  ['get_field(struct, name)', 'A field of a struct.'],
  ['json_get_int(json, key)', 'An integer field of a JSON value.'],
  ['json_get_float(json, key)', 'A number field of a JSON value.'],
  ['json_get_string(json, key)', 'A text field of a JSON value.'],
  ['json_get_bool(json, key)', 'A boolean field of a JSON value.'],
  ['json_extract(json, path)', "A part of a JSON value as text, such as '$.a.b'."],
  ['json_exists(json, path)', "True when the path, such as '$.a.b', exists."],
  ['isnan(number)', 'True for NaN.'],
  ['iszero(number)', 'True for 0 and −0.'],
  ['abs(number)', 'The number without its sign.'],
  ['round(number)', 'The nearest whole number.'],
  ['sqrt(number)', 'Square root.'],
  ['power(base, exponent)', 'The base raised to the exponent.'],
  ['exp(number)', 'e raised to the number.'],
  ['log10(number)', 'Logarithm to base 10.'],
  ['signum(number)', '−1, 0 or 1.'],
  ['least(a, b)', 'The smaller value.'],
  ['greatest(a, b)', 'The larger value.'],
  ['coalesce(a, b)', 'The first value that is not null.'],
  ['nullif(a, b)', 'Null when both are equal, else the first.'],
  ['date_part(part, time)', "A number such as 'year', 'month', 'hour' of a time."],
  ['date_trunc(part, time)', "The time cut to 'year', 'month', 'day', 'hour'…"],
  ['to_char(time, format)', "The time as text, such as '%Y-%m'."],
  ['make_date(year, month, day)', 'A date.'],
  ['to_timestamp(value)', 'A text or number as a timestamp.'],
  ['now()', 'The current time.'],
  ['current_date()', "Today's date."],
  ['random()', 'A random number from 0 to 1, new for every row.'],
  ['cast(value as type)', 'The value as int, bigint, float, double, string, date, timestamp, decimal(p,s)…'],
  ['arrow_cast(value, type)', "The value as an Arrow type, such as 'Timestamp(Nanosecond, None)'."],
  ['arrow_typeof(value)', 'Name of the Arrow type of a value.'],
])

/** Operators that may follow a value, with what they say. */
export const OPERATORS: readonly (readonly [label: string, doc: string])[] = [
  ['=', 'equal'],
  ['!=', 'not equal; null is neither'],
  ['<', 'less'],
  ['<=', 'less or equal'],
  ['>', 'greater'],
  ['>=', 'greater or equal'],
  ['IN', 'one of a list: IN (1, 2)'],
  ['NOT IN', 'none of a list'],
  ['BETWEEN', 'from a to b, both included'],
  ['LIKE', 'pattern: % is any text, _ any character'],
  ['ILIKE', 'pattern, upper and lower case alike'],
  ['IS NULL', 'has no value'],
  ['IS NOT NULL', 'has a value'],
]

export const CONNECTORS: readonly string[] = ['AND', 'OR']
