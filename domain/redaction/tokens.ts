import type { Detector } from './detector.ts';
import { TOKEN_START } from './fragments.ts';

/**
 * Secrets that show by their own form: a fixed prefix and a run of at least SHORTEST_TOKEN letters, digits, `_` or `-` in all.
 * The more specific prefix stands first: `sk-ant-` before `sk-`.
 */
export const TOKENS: readonly Detector[] = [
  token('aws_access_key', 'Id of an AWS access key.', [['(?:A[KSB]IA|ACCA)', '[A-Z0-9]{16}(?![A-Za-z0-9])']]),
  token('gcp_api_key', 'API key of Google Cloud.', [['AIza', String.raw`[\w-]{35}(?![\w-])`]]),
  token('google_oauth', 'OAuth token or client secret of Google.', [
    [String.raw`ya29\.`, String.raw`[\w-]{20,1024}`],
    ['GOCSPX-', String.raw`[\w-]{20,64}`],
  ]),
  token('github_token', 'Personal, OAuth, app or refresh token of GitHub.', [
    ['gh[pousr]_', '[A-Za-z0-9]{20,255}'],
    ['github_pat_', String.raw`\w{22,255}`],
  ]),
  token('gitlab_token', 'Personal, deploy, runner or job token of GitLab.', [
    ['gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)-', String.raw`[\w-]{20,255}`],
  ]),
  token('slack_token', 'Token or incoming webhook of Slack.', [
    [String.raw`(?:xoxe\.)?xox[abceoprs]-`, String.raw`[\w-]{15,255}`],
    ['xapp-', String.raw`[\w-]{15,255}`],
    [String.raw`hooks\.slack\.com\/`, String.raw`(?:services|workflows)\/(?:\w{1,32}\/){1,4}\w{20,64}`],
  ]),
  token('anthropic_key', 'API key of Anthropic.', [['sk-ant-', String.raw`[\w-]{16,255}`]], isDrawnByLot),
  token('openai_key', 'API key of OpenAI, or of a provider that took over its form.', [['sk-', String.raw`[\w-]{20,255}`]], isDrawnByLot),
  token('huggingface_token', 'Access token of Hugging Face.', [['(?:hf|api_org)_', '[A-Za-z0-9]{30,100}']], isDrawnByLot),
  token('stripe_key', 'Secret, restricted or webhook key of Stripe.', [
    ['[sr]k_(?:live|test)_', String.raw`\w{12,255}`],
    ['whsec_', String.raw`\w{24,255}`],
  ]),
  token('provider_token', 'API key of another model provider: Groq, xAI, Perplexity, Replicate, NVIDIA, Fireworks.', [
    ['(?:gsk_|pplx-)', '[A-Za-z0-9]{40,80}'],
    ['xai-', '[A-Za-z0-9]{60,120}'],
    ['r8_', '[A-Za-z0-9]{37}(?![A-Za-z0-9])'],
    ['nvapi-', String.raw`[\w-]{60,80}`],
    ['fw_', '[A-Za-z0-9]{22,40}'],
  ]),
  token('service_token', 'Token of npm, PyPI, SendGrid, DigitalOcean, Shopify, Databricks, Atlassian, Vault or age.', [
    ['npm_', '[A-Za-z0-9]{36}(?![A-Za-z0-9])'],
    ['pypi-', String.raw`[\w-]{50,255}`],
    [String.raw`SG\.`, String.raw`[\w-]{20,32}\.[\w-]{32,64}`],
    ['do[opr]_v1_', '[a-f0-9]{64}'],
    ['shp(?:at|ca|pa|ss)_', '[a-fA-F0-9]{32}'],
    ['dapi', '[a-f0-9]{32}(?![A-Za-z0-9])'],
    ['ATATT3', String.raw`[\w-]{20}[\w=-]{60,255}`],
    ['ATBB', '[A-Za-z0-9]{32}(?![A-Za-z0-9])'],
    [String.raw`hvs\.`, String.raw`[\w-]{24,255}`],
    ['AGE-SECRET-KEY-1', '[A-Z0-9]{58}'],
  ]),
  token('jwt', 'JSON web token, signed or not.', [['eyJ', String.raw`[\w-]{10,8192}\.[\w-]{20,8192}(?:\.[\w-]{0,2048})?`]]),
];

/** Length of the shortest run of letters, digits, `_` and `-` that every token holds. */
export const SHORTEST_TOKEN = 20;

/** A detector for tokens that begin with one of these prefixes and go on as stated beside it; both are sources of patterns. */
function token(
  name: string,
  description: string,
  forms: readonly (readonly [prefix: string, rest: string])[],
  isReal?: (value: string) => boolean,
): Detector {
  const prefixes = forms.map(([prefix]) => prefix).join('|');
  const bodies = forms.map((form) => form.join('')).join('|');
  return {
    name,
    placeholder: name.toUpperCase(),
    description,
    hint: new RegExp(prefixes),
    // The prefix is looked for before the place is judged: six times as fast as the other way round.
    pattern: new RegExp(`(?=${prefixes})${TOKEN_START}(?:${bodies})`, 'gm'),
    ...(isReal === undefined ? {} : { confirm: (value: string) => (isReal(value) ? value : undefined) }),
  };
}

/** Tells a key from kebab-case names such as `sk-estimator-doc-link` and from rows of x: a key has digits, or one long run without a break. */
function isDrawnByLot(value: string): boolean {
  if (/(.)\1{9}/.test(value)) return false;
  return /\d\D*\d\D*\d/.test(value) || /[A-Za-z0-9]{20}/.test(value);
}
