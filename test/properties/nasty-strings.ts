/**
 * Texts that readers of YAML are known to take for something else, or to change: every row of the
 * tables in which YAML 1.1, YAML 1.2 and Kubernetes disagree, and what people really write. None
 * holds a control character.
 */
export const nastyStrings: readonly string[] = [
  ...words('y n yes no on off true false null nan inf nil none t f undefined').flatMap(inAllCases),
  ...words('.inf -.inf +.inf .nan infinity -infinity').flatMap(inAllCases),
  ...words(
    '~ = << - -- --- ... ? : :: ! !! % @ ` & * | > |- >- |+ |2 >1- [] {} [ ] { } , [[ }} "" \'\'',
  ),
  ...words('0 -0 +0 00 0644 012 08 09 0o14 0O14 0x1F 0X1f 0b101 0B1 0x 0o 0b 0xdeadbeef 077e1'),
  ...words(
    '1 -1 +1 1. .1 -.1 +.1 1.10 3.0 1.0.0 1_000 _1 1_ 1__0 1,000 1e3 1E3 1e+3 1e-3 0e0 1e 1d3',
  ),
  ...words(
    '12345e6 1.5e10 .5e1 e1 e3 E5 -e1 123e45 1e400 1e-400 0e12345 1234567e8 0123456 1f ٣ １',
  ),
  ...words(
    '9223372036854775807 9223372036854775808 -9223372036854775809 9007199254740993 20180101',
  ),
  ...words('12:30 12:30:45 1:2 190:20:30 190:20:30.15 22:22 0:0 -1:30 60:60 1:60 :30 12:'),
  ...words('2018-01-01 2018-1-1 2018-01-01T00:00:00Z 2018-01-01t10:00:00.5-08:00 2018-13-45'),
  ...words('1Ki 2Gi 500m 0.5 100% 1.5Gi 1e3Ki 5k 5K 1n %25 ١m deadbeef 00000000'),
  ...words(
    'a: :b a:b http://x:80/y#z #a a# -a ?a !a !!str &a *a ** %TAG @a `a` [a a] {a a} {{x}} $ $$',
  ),
  ...words(
    '" \' "a" \'a\' "a \'a a" a\' \\ \\n \\\\ C:\\new \\u0041 \\x a\\ "\\"" \'\\\'\' </script> &amp; <a>',
  ),
  ...words(
    '${ ${} ${x} ${user.name} $${x} $(VAR) $$(VAR) $( $() $PATH `id` $(A)$(B) ; a;b ( ) ^ + +a',
  ),
  ...words(
    '/ // /a ./a ../a a/b:c@sha256:0 . .. a. .a a- _ __ a_ apiVersion name é e\u0301 ü ß İ ﬁ',
  ),
  ...words('你好 العربية עברית 日本語 한국어 ไทย हिन्दी 😀 👍🏽 🇩🇪 𝒳 𠮷 \u{10fffd} \ue000 \ufffd'),
  ...[
    '',
    ' ',
    '  ',
    '\t',
    '\u00a0a',
    'a\u00a0',
    '\u3000',
    '\u2003x',
    ' a',
    'a ',
    ' a ',
    '  a',
    'a  ',
  ],
  ...[
    '\ta',
    'a\t',
    'a\tb',
    'a  b',
    'a   #b',
    '25 %',
    '2018-01-01 10:00:00',
    'null ',
    ' true',
    'true ',
  ],
  ...['a: b', ': a', 'a :b', 'a #b', ' #', 'a# b', '# ', 'a\t#b', 'x:\ty', '"a": b', 'key: [1, 2]'],
  ...[
    '- a',
    '- ',
    '-\ta',
    '? a',
    '! a',
    '!!str a',
    '!!binary aGk=',
    '&a b',
    '%YAML 1.2',
    '| a',
    '> a',
  ],
  ...[
    '{a: b}',
    '[a, b]',
    'a, b',
    '{{ .Values.x }}',
    '${{ x }}',
    "it's",
    'say "hi"',
    'a & b',
    'a < b',
  ],
  ...['\n', '\n\n', 'a\n', '\na', 'a\nb', 'a\nb\n', 'a\n\nb', 'a\n\n', '\n\na', ' a\nb', 'a\n b'],
  ...[
    'a \nb',
    'a\nb ',
    'a\t\nb',
    '\ta\nb',
    'a\n\tb',
    'a\n#b',
    '#a\nb',
    'a\n---\nb',
    '---\na',
    'a\n...\n',
  ],
  ...[
    '- a\n- b',
    'a: b\nc: d',
    'a\n\n\n\nb\n',
    ' \n ',
    'a\n \nb',
    'a\n  \n',
    '\n a',
    'a:\n  - b\n',
  ],
  ...['|\na', '>\n a', '%a\nb', 'a\\\nb', '"a\nb"', "'a\nb'", 'a\u00a0\nb', 'é\nü\n', '😀\n😁'],
  ...['yes\n', 'no\n', '1\n', '~\n', 'on\noff', 'x\n  y\n    z\n', '{\n  "a": 1\n}\n'],
  ...['#!/bin/sh\nset -e\necho "$HOME" # home\n', 'a\n'.repeat(50), 'a b '.repeat(30)],
  ...['a'.repeat(70), 'a'.repeat(200), 'é'.repeat(100), '-'.repeat(90), `${'word '.repeat(40)}end`],
  ...[`${'x'.repeat(1023)}: y`, `"${'q'.repeat(130)}`],
]

function words(text: string): string[] {
  return text.split(' ')
}

function inAllCases(word: string): string[] {
  const first = word.replace(/[a-z]/, (letter) => letter.toUpperCase())
  const last = word.replace(/[a-z]$/, (letter) => letter.toUpperCase())
  return [word, word.toUpperCase(), first, last]
}
