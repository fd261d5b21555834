/** Examples for the help of each command. */
import type { Command } from 'commander';

const EXAMPLES: Readonly<Record<string, readonly string[]>> = {
  'profile init': [
    'profile init',
    'profile init --name "Contoso Cloud" --model direct-bill --tenant 0000… --file profile.json',
  ],
  'profile check': ['profile check profile.json'],
  'profile import': ['profile import profile.json --dry-run', 'profile import profile.json'],
  'profile show': ['profile show', 'profile show --json'],
  'directory import': [
    'directory import offers.csv --dry-run',
    'directory import offers.csv --map mapping.json',
  ],
  'directory sync': ['directory sync', 'directory sync sharepoint --dry-run'],
  'directory correct': ['directory correct contoso.backup customer-support --email help@contoso.com'],
  'directory report-contact': ['directory report-contact REFERENCE --reason bounces'],
  'directory why': ['directory why "Contoso Backup"'],
  'directory export': ['directory export offers.csv --format csv'],
  'route explain': ['route explain --asker customer --issue billing.refund --offer "Contoso Backup"'],
  'insights show': ['insights show --days 90', 'insights show --csv > insights.csv'],
  'insights unanswered': ['insights unanswered --days 7'],
  simulate: ['simulate conversations.yaml', 'simulate conversations.yaml --only "two issues" --json'],
  'outages report': ['outages report INCIDENT', 'outages report INCIDENT --json'],
  'outages source add': ['outages source add contoso-status --format statuspage --publisher contoso'],
  'privacy export': ['privacy export --person 29:1abc… > person.json'],
  'people status': ['people status --person ada@contoso.com'],
  'store backup': ['store backup /var/backups/offer-desk.sqlite'],
  'store restore': ['store restore /var/backups/offer-desk.sqlite'],
  'locales check': ['locales check', 'locales check zh-Hant'],
  'locales export': ['locales export zh-Hant > zh-Hant.xlf'],
  'locales import': ['locales import zh-Hant zh-Hant.xlf'],
  'api-keys create': [
    'api-keys create ServiceNow --audience partner',
    'api-keys create "Help center" --audience customer --scopes route,offers --per-minute 120',
  ],
  'api-document': [
    'api-document',
    'api-document --as power-automate --server https://desk.contoso.com > connector.json',
  ],
  mcp: ['mcp', 'mcp --audience customer'],
  'widget snippet': ['widget snippet --check https://www.contoso.com/support'],
  doctor: ['doctor', 'doctor --offline', 'doctor --json'],
  completion: ['completion bash >> ~/.bashrc', 'completion powershell >> $PROFILE'],
  understand: [`echo '{"text":"invoice for Contoso Backup is wrong"}' | offer-desk understand`],
};

/** The examples of a command. Without a written example, one is made from its usage. */
export function examplesOf(words: string, command: Command): readonly string[] {
  const written = EXAMPLES[words];
  if (!written) {
    const needed = command.registeredArguments
      .filter((one) => one.required)
      .map((one) => one.name().toUpperCase());
    const options = command.options
      .filter((one) => one.mandatory && one.long)
      .map((one) => `${one.long ?? ''} ${one.argChoices?.[0] ?? one.attributeName().toUpperCase()}`);
    return [['offer-desk', words, ...needed, ...options].join(' ')];
  }
  return written.map((one) =>
    one.includes('offer-desk') && one.startsWith('echo') ? one : `offer-desk ${one}`,
  );
}
