/** `api-document`: prints the description of the interface for other systems, in the form that a tool reads. */
import { Option, type Command } from 'commander';
import { DeskError } from '../../core/errors.js';
import { parseUrl } from '../../core/url.js';
import { clientDocument, DOCUMENT_FORMS, type DocumentForm } from '../app/client-document.js';
import { versionOf } from '../app/openapi.js';
import { findRootDir } from '../runtime/root-dir.js';
import { commandConfig, print } from './cli-context.js';

interface DocumentOptions {
  readonly as: DocumentForm;
  readonly server?: string;
}

/** Adds the command. */
export function addApiDocumentCommand(program: Command): void {
  program
    .command('api-document')
    .description('print the interface for other systems as OpenAPI, or as a custom connector')
    .addOption(
      new Option('--as <form>', 'the form; default: openapi-3.1')
        .choices(DOCUMENT_FORMS)
        .default('openapi-3.1', 'openapi-3.1'),
    )
    .option('--server <origin>', 'the https origin of the desk; default: OFFER_DESK_PUBLIC_URL')
    .action(printDocument);
}

async function printDocument({ as: form, server: given }: DocumentOptions): Promise<void> {
  const { publicUrl, port } = commandConfig();
  const server = given ?? publicUrl ?? `http://localhost:${String(port)}`;
  if (!/^https?:$/.test(parseUrl(server)?.protocol ?? ''))
    throw new DeskError('config.invalid', `--server ${server}: write an origin, as https://desk.contoso.com`);
  const document = clientDocument(form, { version: await versionOf(findRootDir()), server });
  print([JSON.stringify(document, null, 2)]);
}
