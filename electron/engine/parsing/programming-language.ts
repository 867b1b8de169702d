/** Languages by file extension; what is not a program but belongs to one is named by its format. */
const BY_EXTENSION: Readonly<Record<string, string>> = {
  ...named('javascript', 'js mjs cjs jsx'),
  ...named('typescript', 'ts mts cts tsx'),
  ...named('python', 'py pyi pyw'),
  ...named('c', 'c h'),
  ...named('cpp', 'cc cpp cxx hh hpp hxx'),
  ...named('csharp', 'cs'),
  ...named('shell', 'sh bash zsh fish ksh'),
  ...named('powershell', 'ps1 psm1'),
  ...named('ruby', 'rb'),
  ...named('rust', 'rs'),
  ...named('kotlin', 'kt kts'),
  ...named('haskell', 'hs'),
  ...named('perl', 'pl pm'),
  ...named('clojure', 'clj cljs'),
  ...named('elixir', 'ex exs'),
  ...named('erlang', 'erl'),
  ...named('ocaml', 'ml mli'),
  ...named('fsharp', 'fs fsx'),
  ...named('objective-c', 'm mm'),
  ...named('fortran', 'f90 f95'),
  ...named('visual-basic', 'vb vbs bas'),
  ...named('assembly', 'asm s'),
  ...named('batch', 'bat cmd'),
  ...named('yaml', 'yaml yml'),
  ...named('protobuf', 'proto'),
  ...named('terraform', 'tf'),
  ...named('ini', 'ini cfg conf properties'),
  ...named('xml', 'xml xsd xsl xslt'),
  ...named('latex', 'tex sty'),
  ...Object.fromEntries(
    'go java swift scala php lua r jl dart groovy zig nim css scss less vue svelte sql toml graphql diff patch ipynb cmake gradle'
      .split(' ')
      .map((name) => [name, name]),
  ),
}
const BY_NAME: Readonly<Record<string, string>> = {
  dockerfile: 'dockerfile',
  makefile: 'makefile',
  gnumakefile: 'makefile',
  'cmakelists.txt': 'cmake',
  jenkinsfile: 'groovy',
  vagrantfile: 'ruby',
  gemfile: 'ruby',
  rakefile: 'ruby',
}

function named(language: string, extensions: string): Record<string, string> {
  return Object.fromEntries(extensions.split(' ').map((extension) => [extension, language]))
}

/** The programming language a file's name speaks of; undefined when none. */
export function programmingLanguage(name: string): string | undefined {
  const file = name.slice(name.lastIndexOf('/') + 1).toLowerCase()
  const known = BY_NAME[file]
  if (known !== undefined) return known
  const dot = file.lastIndexOf('.')
  const extension = file.slice(dot + 1)
  return dot > 0 && Object.hasOwn(BY_EXTENSION, extension) ? BY_EXTENSION[extension] : undefined
}
