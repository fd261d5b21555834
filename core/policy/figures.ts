/** Windows and periods that people ask for: the figure, its unit and its published source. */
import type { Hosting } from '../terms.js';
import type { SourceId } from './sources.js';

export interface Figure {
  readonly amount: number;
  readonly unit: 'hours' | 'days';
  readonly source: SourceId;
  /** A dated page that names another period: the reader then checks the order confirmation. */
  readonly disagrees?: SourceId;
  /** Where the product runs, for a figure of one kind only. */
  readonly hosting?: 'saas' | 'azure';
}

/** The sentence of each is `figure.<id>`. Published pages disagree over the years, so each answer names its page. */
export const FIGURES = {
  'refund-saas': {
    amount: 72,
    unit: 'hours',
    hosting: 'saas',
    source: 'refunds/saas-72-hours',
    disagrees: 'earlierRefunds/day-or-14-days',
  },
  'refund-professional': { amount: 72, unit: 'hours', source: 'refunds/professional-72-hours' },
  'refund-reservation': {
    amount: 72,
    unit: 'hours',
    hosting: 'azure',
    source: 'refunds/reservation-72-hours',
  },
  'refund-container': { amount: 72, unit: 'hours', hosting: 'azure', source: 'refunds/container-72-hours' },
  'refund-business-central': {
    amount: 7,
    unit: 'days',
    source: 'cancellation/business-central',
    disagrees: 'earlierCancellation/day-or-14-days',
  },
  activation: { amount: 30, unit: 'days', source: 'laterLifeCycle/resolve-in-30-days' },
  grace: { amount: 30, unit: 'days', source: 'lifeCycle/grace-30-days' },
} as const satisfies Readonly<Record<string, Figure>>;
export type FigureId = keyof typeof FIGURES;

/** Every refund window by kind of product. */
export const REFUND_FIGURES: readonly FigureId[] = [
  'refund-saas',
  'refund-professional',
  'refund-reservation',
  'refund-container',
  'refund-business-central',
];

/** The figures for a product that runs there; all figures while that is unknown. */
export function figuresFor(ids: readonly FigureId[], hosting: Hosting): readonly FigureId[] {
  return ids.filter((id) => {
    const { hosting: only }: Figure = FIGURES[id];
    return only === undefined || hosting === 'unknown' || only === hosting;
  });
}
