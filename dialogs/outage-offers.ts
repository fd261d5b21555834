/** Which offer or publisher somebody names when they follow or report an outage. */
import type { OutageTopic } from '../cards/types.js';
import { foldWords } from '../locales/commands.js';
import type { DirectoryView } from './services.js';

/** The one offer or publisher of this name; undefined for none and for several. */
export function offerNamed(name: string, { directory, index }: DirectoryView): OutageTopic | undefined {
  const wanted = foldWords(name);
  if (wanted === '') return undefined;
  for (const publisher of directory.publishers.values()) {
    if (foldWords(publisher.name) === wanted || publisher.id === wanted)
      return { kind: 'publisher', id: publisher.id };
  }
  const match = index.find(name);
  return match.kind === 'one' ? { kind: 'offer', id: match.hit.offerId } : undefined;
}
