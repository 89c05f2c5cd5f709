import type { Found } from './found.ts'

interface Form {
  readonly what: string
  /** Bounded at both sides, and without nested repeats: no text can keep it busy. */
  readonly pattern: RegExp
}

/** Tokens that their issuers made recognisable, by the forms they document. */
const forms: readonly Form[] = [
  { what: 'an AWS access key', pattern: /\b(?:AKIA|ASIA|ABIA|ACCA)[A-Z2-7]{16}\b/g },
  { what: 'an Alibaba Cloud access key', pattern: /\bLTAI[A-Za-z0-9]{12,24}\b/g },
  { what: 'a Tencent Cloud access key', pattern: /\bAKID[A-Za-z0-9]{32}\b/g },
  { what: 'a GitHub token', pattern: /\bgh[pousr]_[A-Za-z0-9]{36,255}/g },
  { what: 'a GitHub token', pattern: /\bgithub_pat_[A-Za-z0-9_]{36,255}/g },
  {
    what: 'a GitLab token',
    pattern: /\bgl(?:pat|ptt|dt|rt|cbt|soat|ft|imt|agent|oas)-[\w-]{20,255}/g,
  },
  { what: 'a Slack token', pattern: /\bxox[abeoprs]-[\w-]{10,255}/g },
  { what: 'a Slack token', pattern: /\bxapp-\d-[\w-]{10,255}/g },
  {
    what: 'the address of a Slack webhook',
    pattern: /\bhooks\.slack\.com\/(?:services|workflows)\/[\w/]{20,200}/g,
  },
  { what: 'a Stripe key', pattern: /\b(?:sk|rk)_(?:live|test)_[A-Za-z0-9]{16,255}/g },
  { what: 'a Stripe secret', pattern: /\bwhsec_[A-Za-z0-9+/]{24,255}/g },
  { what: 'a Google API key', pattern: /\bAIza[\w-]{35}/g },
  { what: 'a Google client secret', pattern: /\bGOCSPX-[\w-]{20,40}/g },
  { what: 'a Google access token', pattern: /\bya29\.[\w-]{20,2000}/g },
  { what: 'an npm token', pattern: /\bnpm_[A-Za-z0-9]{36}/g },
  { what: 'a PyPI token', pattern: /\bpypi-AgE[\w-]{50,500}/g },
  { what: 'a Docker Hub token', pattern: /\bdckr_(?:pat|oat)_[\w-]{20,100}/g },
  { what: 'a HashiCorp Vault token', pattern: /\bhv[sbr]\.[\w-]{24,500}/g },
  { what: 'a SendGrid key', pattern: /\bSG\.[\w-]{16,32}\.[\w-]{32,64}/g },
  { what: 'a DigitalOcean token', pattern: /\bdo[opr]_v1_[a-f0-9]{64}/g },
  { what: 'a Hugging Face token', pattern: /\bhf_[A-Za-z]{34}/g },
  { what: 'an Anthropic key', pattern: /\bsk-ant-[\w-]{20,255}/g },
  {
    what: 'an OpenAI key',
    pattern: /\bsk-(?:(?:proj|svcacct|admin)-[\w-]{20,255}|[A-Za-z0-9]{48}\b)/g,
  },
  { what: 'a Grafana token', pattern: /\bglsa_[A-Za-z0-9]{32}_[a-f0-9]{8}/g },
  { what: 'an Azure storage key', pattern: /\bAccountKey=[A-Za-z0-9+/]{80,90}={0,2}/g },
  { what: 'an age secret key', pattern: /\bAGE-SECRET-KEY-1[0-9A-Z]{58}/g },
  {
    what: 'a JSON Web Token',
    pattern: /\beyJ[\w-]{10,2000}\.eyJ[\w-]{10,4000}\.[\w-]{10,2000}/g,
  },
]

/** What every one of them has in it; most texts have none of it, and are not looked at again. */
const hint = new RegExp(
  [
    '(?:AKI[AD]|ASIA|ABIA|ACCA|LTAI)[A-Za-z0-9]{12}',
    'gh[pousr]_|github_pat_|gl[a-z]{2,5}[-_]|xox[a-z]-|xapp-|hooks\\.slack',
    '[sr]k_(?:live|test)|whsec_|AIza|GOCSPX|ya29|npm_|pypi-|dckr_|hv[sbr]\\.|SG\\.',
    'do[opr]_v1|hf_|sk-|AccountKey|AGE-SECRET|eyJ',
  ].join('|'),
)

const documented = /EXAMPLE|[xX]{6}|\*{3}|(.)\1{9}/

/** The tokens in a text. A form filled with nothing, as manuals show it, is none. */
export function tokensIn(text: string): Found[] {
  if (!hint.test(text)) return []
  return forms.flatMap(({ what, pattern }) => {
    return [...text.matchAll(pattern)]
      .filter(([value]) => !documented.test(value))
      .map(({ 0: value, index }) => {
        return { start: index, end: index + value.length, what, guessed: false, value }
      })
  })
}

const beginning = /-----BEGIN [A-Z0-9 ]{0,40}PRIVATE KEY(?: BLOCK)?-----/g

/** The private keys in a text, in the form of PEM; one without an end reaches to that of the text. */
export function privateKeysIn(text: string): Found[] {
  if (!text.includes('PRIVATE KEY')) return []
  const found: Found[] = []
  for (const { index: start, 0: first } of text.matchAll(beginning)) {
    if (start < (found.at(-1)?.end ?? 0)) continue
    const footer = text.indexOf('-----END ', start + first.length)
    const dashes = footer === -1 ? -1 : text.indexOf('-----', footer + 9)
    const end = dashes === -1 ? text.trimEnd().length : dashes + 5
    // However deep it is indented, it is the same key.
    const value = text.slice(start, end).replace(/\r?\n[ \t]*/g, '\n')
    found.push({ start, end, what: 'a private key', guessed: false, value })
  }
  return found
}

const authority =
  /\b[A-Za-z][A-Za-z0-9+.-]{0,20}:\/\/[^\s/?#:@"'`<>]{0,100}:([^\s/?#@"'`<>]{1,200})@(?=[\w[])/g
const noPassword = /^(?:pass(?:word)?|pwd|secret|token|x+|\*+|\.\.\.|changeme)$|\$[({]|\{\{|…/i

/** The passwords in addresses such as `amqp://order:…@queue`. */
export function passwordsInUrls(text: string): Found[] {
  if (!text.includes('://')) return []
  return [...text.matchAll(authority)]
    .filter(([, password = '']) => !noPassword.test(password))
    .map(({ index, 0: whole, 1: value = '' }) => {
      const end = index + whole.length - 1
      const start = end - value.length
      return { start, end, what: 'the password in an address', guessed: false, value }
    })
}
