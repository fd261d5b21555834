/** Which offer or publisher somebody names when they follow, silence or report an outage. */
import type { OutageTopic } from '../cards/types.js';
import { foldWords } from '../locales/commands.js';
import { meansEverything } from './outage-words.js';
import type { DirectoryView } from './services.js';

/** The one offer or publisher of this name, or all that is sold; undefined for none and for several. */
export function topicNamed(name: string, { directory, index }: DirectoryView): OutageTopic | undefined {
  const wanted = foldWords(name);
  if (wanted === '') return undefined;
  if (meansEverything(name)) return { kind: 'everything' };
  for (const publisher of directory.publishers.values()) {
    if (foldWords(publisher.name) === wanted || publisher.id === wanted)
      return { kind: 'publisher', id: publisher.id };
  }
  const match = index.find(name);
  return match.kind === 'one' ? { kind: 'offer', id: match.hit.offerId } : undefined;
}
