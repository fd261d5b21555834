/** The buttons with which administrators keep the directory and the partner profile. They change nothing by themselves. */
import { z } from 'zod';
import { DESK_NAMES } from '../../core/directory/profile-parts.js';
import { CONTACT_KINDS } from '../../core/terms.js';

const key = z
  .string()
  .regex(/^(offer|publisher):./s)
  .max(240);
const mark = z.string().min(1).max(40);
const kind = z.enum(CONTACT_KINDS);
const version = z.number().int().min(0);
const bare = <V extends string>(verb: V) => z.strictObject({ verb: z.literal(verb) });
const ofKey = <V extends string>(verb: V) => z.strictObject({ verb: z.literal(verb), key });
const ofContact = <V extends string>(verb: V) => z.strictObject({ verb: z.literal(verb), key, kind, mark });

const part = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('policy') }),
  z.strictObject({ kind: z.literal('desk'), desk: z.enum(DESK_NAMES) }),
  z.strictObject({ kind: z.literal('override'), id: z.string().min(1).max(200) }),
]);

/** Keys are `offer:<id>` or `publisher:<id>`; a mark tells whether what was seen still stands. */
export const UPKEEP_ACTIONS = [
  bare('upkeep-menu'),
  bare('upkeep-find'),
  ofKey('upkeep-open'),
  z.strictObject({ verb: z.literal('upkeep-form'), key, kind }),
  ofContact('upkeep-save'),
  ofContact('upkeep-verify'),
  ofContact('upkeep-dead'),
  ofKey('upkeep-own'),
  z.strictObject({ verb: z.literal('upkeep-own-save'), key, mark }),
  ofKey('upkeep-alias'),
  ofKey('upkeep-history'),
  ofKey('upkeep-undo'),
  z.strictObject({ verb: z.literal('upkeep-undo-yes'), key, version }),
  bare('upkeep-profile'),
  z.strictObject({ verb: z.literal('upkeep-part'), part }),
  z.strictObject({ verb: z.literal('upkeep-part-save'), part, mark }),
  z.strictObject({ verb: z.literal('upkeep-part-clear'), part, mark }),
  bare('upkeep-override'),
  bare('upkeep-profile-history'),
  bare('upkeep-profile-undo'),
  z.strictObject({ verb: z.literal('upkeep-profile-undo-yes'), version }),
] as const;

export type UpkeepAction = z.infer<(typeof UPKEEP_ACTIONS)[number]>;
